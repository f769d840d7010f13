"""What each rung of the ladder brought and took, as a figure and as a table. Knows no HTML and computes nothing."""

from dataclasses import dataclass

from assay.report.grid_view import cell_name
from assay.report.outcome import Table
from assay.verdict.result import CellSummary, Rung, RunResult
from assay.words import figures
from assay.words.page_words import word

__all__ = ["RungBar", "ladder_table", "rung_bars"]

_COLUMNS = ("rung", "right", "gain", "once", "answer")


@dataclass(frozen=True)
class RungBar:
    """A rung in a figure; places in percent of the axis, from 0 to 100% right."""

    title: str
    share: str
    width: float
    is_advised: bool
    gain: str
    answer: str  # what it takes for an answer, and once
    once: str


def rung_bars(result: RunResult, lang: str) -> list[RungBar]:
    """A bar for each rung, from below."""
    return [_bar(rung, _summary(result, rung), result, lang) for rung in result.rungs]


def ladder_table(result: RunResult, lang: str) -> Table | None:
    """The same for a terminal; None without a ladder."""
    if not result.rungs:
        return None
    rows = []
    for rung in result.rungs:
        summary = _summary(result, rung)
        rows.append(
            [
                cell_name(result, rung.cell, lang),
                figures.percent(summary.correct.value),
                _short_gain(rung, lang),
                figures.duration(summary.cost.prepare_s, lang),
                figures.duration(summary.cost.usual_s, lang),
            ]
        )
    return Table([word(f"ladder.{name}", lang) for name in _COLUMNS], rows, n_words=1, width=100)


def _summary(result: RunResult, rung: Rung) -> CellSummary:
    return next(one for one in result.cells if one.cell == rung.cell)


def _bar(rung: Rung, summary: CellSummary, result: RunResult, lang: str) -> RungBar:
    cost = summary.cost
    return RungBar(
        title=cell_name(result, rung.cell, lang),
        share=figures.percent(summary.correct.value),
        width=100 * summary.correct.value,
        is_advised=rung.cell == result.verdict.cell,
        gain=_long_gain(rung, result, lang),
        answer=word("ladder.each", lang, seconds=figures.duration(cost.usual_s, lang)),
        once=word("ladder.prepare", lang, seconds=figures.duration(cost.prepare_s, lang)),
    )


def _short_gain(rung: Rung, lang: str) -> str:
    if rung.gain is None:
        return "–"
    return f"{figures.points(rung.gain.value)} ({figures.points_interval(rung.gain, lang)})"


def _long_gain(rung: Rung, result: RunResult, lang: str) -> str:
    if rung.gain is None or rung.over is None:
        return word("ladder.first", lang)
    return word(
        f"ladder.{rung.standing}",
        lang,
        points=figures.points(rung.gain.value),
        interval=figures.points_interval(rung.gain, lang),
        below=cell_name(result, rung.over, lang),
    )
