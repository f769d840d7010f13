"""What is said of the columns of a question file that a person named or that had to be guessed."""

from collections.abc import Iterable

from assay.questions.question import Reading
from assay.words import message

__all__ = ["reading_lines"]


def reading_lines(reading: Reading, lang: str) -> list[str]:
    """A line each on what was named, taken for what and read past; none where all is ours by name."""
    comma, lines = message("list.comma", lang), []

    def listed(pairs: Iterable[tuple[str, str]]) -> str:
        return comma.join(message("columns.as", lang, column=column, name=name) for column, name in pairs)

    taken = listed(reading.taken)
    if reading.named:
        lines.append(message("columns.named", lang, taken=listed(reading.named)))
    if reading.tool:
        lines.append(message("columns.tool", lang, tool=reading.tool, taken=taken))
    elif taken:
        lines.append(message("columns.taken", lang, taken=taken))
    if reading.unused:
        unused = comma.join(message("list.quote", lang, name=name) for name in reading.unused)
        lines.append(message("columns.unused", lang, columns=unused))
    return lines
