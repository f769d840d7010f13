"""The rules by which figures become verdicts, written before there was a result. Knows no claim and no run.

A figure is one set's and one base's, with the interval of new questions on that set. Pooling: in each set the mean over
the bases, as wide as their intervals are on average (they answer the same questions, so nothing is gained by counting
them twice); then the mean over the sets, each with the same weight, the variances added. Where a set gives one number
without an interval (seconds of preparation), the interval is that of the mean over the sets (Student's t). So intervals
are about new questions on these sets and these bases; only those from one number a set are about other sets.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Literal

from scipy.stats import t

__all__ = ["FEW_SETS", "Claimed", "Figure", "Pooled", "Standing", "half_width", "judge", "pool", "together"]

Claimed = Literal["above", "below", "told"]  # told: shown, and not judged
Standing = Literal["holds", "does_not_hold", "cannot_tell"]

FEW_SETS = 3  # fewer are said beside the verdict


@dataclass(frozen=True)
class Figure:
    """One set's and one base's; `low` and `high` are None where it is one number. On the scale of its measure."""

    set: str
    base: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Pooled:
    """The mean over the sets with its 95% interval; None where nothing tells one."""

    value: float
    low: float | None
    high: float | None
    sets: tuple[str, ...]
    bases: tuple[str, ...]


def pool(figures: Sequence[Figure]) -> Pooled:
    """The mean over the sets, which there must be at least one of."""
    by_set: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_set[figure.set].append(figure)
    means = [fmean(one.value for one in some) for some in by_set.values()]
    value = fmean(means)
    ends = _over_sets(means) if any(one.low is None for one in figures) else _within_sets(list(by_set.values()))
    low, high = (None, None) if ends is None else (value - ends[0], value + ends[1])
    return Pooled(value, low, high, tuple(by_set), tuple(dict.fromkeys(figure.base for figure in figures)))


def _within_sets(sets: Sequence[Sequence[Figure]]) -> tuple[float, float]:
    """How far the interval reaches below and above the mean: near 0 and 1 it is not as wide to both sides."""
    arms = [
        (fmean(one.value - (one.low or 0.0) for one in some), fmean((one.high or 0.0) - one.value for one in some))
        for some in sets
    ]
    below, above = (math.hypot(*side) / len(sets) for side in zip(*arms, strict=True))
    return below, above


def _over_sets(means: Sequence[float]) -> tuple[float, float] | None:
    if len(means) < 2:
        return None
    half = half_width(means)
    return half, half


def half_width(values: Sequence[float]) -> float:
    """Half the width of the 95% interval of their mean, by Student's t; of two values or more."""
    return float(t.ppf(0.975, len(values) - 1)) * stdev(values) / math.sqrt(len(values))


def judge(pooled: Pooled, claimed: Claimed, bound: float = 0.0) -> Standing | None:
    """Holds: the interval lies wholly on the claimed side of the bound. Does not: on the other. None: nothing claimed.

    The bound is 0, or minus the margin where the claim is "no worse". With the bound inside of it, or without an
    interval, nothing is told.
    """
    if claimed == "told":
        return None
    if pooled.low is None or pooled.high is None or pooled.low <= bound <= pooled.high:
        return "cannot_tell"
    return "holds" if (pooled.low > bound) == (claimed == "above") else "does_not_hold"


def together(standings: Sequence[Standing | None]) -> Standing | None:
    """Of a claim with several measures: holds where all do, does not where one does not. None: none was run.

    One that was not run (None) leaves open whether all hold.
    """
    if "does_not_hold" in standings:
        return "does_not_hold"
    if not any(standings):
        return None
    return "holds" if set(standings) == {"holds"} else "cannot_tell"
