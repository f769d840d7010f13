"""Intervals and tests for clusters that are drawn within strata. Knows scores and their sampling.

The variance is that of the strata (see `Layout.covariance`), as a *design effect*: its ratio to the variance of as many
questions drawn at random. A few wrong answers say little about it, so it is held to 1 as if a few more had said so.
The interval is then that of an effective number of questions, n over the design effect (Korn & Graubard 1998):

- of a mean, Wilson's score interval (1927) with a t quantile;
- of a paired difference, the t interval with one made-up question won by each (Bonett & Price 2012).

Neither shrinks to a point when all answers agree. A score of NaN is a failure: left out, never counted as wrong.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from assay.statistics.estimate import Estimate
from assay.statistics.sampling import Layout, Sampling

__all__ = ["Moments", "moments_of", "stratified_difference", "stratified_mean"]

Floats = npt.NDArray[np.float64]

_PRIOR = 8.0  # questions' worth of evidence that the design effect is 1


@dataclass(frozen=True)
class Moments:
    """Mean and mean square of n scores, their design effect, clusters, and degrees of freedom."""

    mean: float
    square: float
    n: int
    design_effect: float
    n_clusters: int
    degrees_of_freedom: int

    @property
    def spread(self) -> float:
        """The variance of one score."""
        return max(0.0, self.square - self.mean**2)


def moments_of(values: Floats, sampling: Sampling) -> Moments:
    """Those of the scores that are not NaN; the mean of none is NaN."""
    used = ~np.isnan(values)
    scores, layout = values[used], sampling.layout(used)
    n = len(scores)
    if not n:
        return Moments(float("nan"), float("nan"), 0, 1.0, 0, 0)
    mean, square = float(scores.mean()), float((scores**2).mean())
    effect = _design_effect(scores - mean, layout)
    return Moments(mean, square, n, effect, layout.n_clusters, layout.degrees_of_freedom)


def stratified_mean(moments: Moments, level: float = 0.95) -> Estimate:
    """The mean of scores between 0 and 1 with its interval; None without degrees of freedom."""
    value, n, df = moments.mean, moments.n, moments.degrees_of_freedom
    if not df:
        return Estimate(value, None, None, n, moments.n_clusters)
    share = min(max(value, 0.0), 1.0)
    error = moments.spread * moments.design_effect / n
    n_effective = share * (1 - share) / error if error > 0 and 0 < share < 1 else n
    q = _t_quantile(df, (1 + level) / 2) ** 2 / n_effective
    centre, half = (share + q / 2) / (1 + q), sqrt(q * (share * (1 - share) + q / 4)) / (1 + q)
    return Estimate(
        value, max(0.0, min(centre - half, value)), min(1.0, max(centre + half, value)), n, moments.n_clusters
    )


def stratified_difference(moments: Moments, level: float = 0.95) -> tuple[Estimate, float | None]:
    """The mean of differences between −1 and 1 with its interval, and a two-sided p-value; None without an interval.

    p is below 1 − `level` exactly when the interval leaves out 0.
    """
    value, df = moments.mean, moments.degrees_of_freedom
    if not df:
        return Estimate(value, None, None, moments.n, moments.n_clusters), None
    n_effective = moments.n / moments.design_effect
    total = n_effective + 2
    centre = n_effective * value / total
    error = sqrt(((n_effective * moments.square + 2) / total - centre**2) / total)
    half = _t_quantile(df, (1 + level) / 2) * error
    low, high = max(-1.0, min(centre - half, value)), min(1.0, max(centre + half, value))
    from scipy.special import stdtr

    return Estimate(value, low, high, moments.n, moments.n_clusters), 2 * float(stdtr(df, -abs(centre) / error))


def _design_effect(residuals: Floats, layout: Layout) -> float:
    n, df = len(residuals), layout.degrees_of_freedom
    spread = float((residuals**2).mean())
    if not df or spread < 1e-12:  # all alike: nothing to learn from
        return 1.0
    variance = float(layout.covariance(residuals[:, None])[0, 0]) / n**2
    effect = variance / (spread / (n - 1))
    evidence = 4 * n * spread  # of answers half of which are right, n; of differences, four times those that differ
    return (evidence * effect + _PRIOR) / (evidence + _PRIOR)


def _t_quantile(df: int, probability: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, probability))
