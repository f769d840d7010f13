"""What the forest plot of paired differences shows. Knows no HTML; draws nothing."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from assay.statistics.estimate import Estimate
from assay.verdict.result import Comparison, Verdict
from assay.words import figures

__all__ = ["Compared", "Forest", "ForestRow", "forest"]

_ALPHA = 0.05


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

    a: str
    b: str
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
    reach = _reach([*turned], result.verdict.margin)
    margin = result.verdict.margin
    return Forest(
        rows=[_row(c, reach, lang, name) for c in turned if c.a == cell],
        others=[_row(_upright(c), reach, lang, name) for c in turned if c.a != cell],
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


def _row(comparison: Comparison, reach: float, lang: str, name: Callable[[str, str], str]) -> ForestRow:
    estimate = comparison.difference
    return ForestRow(
        a=name(comparison.a, lang),
        b=name(comparison.b, lang),
        value=figures.points(estimate.value),
        interval=figures.points_interval(estimate, lang),
        p_holm=figures.p_value(comparison.p_holm),
        is_certain=comparison.p_holm is not None and comparison.p_holm < _ALPHA,
        dot=_place(estimate.value, reach),
        low=None if estimate.low is None else _place(estimate.low, reach),
        high=None if estimate.high is None else _place(estimate.high, reach),
    )


def _reach(comparisons: list[Comparison], margin: float) -> float:
    """Half the axis: the largest difference or bound, rounded up to the next ten points."""
    bounds = [margin]
    for comparison in comparisons:
        estimate = comparison.difference
        bounds += [abs(bound) for bound in (estimate.value, estimate.low, estimate.high) if bound is not None]
    return min(math.ceil(max(bounds) * 10 - 1e-9) / 10, 1.0) or 0.1


def _place(difference: float, reach: float) -> float:
    return round((min(max(difference, -reach), reach) + reach) / (2 * reach) * 100, 2)


def _ticks(reach: float) -> list[tuple[float, str]]:
    step = 0.1 if reach <= 0.3 else 0.2 if reach <= 0.6 else 0.5
    count = math.floor(reach / step + 1e-9)
    return [(_place(i * step, reach), figures.points(i * step)) for i in range(-count, count + 1)]
