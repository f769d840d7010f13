"""What more examples to learn from would bring, with an interval. Knows scores by number of examples, no way.

Over sizes that double, errors fall about as a power of the number of examples (Hestness et al. 2017); where many are
left, it is their odds that do. The exponent is read off the sizes at hand, and the curve is followed a little further
from its last point. What is uncertain of that: which questions are in the test (they are drawn anew), which examples
happened to be learnt from (parts of one size that share none differ by it), and whether the curve bends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from assay.statistics.estimate import Estimate
from assay.statistics.inference import N_RESAMPLES, draw_means
from assay.statistics.sampling import Sampling

__all__ = ["Learnt", "expected_gain"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Learnt:
    """The scores of what was learnt from so many examples."""

    n: int
    scores: Floats  # P×Q: by part of the examples, each of about this size, and question of the test; NaN not scored


def expected_gain(
    curve: Sequence[Learnt], more: int, sampling: Sampling, rng: np.random.Generator, n_resamples: int = N_RESAMPLES
) -> Estimate:
    """How much the mean score would rise with so many more examples than the most that were learnt from.

    Args:
        curve: two sizes at least, in rising order.
        more: examples.
        sampling: of the test's questions.
        rng: of the draws; the same state gives the same interval.
        n_resamples: the number of draws.
    """
    sizes = np.array([point.n for point in curve], dtype=np.float64)
    means = [np.nanmean(point.scores, axis=1) for point in curve]
    floor = 0.5 / len(sampling)  # of an error: half a question
    seen = np.array([mean.mean() for mean in means])
    value = float(_gain(seen[None], sizes, more, floor)[0])
    n_clusters = len(set(sampling.clusters))
    if n_clusters < 2:
        return Estimate(value, None, None, len(sampling), n_clusters)
    drawn = draw_means(np.vstack([point.scores for point in curve]), sampling, rng, n_resamples)  # R×K
    sums = np.cumsum([0, *map(len, means)])
    by_size = np.stack([drawn[:, a:b].mean(axis=1) for a, b in pairwise(sums)], axis=1)  # R×S
    other, next_ones = _other_examples(sizes, means, more, rng, n_resamples)
    bends = rng.standard_normal(n_resamples) * _bend(seen, sizes, floor)
    gains = _gain(by_size + other, sizes, more, floor, bends) + next_ones
    gains = np.minimum(gains, 1 - by_size[:, -1])  # there are no more errors to lose
    low, high = np.quantile(gains, [0.025, 0.975])
    return Estimate(value, float(low), float(high), len(sampling), n_clusters)


def _gain(means: Floats, sizes: Floats, more: int, floor: float, bend: Floats | float = 0.0) -> Floats:
    """R, from means R×S; `bend`, R or one, is added to the slope of the odds."""
    odds = logit(np.clip(1 - means, floor, 1 - floor))
    x = np.log(sizes) - np.log(sizes).mean()
    slope = odds @ x / (x @ x) + bend  # R: by least squares, usually negative
    return np.asarray(expit(odds[:, -1]) - expit(odds[:, -1] + slope * np.log(1 + more / sizes[-1])))


def _bend(means: Floats, sizes: Floats, floor: float) -> float:
    """By how much the slope of the odds in the last step differs from that of the whole curve."""
    slopes = np.diff(logit(np.clip(1 - means, floor, 1 - floor))) / np.diff(np.log(sizes))
    return float(slopes[-1] - slopes[0]) / 2


def _other_examples(
    sizes: Floats, means: Sequence[Floats], more: int, rng: np.random.Generator, n_resamples: int
) -> tuple[Floats, Floats]:
    """What other examples of the same number might have changed, R×S, and what is chance about the next ones, R.

    Like that of a mean, the variance falls with the number of examples: it is τ²/n, and τ²/n − τ²/(n + more) of the
    difference that more examples make beside the same n. Nothing where no size has several parts, which would tell τ.
    """
    free = sum(len(mean) - 1 for mean in means)
    if not free:
        return np.zeros((n_resamples, len(means))), np.zeros(n_resamples)
    squares = sum(n * float(np.sum((mean - mean.mean()) ** 2)) for n, mean in zip(sizes, means, strict=True))
    tau = np.sqrt(squares / free)
    scale = tau / np.sqrt(sizes * [len(mean) for mean in means])
    chance = tau * np.sqrt(1 / sizes[-1] - 1 / (sizes[-1] + more))
    return rng.standard_t(free, (n_resamples, len(means))) * scale, rng.standard_t(free, n_resamples) * chance
