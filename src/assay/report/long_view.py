"""The figures of long accepted answers, as a table and as a line. Knows results and marks; computes nothing."""

from typing import Any

from assay.report.figure_table import FigureRow, FigureTable, figure_table
from assay.report.grid_view import cell_name
from assay.scoring.long_scores import LongAnswers
from assay.statistics.estimate import Estimate
from assay.verdict.result import RunResult
from assay.words import figures, message
from assay.words.page_words import word

__all__ = ["long_line", "long_table", "long_warnings"]

_OVERLOOKED = 0.05  # of the long answers: fewer unjudged ones change little


def long_table(result: RunResult, lang: str) -> FigureTable | None:
    """A row a cell with its three figures and the share that is not judged; None where nothing long is accepted."""
    if not result.has_long:
        return None
    head = [word("col.cell", lang), *(word(f"col.{name}", lang) for name in _COLUMNS)]
    rows = [
        FigureRow([cell_name(result, cell, lang), *_row(long, lang)], cell == result.verdict.cell)
        for cell, long in result.long_answers.items()
    ]
    return figure_table(word("long.title", lang), head, rows)


_COLUMNS = ("complete", "correct_long", "supported_long", "unjudged", "n_long")


def _row(long: LongAnswers, lang: str) -> list[str]:
    shares = [_share(one, lang) for one in (long.complete, long.correct, long.supported)]
    return [*shares, figures.percent(long.n_unjudged / long.n), figures.count(long.n)]


def _share(estimate: Estimate, lang: str) -> str:
    if not estimate.n:
        return figures.percent(None)
    return f"{figures.percent(estimate.value)} ({figures.interval(estimate, lang)})"


def long_line(long: LongAnswers, lang: str, cell: str = "") -> str:
    """The three figures and the share that is not judged in a sentence; of a cell, by its name."""
    told: dict[str, Any] = {
        name: _share(one, lang)
        for name, one in (("complete", long.complete), ("correct", long.correct), ("supported", long.supported))
    }
    told |= {"n": long.n, "unjudged": figures.percent(long.n_unjudged / long.n)}
    return message("long.of_cell", lang, cell=cell, **told) if cell else message("long.line", lang, **told)


def long_warnings(result: RunResult, lang: str) -> list[str]:
    """A sentence where so many answers of a cell are not judged that its share of right ones says little."""
    many = {cell: long for cell, long in result.long_answers.items() if long.n_unjudged > _OVERLOOKED * long.n}
    if not many:
        return []
    cell = max(many, key=lambda one: many[one].n_unjudged)
    advised = result.verdict.cell
    line = _unjudged("warning.unjudged", result, cell, lang)
    if advised != cell and advised in result.long_answers and result.long_answers[advised].n_unjudged:
        line += _unjudged("warning.unjudged_advised", result, advised, lang)
    return [line]


def _unjudged(key: str, result: RunResult, cell: str, lang: str) -> str:
    long = result.long_answers[cell]
    return message(key, lang, n=long.n_unjudged, of=long.n, cell=cell_name(result, cell, lang))
