"""How steady each cell is, as a table, in any language. Knows a result; computes nothing new."""

from dataclasses import dataclass

from assay.report.grid_view import cell_name
from assay.statistics.estimate import Estimate
from assay.verdict.result import RunResult
from assay.words import figures

__all__ = ["SteadyRow", "steady_rows"]


@dataclass(frozen=True)
class SteadyRow:
    """One cell in words and figures; a dash where it was not asked so."""

    people: str
    again: str
    worded: str
    always_right: str


def steady_rows(result: RunResult, lang: str) -> list[SteadyRow]:
    """The cells that were asked again, in the order of the grid; empty where none was."""
    return [
        SteadyRow(
            cell_name(result, one.cell, lang),
            _share(one.steady_again, lang),
            _share(one.steady_worded, lang),
            _share(one.always_right, lang),
        )
        for one in result.steadiness
    ]


def _share(estimate: Estimate | None, lang: str) -> str:
    if estimate is None:
        return figures.percent(None)
    return f"{figures.percent(estimate.value)} ({figures.interval(estimate, lang)})"
