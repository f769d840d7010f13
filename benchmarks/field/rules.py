"""The rules by which figures become verdicts, written down before anything was run. Knows no claim and no run.

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

__all__ = ["FEW_SETS", "Claimed", "Figure", "Pooled", "Standing", "bounds_of", "judge", "pool", "together"]

Claimed = Literal["above", "below", "told"]  # told: shown, and not judged
Standing = Literal["holds", "does_not_hold", "cannot_tell"]

FEW_SETS = 3  # fewer are said beside the verdict
_Z = 1.959964


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
    value, k = fmean(means), len(means)
    if any(figure.low is None for figure in figures):
        half = t.ppf(0.975, k - 1) * stdev(means) / math.sqrt(k) if k > 1 else None
    else:
        halves = [fmean(_half(one) for one in some) for some in by_set.values()]
        half = math.hypot(*halves) / k
    ends = (None, None) if half is None else (value - half, value + half)
    return Pooled(value, *ends, tuple(by_set), tuple(dict.fromkeys(figure.base for figure in figures)))


def _half(figure: Figure) -> float:
    assert figure.low is not None and figure.high is not None
    return (figure.high - figure.low) / 2


def bounds_of(variance: float) -> float:
    """Half the width of a 95% interval."""
    return _Z * math.sqrt(variance)


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
    """Of a claim with several measures: holds where all do, does not where one does not. None: none was judged."""
    judged = [standing for standing in standings if standing is not None]
    if not judged:
        return None
    if "does_not_hold" in judged:
        return "does_not_hold"
    return "holds" if set(judged) == {"holds"} else "cannot_tell"
