"""Tables of web pages whose cells reach over others: each cell that is covered says what covers it.

Done before the parser sees the page, which writes such a cell once and moves the ones behind it to the left.
"""

import re
from collections.abc import Iterator

__all__ = ["fill_spans"]

_TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?</table\s*>", re.IGNORECASE | re.DOTALL)  # that holds no other
_SPANS = re.compile(r"\b(?:row|col)span\s*=", re.IGNORECASE)
_ROW = re.compile(r"(<tr\b[^<>]*>)(.*?)(?=<tr\b|</tr\s*>|</t(?:head|body|foot|able)\s*>)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<(t[dh])\b([^<>]*)>(.*?)(?=<t[dh]\b|</t[dh]\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_SPAN = r"\b{name}span\s*=\s*[\"']?\s*(\d+)"
_MOST = 1000  # cells that one covers in a direction, as browsers hold it
_MOST_FILLED = 100_000  # cells of a table

Covered = dict[int, tuple[int, str]]  # by column: for how many rows more, and the cell


def fill_spans(html: str) -> str:
    """The page with every covered cell written out; one over the whole width stands once."""
    return _TABLE.sub(_fill, html) if _SPANS.search(html) else html


def _fill(found: re.Match[str]) -> str:
    table = found.group()
    if not _SPANS.search(table):
        return table
    rows = [list(_CELL.finditer(row.group(2))) for row in _ROW.finditer(table)]
    width = max((sum(_span(cell, "col") for cell in row) for row in rows), default=0)
    if width * len(rows) > _MOST_FILLED:
        return table
    filled = _filled_rows(rows, width)
    return _ROW.sub(lambda row: row.group(1) + next(filled), table)


def _filled_rows(rows: list[list[re.Match[str]]], width: int) -> Iterator[str]:
    covered: Covered = {}
    for row in rows:
        cells: list[str] = []
        for cell in row:
            _take_covered(cells, covered, False)
            name, _, inner = cell.groups()
            across, down = _span(cell, "col"), _span(cell, "row")
            written = f"<{name}>{inner}</{name}>"
            first = len(cells)
            for column in range(first, first + across):
                says = written if column == first or across < width else f"<{name}></{name}>"
                if down > 1:
                    covered[column] = (down - 1, says)
                cells.append(says)
        _take_covered(cells, covered, True)
        yield "".join(cells)


def _take_covered(cells: list[str], covered: Covered, is_end: bool) -> None:
    """Add what reaches into this row from above, at the place where the row is; at its end, wherever it is."""
    while len(cells) in covered or (is_end and any(column > len(cells) for column in covered)):
        n_left, says = covered.pop(len(cells), (0, "<td></td>"))
        if n_left > 1:
            covered[len(cells)] = (n_left - 1, says)
        cells.append(says)


def _span(cell: re.Match[str], name: str) -> int:
    found = re.search(_SPAN.format(name=name), cell.group(2), re.IGNORECASE)
    n = int(found.group(1)[:6]) if found else 1
    return min(n or (_MOST if name == "row" else 1), _MOST)  # 0 rows: down to the end
