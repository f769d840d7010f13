"""What each rung of the ladder brought and took, as a figure and as a table. Knows no HTML and computes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.report.grid_view import cell_name
from assay.report.outcome import Table
from assay.statistics.estimate import Estimate
from assay.verdict.result import Cost, Rung, RunResult
from assay.words import figures
from assay.words.page_words import word

__all__ = ["NamedRung", "RungBar", "ladder_table", "run_rungs", "rung_bars"]

_COLUMNS = ("rung", "right", "gain", "once", "answer")


@dataclass(frozen=True)
class NamedRung:
    """A rung with its name for people, and that of the best one below it."""

    rung: Rung
    title: str
    below: str
    correct: Estimate
    cost: Cost
    is_advised: bool


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


def run_rungs(result: RunResult, lang: str) -> list[NamedRung]:
    """The rungs of one grid, from below."""
    summaries = {one.cell: one for one in result.cells}
    return [
        NamedRung(
            rung,
            cell_name(result, rung.cell, lang),
            cell_name(result, rung.over, lang) if rung.over is not None else "",
            summaries[rung.cell].correct,
            summaries[rung.cell].cost,
            rung.cell == result.verdict.cell,
        )
        for rung in result.rungs
    ]


def rung_bars(rungs: Sequence[NamedRung], lang: str) -> list[RungBar]:
    """A bar for each rung, from below."""
    return [
        RungBar(
            title=one.title,
            share=figures.percent(one.correct.value),
            width=100 * one.correct.value,
            is_advised=one.is_advised,
            gain=_long_gain(one, lang),
            answer=word("ladder.each", lang, seconds=figures.duration(one.cost.usual_s, lang)),
            once=word("ladder.prepare", lang, seconds=figures.duration(one.cost.prepare_s, lang)),
        )
        for one in rungs
    ]


def ladder_table(rungs: Sequence[NamedRung], lang: str) -> Table | None:
    """The same for a terminal; None without a ladder."""
    if not rungs:
        return None
    rows = [
        [
            one.title,
            figures.percent(one.correct.value),
            _short_gain(one.rung, lang),
            figures.duration(one.cost.prepare_s, lang),
            figures.duration(one.cost.usual_s, lang),
        ]
        for one in rungs
    ]
    return Table([word(f"ladder.{name}", lang) for name in _COLUMNS], rows, n_words=1, width=100)


def _short_gain(rung: Rung, lang: str) -> str:
    if rung.gain is None:
        return "–"
    return f"{figures.points(rung.gain.value)} ({figures.points_interval(rung.gain, lang)})"


def _long_gain(one: NamedRung, lang: str) -> str:
    gain = one.rung.gain
    if gain is None:
        return word("ladder.first", lang)
    return word(
        f"ladder.{one.rung.standing}",
        lang,
        points=figures.points(gain.value),
        interval=figures.points_interval(gain, lang),
        below=one.below,
    )
