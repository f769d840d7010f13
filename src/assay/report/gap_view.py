"""What the waterfall and the table of gaps show. Knows no HTML."""

from dataclasses import dataclass

from assay.report.grid_view import cell_name
from assay.verdict.result import RunResult, WaterfallStep
from assay.words import figures
from assay.words.page_words import word

__all__ = ["Bar", "GapRow", "gap_rows", "waterfall_bars"]


@dataclass(frozen=True)
class Bar:
    """One bar of the waterfall; `left` and `width` are percent of the axis from 0 to 1."""

    name: str
    title: str
    why: str
    value: str
    interval: str
    left: float
    width: float
    is_negative: bool


@dataclass(frozen=True)
class GapRow:
    """One gap of the table, largest possible detail."""

    name: str
    title: str
    why: str
    between: str
    value: str
    interval: str


def waterfall_bars(result: RunResult, lang: str) -> list[Bar]:
    """The steps and a last bar for the total; empty where the cells to compare were not run."""
    steps = result.diagnosis.waterfall
    if not steps:
        return []
    bars = []
    reached = 0.0
    for step in steps:
        bars.append(_bar(step, reached, _why(step, steps, lang), lang))
        reached += step.value
    total = Bar("total", word("step.total", lang), "", figures.percent(reached), "", 0.0, _clip(reached) * 100, False)
    return [*bars, total]


def gap_rows(result: RunResult, lang: str) -> list[GapRow]:
    """The gaps in the order of the result."""
    return [
        GapRow(
            name=gap.name,
            title=word(f"gap.{gap.name}", lang),
            why=word(f"gap.{gap.name}.why", lang),
            between=f"{cell_name(result, gap.upper, lang)} − {cell_name(result, gap.lower, lang)}",
            value=figures.difference(gap.estimate.value, lang),
            interval=figures.points_interval(gap.estimate, lang),
        )
        for gap in result.diagnosis.gaps
    ]


def _why(step: WaterfallStep, steps: list[WaterfallStep], lang: str) -> str:
    """The step's sentence. Without a tuned ceiling, capability holds what tuning might win, and says so."""
    is_untuned = step.name == "capability" and not any(other.name == "behaviour" for other in steps)
    why = word("step.capability.untuned" if is_untuned else f"step.{step.name}.why", lang)
    return f"{why} {word('step.negative', lang)}" if step.value < 0 else why


def _bar(step: WaterfallStep, reached: float, why: str, lang: str) -> Bar:
    start, end = sorted((_clip(reached), _clip(reached + step.value)))
    is_base = step.name == "base"
    return Bar(
        name=step.name,
        title=word(f"step.{step.name}", lang),
        why=why,
        value=figures.percent(step.value) if is_base else figures.difference(step.value, lang),
        interval=figures.interval(step.estimate, lang) if is_base else figures.points_interval(step.estimate, lang),
        left=start * 100,
        width=(end - start) * 100,
        is_negative=step.value < 0,
    )


def _clip(share: float) -> float:
    return min(max(share, 0.0), 1.0)
