"""Intervals and tests for questions that come in clusters (documents), which are what is drawn anew.

Knows arrays of scores and cluster labels; knows no cell, no question and no verdict. A score of NaN is a failure: it
is left out, never counted as wrong.

Every interval is the wider of two, because each is too sure where the other is not:

- the *expanded percentile* interval of a bootstrap that draws whole clusters (Hesterberg 2015, "What Teachers Should
  Know About the Bootstrap", section 5.3): follows skew, but knows only what the data show, so it shrinks to a point
  when all answers agree;
- a t interval on the effective number of questions, with a few made-up observations at both ends of the range
  (Agresti & Coull 1998 for a mean, Bonett & Price 2012 for a paired difference): never shrinks to a point.

A p-value is the smallest level at which the interval leaves out 0: the larger of the two p-values, so that they never
disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from assay.statistics.estimate import Estimate
from assay.statistics.resampling import draw_counts

__all__ = [
    "TYPICAL_ICC",
    "clustered_mean",
    "holm",
    "paired_difference",
]

Floats = npt.NDArray[np.float64]

TYPICAL_ICC = 0.05  # correlation of two questions on one document, where the data cannot tell
_PAD_MEAN, _PAD_DIFFERENCE = 2, 1  # made-up observations at each end: Agresti & Coull; Bonett & Price


def clustered_mean(
    values: npt.ArrayLike,
    clusters: Sequence[object],
    rng: np.random.Generator,
    level: float = 0.95,
    n_resamples: int = 4000,
    bounds: tuple[float, float] = (0.0, 1.0),
) -> Estimate:
    """The mean over questions and its interval.

    Args:
        values: One score a question within `bounds`; NaN is left out.
        clusters: The cluster of each question, such as its source document.
        rng: Where the resamples come from; the same state gives the same interval.
        level: Share of exams whose interval holds the true mean.
        n_resamples: Bootstrap draws of all clusters with replacement.
        bounds: The smallest and largest possible score; the interval is clipped to them.

    Returns:
        The estimate; `value` is NaN when every score is NaN, `low` and `high` are None with fewer than two clusters.
    """
    return _estimate(_group(values, clusters), rng, level, n_resamples, bounds, _PAD_MEAN)[0]


def paired_difference(
    a: npt.ArrayLike,
    b: npt.ArrayLike,
    clusters: Sequence[object],
    rng: np.random.Generator,
    level: float = 0.95,
    n_resamples: int = 4000,
    bounds: tuple[float, float] = (-1.0, 1.0),
) -> tuple[Estimate, float | None]:
    """The mean of a − b over the questions where both are scored, and a two-sided p-value; positive: a is better.

    p is below 1 − `level` when the interval leaves out 0, up to the grain of the resamples. Two cells that agree on
    every question get p = 1 and an interval around 0 that narrows with more questions, not a point: five equal
    answers do not prove equality. p is None where there is no interval. Arguments are those of `clustered_mean`.
    """
    difference = np.asarray(a, dtype=float) - np.asarray(b, dtype=float)
    return _estimate(_group(difference, clusters), rng, level, n_resamples, bounds, _PAD_DIFFERENCE)


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """The p-values adjusted by Holm's step-down rule (1979), in the order given; None stays None and is not counted."""
    known = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    floor = 0.0
    for rank, (p, place) in enumerate(known):
        floor = max(floor, min(1.0, (len(known) - rank) * p))
        adjusted[place] = floor
    return adjusted


@dataclass(frozen=True)
class _Groups:
    sums: Floats  # G
    counts: Floats  # G
    squares: float  # of all values
    n: int

    @property
    def mean(self) -> float:
        return float(self.sums.sum() / self.n) if self.n else float("nan")


@dataclass(frozen=True)
class _Padded:
    mean: float
    standard_error: float


def _group(values: npt.ArrayLike, clusters: Sequence[object]) -> _Groups:
    scores = np.asarray(values, dtype=float)
    if scores.ndim != 1 or len(scores) != len(clusters):
        raise ValueError(f"{scores.shape} scores for {len(clusters)} cluster labels: give one label a score")
    labels: dict[object, int] = {}
    index = np.array([labels.setdefault(cluster, len(labels)) for cluster in clusters], dtype=np.intp)
    scored = ~np.isnan(scores)
    counts = np.bincount(index[scored], minlength=len(labels)).astype(np.float64)
    sums = np.bincount(index[scored], weights=scores[scored], minlength=len(labels)).astype(np.float64)
    used = counts > 0
    return _Groups(sums[used], counts[used], float((scores[scored] ** 2).sum()), int(scored.sum()))


def _estimate(
    groups: _Groups,
    rng: np.random.Generator,
    level: float,
    n_resamples: int,
    bounds: tuple[float, float],
    pad: int,
) -> tuple[Estimate, float | None]:
    n_clusters = len(groups.sums)
    if n_clusters < 2:
        return Estimate(groups.mean, None, None, groups.n, n_clusters), None
    draws = np.sort(_resample(groups, rng, n_resamples))
    padded = _padded(groups, bounds, pad)
    t_alpha = _t_quantile(n_clusters - 1, (1 + level) / 2)
    low, high = _percentiles(draws, t_alpha, n_clusters)
    low = min(low, groups.mean, padded.mean - t_alpha * padded.standard_error)
    high = max(high, groups.mean, padded.mean + t_alpha * padded.standard_error)
    estimate = Estimate(groups.mean, max(low, bounds[0]), min(high, bounds[1]), groups.n, n_clusters)
    return estimate, _p_value(groups.mean, draws, padded, n_clusters)


def _resample(groups: _Groups, rng: np.random.Generator, n_resamples: int) -> Floats:
    n_clusters = len(groups.sums)
    weights = draw_counts(rng, n_resamples, n_clusters, n_clusters)  # R×G
    means: Floats = (weights @ groups.sums) / (weights @ groups.counts)
    return means


def _percentiles(draws: Floats, t_alpha: float, n_clusters: int) -> tuple[float, float]:
    from scipy.special import ndtr

    tail = float(ndtr(-sqrt(n_clusters / (n_clusters - 1)) * t_alpha))
    low, high = np.quantile(draws, [tail, 1 - tail])
    return float(low), float(high)


def _padded(groups: _Groups, bounds: tuple[float, float], pad: int) -> _Padded:
    """Mean and standard error over the effective number of questions and `pad` made-up ones at each end."""
    n_effective = groups.n / _design_effect(groups)
    total = n_effective + 2 * pad
    mean = (n_effective * groups.mean + pad * (bounds[0] + bounds[1])) / total
    square = (n_effective * groups.squares / groups.n + pad * (bounds[0] ** 2 + bounds[1] ** 2)) / total
    return _Padded(mean, sqrt(max(0.0, square - mean**2) / total))


def _design_effect(groups: _Groups) -> float:
    """By how much clustering multiplies the variance of the mean.

    Not held above 1: its noise is what the t quantiles allow for, and cutting off its lower half costs a tenth of the
    power.
    """
    n, n_clusters, mean = groups.n, len(groups.sums), groups.mean
    spread = groups.squares / n - mean**2
    if n < 2 or spread < 1e-12:  # all alike: nothing to learn from
        return 1 + (n / n_clusters - 1) * TYPICAL_ICC
    residuals = groups.sums - groups.counts * mean
    clustered = n_clusters / (n_clusters - 1) * float((residuals**2).sum()) / n**2
    return max(0.5, clustered / (spread / (n - 1)))


def _p_value(mean: float, draws: Floats, padded: _Padded, n_clusters: int) -> float:
    from scipy.special import ndtr, ndtri, stdtr

    df = n_clusters - 1
    p_padded = 2 * float(stdtr(df, -abs(padded.mean) / padded.standard_error))
    crossed = float(np.mean(draws <= 0) if mean > 0 else np.mean(draws >= 0))
    # no draw crossed 0: the tail is thinner than the draws can show, so it is continued as a normal one
    spread = float(draws.std())
    beyond = float(ndtr(-abs(mean) / spread)) if spread > 0 else 0.0
    tail = crossed or min(beyond, 1 / (len(draws) + 1))
    p_draws = 2 * float(stdtr(df, float(ndtri(min(tail, 0.5))) / sqrt(n_clusters / df))) if mean else 1.0
    return min(1.0, max(p_padded, p_draws))


def _t_quantile(df: int, probability: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, probability))
