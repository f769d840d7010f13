"""What is said of the columns of a question file that had to be guessed."""

from assay.questions.question import Reading
from assay.words import message

__all__ = ["reading_lines"]


def reading_lines(reading: Reading, lang: str) -> list[str]:
    """One line on what was taken for what, and one on what was read past; none where all is ours by name."""
    comma, lines = message("list.comma", lang), []
    taken = comma.join(message("columns.as", lang, column=column, name=name) for column, name in reading.taken)
    if reading.tool:
        lines.append(message("columns.tool", lang, tool=reading.tool, taken=taken))
    elif taken:
        lines.append(message("columns.taken", lang, taken=taken))
    if reading.unused:
        unused = comma.join(message("list.quote", lang, name=name) for name in reading.unused)
        lines.append(message("columns.unused", lang, columns=unused))
    return lines
