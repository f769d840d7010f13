"""Plain text, and tables in plain text, to Markdown that reads just as they stand."""

import re
from collections.abc import Iterator, Sequence

from assay.corpus.delimited import guess_delimiter, parse_delimited
from assay.corpus.inline import escape_cell, escape_line
from assay.corpus.sheets import render_table

__all__ = ["render_delimited", "render_plain"]

_LEAST_WRAPPED = 40  # characters: a line that was broken for its length is at least so long
_COLUMNS = re.compile(r"\S(?: {2,}|\t)\S|\.{4}|_{4}")
_LIST_MARK = re.compile(r"\s*(?:[-*+•]|\(?\w{1,3}[.)])\s")
_HARD = "  "  # at the end of a line: the next one stays one of its own
_MOST_TITLES = 10


def render_plain(text: str) -> str:
    """A text whose lines stay lines, but where a paragraph was broken because its lines were full."""
    lines = text.replace("\f", "\n\n").split("\n")
    width = max((len(line) for line in lines if not _COLUMNS.search(line)), default=0)
    rendered = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = _is_wrapped(line, following, width)
        is_last = not following.strip()
        rendered.append(escape_line(line) + ("" if goes_on or is_last or not line.strip() else _HARD))
    return "\n".join(rendered)


def _is_wrapped(line: str, following: str, width: int) -> bool:
    """Whether the first word of the line that follows did not fit any more, and both are running text."""
    word = following.split(maxsplit=1)[0] if following.strip() else ""
    is_full = len(line.rstrip()) >= _LEAST_WRAPPED and len(line.rstrip()) + 1 + len(word) > width
    is_text = not any(map(_COLUMNS.search, (line, following))) and not _LIST_MARK.match(following)
    return bool(word) and is_full and width <= 120 and is_text


def render_delimited(text: str) -> str:
    """The table of a CSV or TSV file; lines of one cell above its header are its titles."""
    rows = [row for row in parse_delimited(*guess_delimiter(text), is_strict=False) if any(map(str.strip, row))]
    titles = list(_titles(rows))
    table = render_table([[escape_cell(cell) for cell in row] for row in rows[len(titles) :]])
    return "\n\n".join([*(f"### {escape_cell(title)}" for title in titles), table])


def _titles(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """What stands alone above the first row of several cells; nothing where that comes late or never."""
    filled = [[cell for cell in row if cell.strip()] for row in rows[: _MOST_TITLES + 1]]
    n_titles = next((index for index, row in enumerate(filled) if len(row) > 1), 0)
    yield from (row[0] for row in filled[:n_titles])
