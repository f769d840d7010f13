"""How steady cells are, as a table and in a sentence, in any language. Knows a result; computes nothing new."""

from dataclasses import dataclass

from assay.report.grid_view import cell_name
from assay.statistics.estimate import Estimate
from assay.verdict.result import RunResult
from assay.verdict.steadier import FEWEST
from assay.words import figures, message

__all__ = ["SteadyRow", "steadiness_line", "steady_rows"]


@dataclass(frozen=True)
class SteadyRow:
    """One cell in words and figures; a dash where it was not asked so."""

    people: str
    steady: str
    again: str
    worded: str
    always_right: str


def steady_rows(result: RunResult, lang: str) -> list[SteadyRow]:
    """The cells that were asked again, in the order of the grid; empty where none was."""
    return [
        SteadyRow(
            cell_name(result, one.cell, lang),
            _share(one.steady, lang),
            _share(one.steady_again, lang),
            _share(one.steady_worded, lang),
            _share(one.always_right, lang),
        )
        for one in result.steadiness
    ]


def steadiness_line(result: RunResult, lang: str) -> list[str]:
    """How steady the advised cell is, and what the verdict makes of it; none where hardly anything was asked again."""
    told = next((one for one in result.steadiness if one.cell == result.verdict.cell), None)
    if told is None or told.steady is None or told.steady.n < FEWEST:
        return []
    parts = [_passed_over(result, cell, lang) for cell in result.verdict.passed_over]
    if any(one.b == told.cell for one in result.verdict.steadier):
        margin = figures.points(result.verdict.margin, signed=False)
        parts.append(message("line.steady.enough", lang, margin=margin))
    own = message(
        "line.steady.own",
        lang,
        cell=cell_name(result, told.cell, lang),
        share=figures.percent(told.steady.value),
        n=told.steady.n,
    )
    return [message("line.steady", lang, told=message("list.semicolon", lang).join([own, *parts]))]


def _passed_over(result: RunResult, cell: str, lang: str) -> str:
    """Why a cheaper cell that is as often right is not advised: against the dearer one that it is farthest behind."""
    pairs = [one for one in result.verdict.steadier if one.b == cell]
    most = max(pairs, key=lambda one: (one.standing == "better", one.difference.value))
    return message(
        "line.steady.less" if most.standing == "better" else "line.steady.open",
        lang,
        cell=cell_name(result, cell, lang),
        other=cell_name(result, most.a, lang),
        lead=figures.difference(most.difference.value, lang),
        interval=figures.points_interval(most.difference, lang),
    )


def _share(estimate: Estimate | None, lang: str) -> str:
    if estimate is None:
        return figures.percent(None)
    return f"{figures.percent(estimate.value)} ({figures.interval(estimate, lang)})"
