"""What is built here against systems from elsewhere. Knows scores and comparisons, no texts and no costs.

Another system is never chosen: it cannot be served, and its costs were measured elsewhere if at all. What can be told
is whether it pays, in right answers, to replace it.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from assay.statistics.clustered import holm, paired_difference
from assay.verdict.recommendation import ALPHA
from assay.verdict.result import Comparison, Standing

__all__ = ["compare_with_others", "find_standing"]

Scores = Mapping[str, npt.NDArray[np.float64]]


def compare_with_others(
    served: Scores,
    others: Scores,
    clusters: Sequence[object],
    rng: int | np.random.Generator,
    n_resamples: int = 4000,
) -> list[Comparison]:
    """Every cell that can be served against every other system, and these against each other.

    Over the questions that both have answered; a positive difference means that the first is better. p-values are
    adjusted by Holm over all of them: the cell that is advised was picked on the same questions, and any other could
    have been. Two that share no question are not compared.

    Args:
        served: cell -> 1 right, 0 wrong, NaN not scored, one a question.
        others: the same of the other systems.
        clusters: the cluster of each question.
        rng: a seed or a generator; the same one gives the same intervals.
        n_resamples: of the bootstrap.
    """
    generator = np.random.default_rng(rng)
    scores = {**served, **others}
    pairs = [(cell, other) for other in others for cell in served] + list(combinations(others, 2))
    pairs = [(a, b) for a, b in pairs if not np.isnan(scores[a] - scores[b]).all()]
    tested = [paired_difference(scores[a], scores[b], clusters, generator, n_resamples=n_resamples) for a, b in pairs]
    adjusted = holm([p for _, p in tested])
    return [
        Comparison(a, b, difference, p, p_holm)
        for (a, b), (difference, p), p_holm in zip(pairs, tested, adjusted, strict=True)
    ]


def find_standing(comparison: Comparison | None, margin: float) -> Standing:
    """How a cell, the first of the comparison, stands against another system, the second.

    Better or worse: shown, with an adjusted p below 5%. As good: the interval lies within the margin on both sides.
    """
    if comparison is None:
        return "cannot_tell"
    difference = comparison.difference
    if comparison.p_holm is not None and comparison.p_holm < ALPHA:
        return "better" if difference.value > 0 else "worse"
    low, high = difference.low, difference.high
    return "as_good" if low is not None and high is not None and -margin < low <= high < margin else "cannot_tell"
