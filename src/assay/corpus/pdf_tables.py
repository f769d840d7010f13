"""Rows of cells with their places to a table: its columns, its head, and what goes on from the row above.

Columns are told by the rows that have the most cells; every other cell falls to the one that it shares most with, so
that an empty cell stays empty.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from assay.corpus.pdf_segments import Box, Segment

__all__ = ["PdfTable", "Span", "build_table", "carry_head"]

_CELL_GAP = 0.4  # of a line's height: between words of two cells that stand close
_SPANS = 0.15  # of a cell's width that must be above a column for it to belong there
_SAME_PLACE = 12.0  # points between the left or right edges of the same column on two pages
_YEAR = re.compile(r"(?:.*\W)?(?:19|20)\d\d\W*")
_FIGURE = re.compile(r"[-+−(]?[$€£¥]?\s?[-+−(]?\d[\d.,\s]*[)%]*(?:\s?[^\W\d_]{1,4}\.?)?|[-–—]|n/?a", re.IGNORECASE)

Span = tuple[float, float]


@dataclass(frozen=True)
class PdfTable:
    """A table; `columns` are the left and right edges, `head` is None where the first row is one like the others."""

    columns: tuple[Span, ...]
    head: tuple[str, ...] | None
    rows: tuple[tuple[str, ...], ...]
    box: Box

    @property
    def lines(self) -> list[str]:
        """Its lines in Markdown."""
        head = self.head or ("",) * len(self.columns)
        return [_line(head), "|" + " --- |" * len(self.columns), *map(_line, self.rows)]


def build_table(rows: Sequence[Sequence[Segment]]) -> PdfTable:
    """The table that these rows make, each with its cells from left to right."""
    columns = _columns(rows)
    placed = [_place([part for cell in row for part in _split(cell, columns)], columns) for row in rows]
    placed = _merge_continued(placed, rows)
    n_head = _head_rows(placed)
    placed[:n_head] = [_span(row, head, columns) for row, head in zip(rows, placed[:n_head], strict=False)]
    head = tuple(" ".join(filter(None, column)) for column in zip(*placed[:n_head], strict=True)) if n_head else None
    cells = [cell for row in rows for cell in row]
    box = Box(
        min(cell.box.left for cell in cells),
        min(cell.box.bottom for cell in cells),
        max(cell.box.right for cell in cells),
        max(cell.box.top for cell in cells),
    )
    return PdfTable(tuple(columns), head, tuple(placed[n_head:]), box)


def carry_head(before: PdfTable, table: PdfTable) -> PdfTable:
    """The table with the head of one that it goes on from, on the page before; itself if it is another one."""
    is_same = len(before.columns) == len(table.columns) and all(
        abs(one[0] - other[0]) < _SAME_PLACE or abs(one[1] - other[1]) < _SAME_PLACE
        for one, other in zip(before.columns, table.columns, strict=True)
    )
    if not is_same or before.head is None or table.head == before.head:
        return table
    return replace(table, head=before.head, rows=((table.head,) if table.head else ()) + table.rows)


def _columns(rows: Sequence[Sequence[Segment]]) -> list[Span]:
    """The left and right edges of the columns, by the rows with the most cells: two of them at least."""
    n_cells = sorted((len(row) for row in rows), reverse=True)
    least = max(n_cells[min(1, len(n_cells) - 1)], 2)
    spans = sorted((cell.box.left, cell.box.right) for row in rows if len(row) >= least for cell in row)
    columns = [spans[0]]
    for left, right in spans[1:]:
        if left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _split(cell: Segment, columns: Sequence[Span]) -> Iterator[Segment]:
    """A cell over several columns parted between them, where its words stand further apart than those of a text."""
    part: list[tuple[str, float, float]] = []
    for word in cell.words:
        is_far = part and word[1] - part[-1][2] > _CELL_GAP * cell.box.height
        if is_far and _column_of(*part[-1][1:], columns) != _column_of(*word[1:], columns):
            yield _segment(part, cell)
            part = []
        part.append(word)
    yield cell if len(part) == len(cell.words) else _segment(part, cell)


def _segment(words: Sequence[tuple[str, float, float]], cell: Segment) -> Segment:
    text = " ".join(word for word, _, _ in words)
    return replace(cell, text=text, box=cell.box._replace(left=words[0][1], right=words[-1][2]), words=tuple(words))


def _place(row: Sequence[Segment], columns: Sequence[Span]) -> tuple[str, ...]:
    texts = [""] * len(columns)
    for cell in row:
        at = _column_of(cell.box.left, cell.box.right, columns)
        texts[at] = f"{texts[at]} {cell.text}".strip()
    return tuple(texts)


def _span(row: Sequence[Segment], placed: tuple[str, ...], columns: Sequence[Span]) -> tuple[str, ...]:
    """A row of the head in which a cell stands above each of the columns that it spans."""
    texts = list(placed)
    for cell in row:
        over = [
            at
            for at, (start, end) in enumerate(columns)
            if min(cell.box.right, end) - max(cell.box.left, start) > _SPANS * (cell.box.right - cell.box.left)
        ]
        if len(over) > 1 and all(texts[at] in ("", cell.text) for at in over):
            for at in over:
                texts[at] = cell.text
    return tuple(texts)


def _column_of(left: float, right: float, columns: Sequence[Span]) -> int:
    """The column that shares most with a span, or else is nearest."""
    shared = [min(right, end) - max(left, start) for start, end in columns]
    return shared.index(max(shared))


def _merge_continued(placed: list[tuple[str, ...]], rows: Sequence[Sequence[Segment]]) -> list[tuple[str, ...]]:
    """Rows of which the first cell is empty go on from the one above, if they follow it more closely than rows do."""
    distances = [one[0].box.bottom - other[0].box.bottom for one, other in pairwise(rows)]
    usual = median([d for d, row in zip(distances, placed[1:], strict=True) if row[0]] or [0.0])
    merged = [placed[0]]
    for row, distance in zip(placed[1:], distances, strict=True):
        goes_on = not row[0] and distance < 0.9 * usual and not any(_FIGURE.fullmatch(cell) for cell in row)
        if goes_on and all(above or not cell for above, cell in zip(merged[-1], row, strict=True)):
            merged[-1] = tuple(f"{above} {cell}".strip() for above, cell in zip(merged[-1], row, strict=True))
        else:
            merged.append(row)
    return merged


def _head_rows(rows: Sequence[tuple[str, ...]]) -> int:
    """How many rows at the top are no data: those without a first cell, and the first other one without figures."""
    n_head = 0
    while n_head < len(rows) - 1 and not rows[n_head][0] and not _has_figures(rows[n_head]):
        n_head += 1
    if n_head < len(rows) - 1 and not _has_figures(rows[n_head]) and (n_head == 0 or all(rows[n_head])):
        n_head += 1
    return n_head


def _has_figures(row: Sequence[str]) -> bool:
    return any(_FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in row[1:] if cell)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in cells) + " |"
