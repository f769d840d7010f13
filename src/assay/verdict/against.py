"""What is built here against systems from elsewhere. Knows scores and comparisons, no texts and no costs.

Another system is never chosen: it cannot be served, and its costs were measured elsewhere if at all. What can be told
is whether it pays, in right answers, to replace it.
"""

from itertools import combinations

import numpy as np

from assay.statistics.inference import N_RESAMPLES
from assay.statistics.sampling import Sampling
from assay.verdict.result import Comparison
from assay.verdict.standing import Scores, compare_pairs

__all__ = ["compare_with_others"]


def compare_with_others(
    served: Scores,
    others: Scores,
    sampling: Sampling,
    margin: float,
    rng: int | np.random.Generator,
    n_resamples: int = N_RESAMPLES,
) -> list[Comparison]:
    """Every cell that can be served against every other system, and these against each other; see `compare_pairs`.

    Adjusted over all of them: the cell that is advised was picked on the same questions, and any other could have been.
    Two that share no question are not compared.

    Args:
        served: cell -> 1 right, 0 wrong, NaN not scored, one a question.
        others: the same of the other systems.
        sampling: what intervals are about.
        margin: a difference that does not matter.
        rng: a seed or a generator; the same one gives the same intervals.
        n_resamples: of the bootstrap.
    """
    scores = {**served, **others}
    pairs = [(cell, other) for other in others for cell in served] + list(combinations(others, 2))
    pairs = [(a, b) for a, b in pairs if not np.isnan(scores[a] - scores[b]).all()]
    return compare_pairs(pairs, scores, sampling, margin, np.random.default_rng(rng), n_resamples)
