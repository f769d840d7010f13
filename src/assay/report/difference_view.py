"""What the forest plot of paired differences shows. Knows no HTML; draws nothing."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assay.statistics.estimate import Estimate
from assay.verdict.result import Comparison, Verdict
from assay.verdict.run_comparison import ALPHA, CellChange
from assay.words import figures
from assay.words.page_words import word

__all__ = ["Compared", "Forest", "ForestRow", "cell_forest", "forest"]


class Compared(Protocol):
    """What holds a verdict and the comparisons behind it."""

    @property
    def comparisons(self) -> list[Comparison]:
        """Each against the best."""

    @property
    def verdict(self) -> Verdict:
        """What was chosen."""


@dataclass(frozen=True)
class ForestRow:
    """One comparison; places are percent of the axis, None where there is no interval."""

    title: str
    value: str
    interval: str
    p_holm: str
    is_certain: bool
    dot: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Forest:
    """The rows that name the recommended cell first, then the others, on one axis."""

    rows: list[ForestRow]
    others: list[ForestRow]
    ticks: list[tuple[float, str]]  # place in percent, label
    band_left: float
    band_width: float
    margin: str


def forest(result: Compared, lang: str, name: Callable[[str, str], str]) -> Forest:
    """The comparisons, each turned so that the recommended cell stands first, largest difference first."""
    cell = result.verdict.cell
    turned = [_turn(comparison) if comparison.b == cell else comparison for comparison in result.comparisons]
    turned.sort(key=lambda comparison: -comparison.difference.value)
    reach = _reach([comparison.difference for comparison in turned], result.verdict.margin)

    def row(c: Comparison) -> ForestRow:
        title = word("differences.versus", lang, a=name(c.a, lang), b=name(c.b, lang))
        return _row(title, c.difference, c.p_holm, _is_certain(c), reach, lang)

    return _forest(
        [row(c) for c in turned if c.a == cell],
        [row(_upright(c)) for c in turned if c.a != cell],
        reach,
        result.verdict.margin,
    )


def cell_forest(changes: Sequence[CellChange], margin: float, lang: str, name: Callable[[str], str]) -> Forest:
    """Cells of two runs, each against itself, in the order given; right of zero the second run is better."""
    reach = _reach([change.difference for change in changes], margin)
    rows = [_row(name(c.cell), c.difference, c.p_holm, c.certain != 0, reach, lang) for c in changes if c.difference.n]
    return _forest(rows, [], reach, margin)


def _forest(rows: list[ForestRow], others: list[ForestRow], reach: float, margin: float) -> Forest:
    return Forest(
        rows=rows,
        others=others,
        ticks=_ticks(reach),
        band_left=_place(-margin, reach),
        band_width=_place(margin, reach) - _place(-margin, reach),
        margin=figures.points(margin, signed=False),
    )


def _turn(comparison: Comparison) -> Comparison:
    estimate = comparison.difference
    low = None if estimate.high is None else -estimate.high
    high = None if estimate.low is None else -estimate.low
    turned: Estimate = replace(estimate, value=-estimate.value, low=low, high=high)
    return replace(comparison, a=comparison.b, b=comparison.a, difference=turned)


def _upright(comparison: Comparison) -> Comparison:
    return _turn(comparison) if comparison.difference.value < 0 else comparison


def _is_certain(c: Comparison) -> bool:
    if c.standing is None:  # from before it was kept
        return c.p_holm is not None and c.p_holm < ALPHA
    return c.standing in ("better", "worse")


def _row(title: str, estimate: Estimate, p_holm: float | None, certain: bool, reach: float, lang: str) -> ForestRow:
    return ForestRow(
        title=title,
        value=figures.difference(estimate.value, lang),
        interval=figures.points_interval(estimate, lang),
        p_holm=figures.p_value(p_holm),
        is_certain=certain,
        dot=_place(estimate.value, reach),
        low=None if estimate.low is None else _place(estimate.low, reach),
        high=None if estimate.high is None else _place(estimate.high, reach),
    )


def _reach(differences: Sequence[Estimate], margin: float) -> float:
    """Half the axis: the largest difference or bound, rounded up to the next ten points."""
    bounds = [margin]
    for estimate in differences:
        told = (bound for bound in (estimate.value, estimate.low, estimate.high) if bound is not None)
        bounds += [abs(bound) for bound in told if not math.isnan(bound)]
    return min(math.ceil(max(bounds) * 10 - 1e-9) / 10, 1.0) or 0.1


def _place(difference: float, reach: float) -> float:
    return round((min(max(difference, -reach), reach) + reach) / (2 * reach) * 100, 2)


def _ticks(reach: float) -> list[tuple[float, str]]:
    step = 0.1 if reach <= 0.2 else 0.2 if reach <= 0.6 else 0.5
    count = math.floor(reach / step + 1e-9)
    return [(_place(i * step, reach), figures.points(i * step)) for i in range(-count, count + 1)]
