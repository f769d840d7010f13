"""Pieces of lines with their places to lines and tables in the order in which people read them. Knows boxes, no PDF.

Rows that share a gutter, a gap that no piece of them crosses, are columns of text where both sides are filled with
words, and else a table. Where that alone does not tell, the order in which the file draws its pieces does: a program
writes columns one after the other, and the cells of a table row by row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, zip_longest
from statistics import median

from assay.corpus.pdf_segments import Box, Segment
from assay.corpus.pdf_tables import PdfTable, Span, build_table

__all__ = ["Line", "lay_out"]

_GAP, _GUTTER, _SPACE = 0.9, 0.2, 0.12  # of a line's height: what parts cells of a row, of many rows, and words
_LEAST_PROSE = 3, 4.0, 0.55  # lines of a column, words a line, and how far half of its lines reach
_TABLE_ROWS = 2  # rows of several cells
_CELL_LINES = 1.5  # lines that the file draws at a time on one side, from which on they are the cells of a table
_MARK = re.compile(r"[•·▪◦‣●○■□◆➢✓–—*-]|\(?(?:\d{1,3}|[a-z]{1,4})[.)]", re.IGNORECASE)
_TICKS = {"[x]": "yes", "[ ]": "no"}  # a box before its label stays one, behind it tells yes or no
_TIED_TO_NEXT = re.compile(r"[$€£¥(]+\(?|.*[^\s:：][:：]", re.DOTALL)  # "$", and the label of a value
_TIED_TO_LAST = re.compile(r"[)%]+")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NUMBER = re.compile(r"[\W_]*\d[\d\W_]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `follows` if it goes on closely below the line before, or at the top of the next column."""

    text: str
    box: Box
    is_bold: bool = False
    follows: bool = True


@dataclass(frozen=True, slots=True)
class _Piece:
    """A segment and its place in the file's order."""

    segment: Segment
    order: int

    @property
    def box(self) -> Box:
        return self.segment.box

    @property
    def text(self) -> str:
        return self.segment.text


_Row = list[_Piece]


def lay_out(segments: Sequence[Segment]) -> list[Line | PdfTable]:
    """The lines and tables of text of one direction, from the first that is read to the last."""
    rows = _rows([_Piece(segment, order) for order, segment in enumerate(segments)])
    found = list(_read_rows(rows))
    return _mark_gaps(found)


def _rows(pieces: Sequence[_Piece]) -> list[_Row]:
    """What stands side by side, from above; pieces without a wide gap between them, or that belong together, joined."""
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda piece: -(piece.box.bottom + piece.box.top)):
        if rows and _stand_level(rows[-1][0].box, piece.box):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda piece: piece.box.left)) for row in rows]


def _stand_level(one: Box, other: Box) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    least = 0.5 * min(one.height, other.height)
    return shared > least and abs(one.bottom + one.top - other.bottom - other.top) / 2 < least


def _joined(row: Sequence[_Piece]) -> _Row:
    joined: _Row = []
    for piece, following in zip_longest(row, row[1:]):
        gap = _gap(joined[-1], piece) if joined else 0.0
        if joined and piece.text in _TICKS and (following is None or gap < _gap(piece, following)):
            piece = replace(piece, segment=replace(piece.segment, text=_TICKS[piece.text], words=()))
        elif not joined or (gap > _GAP and not _belong_together(joined[-1].text, piece.text, len(joined) == 1)):
            joined.append(piece)
            continue
        joined[-1] = _join(joined[-1], piece, "" if 0 < gap < _SPACE else " ")
    return joined


def _gap(one: _Piece, other: _Piece) -> float:
    return (other.box.left - one.box.right) / min(one.box.height, other.box.height)


def _belong_together(one: str, other: str, is_first: bool) -> bool:
    """Whether words say one thing, however far apart: the number of an item, a currency, a label with its value."""
    is_mark = one in _TICKS or (is_first and _MARK.fullmatch(one))
    return bool(is_mark or _TIED_TO_NEXT.fullmatch(one) or _TIED_TO_LAST.fullmatch(other))


def _join(last: _Piece, piece: _Piece, space: str) -> _Piece:
    one, other = (piece, last) if _RTL.search(last.text) and _RTL.search(piece.text) else (last, piece)
    box = Box(last.box.left, last.box.bottom, max(last.box.right, piece.box.right), last.box.top)
    text = f"{one.text}{space}{other.text}"
    both, words = last.segment.is_bold and piece.segment.is_bold, (*last.segment.words, *piece.segment.words)
    return _Piece(Segment(text, box, both, words), min(last.order, piece.order))


def _read_rows(rows: Sequence[_Row]) -> Iterator[Line | PdfTable]:
    start = 0
    while start < len(rows):
        end, gutter = _shared_gutter(rows, start) if _has_sides(rows, start) else (start + 1, None)
        if gutter is None:
            yield _line(rows[start])
            start += 1
            continue
        yield from _read_sides(rows[start:end], gutter)
        start = end


def _line(row: Sequence[_Piece]) -> Line:
    whole = row[0]
    for piece in row[1:]:
        whole = _join(whole, piece, "   ")  # a running head is told from a title by the gap before its page number
    return Line(whole.text, whole.box, whole.segment.is_bold)


def _has_sides(rows: Sequence[_Row], at: int) -> bool:
    """Whether a row has something beside something else, be it half a line lower, as in columns of their own."""
    if len(rows[at]) > 1:
        return True
    one, below = rows[at][0].box, rows[at + 1][0].box if at + 1 < len(rows) else None
    if below is None or one.bottom - below.bottom > 0.9 * min(one.height, below.height):
        return False
    return below.left > one.right or below.right < one.left


def _shared_gutter(rows: Sequence[_Row], start: int) -> tuple[int, float | None]:
    """The end of a run of rows from `start` with a gap that none crosses, and the middle of the widest such gap.

    Of all runs that with the most rows that have text on both sides of a gap, and of these the longest: a mark in the
    margin makes no column. None where no row has, or the run is a single row.
    """
    height = rows[start][0].box.height
    right = max(piece.box.right for row in rows[start:] for piece in row)
    free = [(min(piece.box.left for row in rows[start:] for piece in row), right)]
    runs: list[tuple[int, list[Span]]] = []  # each time that a gap is lost, and at last
    left_most, right_most = right, free[0][0]
    for end in range(start, len(rows)):
        free = [part for gap in free for part in _without(gap, rows[end], _GUTTER * height)]
        if not free:
            break
        left_most = min(left_most, rows[end][0].box.right)
        right_most = max(right_most, rows[end][-1].box.left)
        inner = [gap for gap in free if gap[0] >= left_most - 0.1 and gap[1] <= right_most + 0.1]
        if inner and end > start:
            if runs and runs[-1][0] == end and len(runs[-1][1]) <= len(inner):
                runs.pop()
            runs.append((end + 1, inner))
    best: tuple[int, int, float | None] = (0, start + 1, None)
    for end, gaps in runs:
        n_beside = [sum(row[0].box.left < left < row[-1].box.right for row in rows[start:end]) for left, _ in gaps]
        wide = [gap for gap, n in zip(gaps, n_beside, strict=True) if 2 * n >= max(n_beside)]
        widest = max(wide, key=lambda gap: gap[1] - gap[0])
        if max(n_beside) >= best[0]:
            best = max(n_beside), end, (widest[0] + widest[1]) / 2
    return best[1:]


def _without(gap: Span, row: Sequence[_Piece], least: float) -> Iterator[Span]:
    """The parts of a gap that a row leaves free, if they are wide enough."""
    left, right = gap
    for piece in row:
        if piece.box.right <= left or piece.box.left >= right:
            continue
        if piece.box.left - left >= least:
            yield left, piece.box.left
        left = max(left, piece.box.right)
    if right - left >= least:
        yield left, right


def _read_sides(rows: Sequence[_Row], gutter: float) -> Iterator[Line | PdfTable]:
    """Rows that share a gutter: columns of text one after the other, or a table with the lines around it."""
    pieces = sorted((piece for row in rows for piece in row), key=lambda piece: piece.order)
    sides = [
        [piece for piece in pieces if (piece.box.left + piece.box.right) / 2 < gutter],
        [piece for piece in pieces if (piece.box.left + piece.box.right) / 2 >= gutter],
    ]
    n_turns = len([is_right for is_right, _ in groupby(pieces, lambda p: (p.box.left + p.box.right) / 2 >= gutter)]) - 1
    prose = [_is_prose(side) for side in sides]
    by_cells = n_turns >= 3 and len(pieces) >= _CELL_LINES * (n_turns + 1)
    if (all(prose) and not by_cells) or (any(prose) and n_turns <= 1):
        for side in sides:
            yield from _read_rows(_rows(side))
        return
    yield from _read_table(rows)


def _is_prose(side: Sequence[_Piece]) -> bool:
    """Whether the lines of a column are filled with words, as those of a text are and those of a table are not."""
    least_lines, least_words, least_width = _LEAST_PROSE
    texts = [piece for piece in side if not _NUMBER.fullmatch(piece.text)]
    if len(texts) < max(least_lines, 0.7 * len(side)):
        return False
    n_words = sum(max(len(piece.text.split()), len(piece.text) / 6) for piece in texts) / len(texts)
    widths = [piece.box.right - piece.box.left for piece in texts]
    return n_words >= least_words and median(widths) >= least_width * max(widths)


def _read_table(rows: Sequence[_Row]) -> Iterator[Line | PdfTable]:
    """The rows from the first to the last of several cells as a table; those around them as lines."""
    several = [index for index, row in enumerate(rows) if len(row) > 1]
    if len(several) < _TABLE_ROWS:
        yield from map(_line, rows)
        return
    first, last = several[0], several[-1] + 1
    label_end = max(row[0].box.right for row in rows[first:last] if len(row) > 1)
    while first > 0 and rows[first - 1][0].box.left > label_end:  # a head above the columns of figures
        first -= 1
    yield from map(_line, rows[:first])
    for part in _parts(rows[first:last]):
        if sum(len(row) > 1 for row in part) < _TABLE_ROWS:
            yield from map(_line, part)
        else:
            yield build_table([[piece.segment for piece in row] for row in part])
    yield from map(_line, rows[last:])


def _parts(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Rows parted where the distance between them is out of proportion: two tables, or a running head above one."""
    distances = [one[0].box.bottom - other[0].box.bottom for one, other in pairwise(rows)]
    usual = median(distances) if distances else 0.0
    part = [rows[0]]
    for row, distance in zip(rows[1:], distances, strict=True):
        if distance > max(2.5 * usual, 3 * row[0].box.height):
            yield part
            part = []
        part.append(row)
    yield part


def _mark_gaps(found: Sequence[Line | PdfTable]) -> list[Line | PdfTable]:
    """The same with `follows` set: whether the distance to the line before is the usual one of the page."""
    lines = [one for one in found if isinstance(one, Line)]
    distances = [d for a, b in pairwise(lines) if 0 < (d := a.box.bottom - b.box.bottom) < 3 * b.box.height]
    usual = median(distances) if distances else 0.0
    marked: list[Line | PdfTable] = []
    for before, one in zip((None, *found), found, strict=False):
        if isinstance(one, Line) and isinstance(before, Line):
            is_close = before.box.bottom - one.box.bottom <= max(1.35 * usual, 1.2 * one.box.height)
            one = replace(one, follows=is_close)
        marked.append(one)
    return marked
