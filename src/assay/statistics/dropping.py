"""Things that are asked round by round, of which those shown to be worse than the best are asked no more.

Successive halving (Jamieson & Talwalkar 2016) doubles what is asked from round to round. Which are dropped is not a
fixed half: a thing goes when its paired difference to the leader is told from 0 at 5%, shared out among all
comparisons of all rounds (Bonferroni), and matters.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_difference
from assay.statistics.sampling import Sampling

__all__ = ["Behind", "count_comparisons", "cut_rounds", "shown_worse"]

Floats = npt.NDArray[np.float64]

ALPHA = 0.05
_LEAST = 32  # questions that more than one round is made of


@dataclass(frozen=True)
class Behind:
    """What is dropped, how far it lies behind the leader on the questions so far, and how sure that is."""

    name: str
    leader: str
    difference: Estimate  # of the leader to it
    p: float


def cut_rounds(n: int, seed: int) -> list[list[int]]:
    """The places of n questions in a seeded order: a quarter, a quarter, the other half; of few, one round of all."""
    order = [int(place) for place in np.random.default_rng(seed).permutation(n)]
    quarter = n // 4
    return [order[:quarter], order[quarter : 2 * quarter], order[2 * quarter :]] if n >= _LEAST else [order]


def shown_worse(
    scores: Mapping[str, Floats], sampling: Sampling, margin: float, n_comparisons: int, rng: np.random.Generator
) -> list[Behind]:
    """Those shown to be worse than the leader by what matters, in order.

    Args:
        scores: of each thing, a number from 0 to 1 a question, NaN where there is none.
        sampling: of the questions.
        margin: a difference that does not matter.
        n_comparisons: how many are made in all rounds.
        rng: of the draws.
    """
    leader = max(scores, key=lambda name: _mean(scores[name]))
    found = []
    for name, values in scores.items():
        if name == leader or np.isnan(values).all():
            continue
        told = estimate_difference(scores[leader], values, sampling, rng)
        if told.p is not None and told.p < ALPHA / n_comparisons and told.estimate.value >= margin:
            found.append(Behind(name, leader, told.estimate, told.p))
    return found


def count_comparisons(n_things: int, n_rounds: int) -> int:
    """Of the leader, which may be any, with each other thing in each round."""
    return max(1, n_rounds * n_things * (n_things - 1) // 2)


def _mean(values: Floats) -> float:
    return -1.0 if np.isnan(values).all() else round(float(np.nanmean(values)), 9)
