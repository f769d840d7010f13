"""The section on people's marks: what stands in it, in plain values. Knows no HTML."""

from dataclasses import dataclass

from assay.marks.correcting import LEAST_KAPPA, LEAST_MARKS
from assay.report.figure_table import FigureRow, FigureTable, figure_table
from assay.report.grid_view import cell_name
from assay.statistics.estimate import Estimate
from assay.verdict.peoples_marks import PeoplesMarks
from assay.verdict.result import RunResult
from assay.words import figures
from assay.words.page_words import word

__all__ = ["MarksView", "marks_view"]

_COLUMNS = ("scored", "corrected", "interval", "n", "counts")


@dataclass(frozen=True)
class MarksView:
    """The corrected means and differences, and how the marks fall together; what does not count is grey."""

    cells: FigureTable
    differences: FigureTable
    table: FigureTable
    note: str


def marks_view(result: RunResult, lang: str) -> MarksView | None:
    """The section; None where nobody has marked."""
    people = result.people
    if people is None:
        return None
    note = word("marks.note", lang, least=LEAST_MARKS, kappa=figures.decimal(LEAST_KAPPA, 1))
    return MarksView(_cells(result, people, lang), _differences(result, people, lang), _table(people, lang), note)


def _cells(result: RunResult, people: PeoplesMarks, lang: str) -> FigureTable:
    rows = [
        FigureRow(
            [
                cell_name(result, one.cell, lang),
                figures.percent(one.scored),
                figures.percent(one.corrected.value) if one.corrected else "–",
                _interval(one.corrected, lang),
                figures.count(one.n_marks),
                _counts(one.counts, lang),
            ],
            one.cell == result.verdict.cell,
            not one.counts,
        )
        for one in people.cells
    ]
    return figure_table(word("marks.cells", lang), _head("col.cell", lang), rows)


def _differences(result: RunResult, people: PeoplesMarks, lang: str) -> FigureTable:
    rows = [
        FigureRow(
            [
                word("differences.versus", lang, a=cell_name(result, one.a, lang), b=cell_name(result, one.b, lang)),
                figures.difference(one.scored, lang),
                figures.difference(one.corrected.value, lang) if one.corrected else "–",
                figures.points_interval(one.corrected, lang) if one.corrected else "–",
                figures.count(one.n_marks),
                _counts(one.counts, lang),
            ],
            is_grey=not one.counts,
        )
        for one in people.differences
    ]
    return figure_table(word("marks.differences", lang), _head("col.comparison", lang), rows)


def _table(people: PeoplesMarks, lang: str) -> FigureTable:
    t = people.table
    head = [word("marks.counts", lang), word("marks.people_right", lang), word("marks.people_wrong", lang)]
    rows = [
        FigureRow([word("marks.scorer_right", lang), figures.count(t.rr), figures.count(t.rw)]),
        FigureRow([word("marks.scorer_wrong", lang), figures.count(t.wr), figures.count(t.ww)]),
    ]
    return FigureTable(word("marks.counts", lang), head, rows)


def _head(first: str, lang: str) -> list[str]:
    return [word(first, lang), *(word(f"marks.col.{name}", lang) for name in _COLUMNS)]


def _interval(one: Estimate | None, lang: str) -> str:
    return figures.interval(one, lang) if one else "–"


def _counts(counts: bool, lang: str) -> str:
    return word("marks.yes" if counts else "marks.no", lang)
