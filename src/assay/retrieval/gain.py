"""A change of the search on trial: kept only if it wins by more than noise on questions that no test will ask."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from assay.bench.preparation import Preparation
from assay.retrieval import Retriever
from assay.statistics.clustered import paired_difference
from assay.statistics.estimate import Estimate

__all__ = ["LEAST_QUESTIONS", "LEVEL", "Gain", "Tried", "gain_of", "read_gain", "wins"]

LEAST_QUESTIONS = 20  # with evidence; fewer cannot tell a gain from noise
LEVEL = 0.8  # the interval of a gain whose lower end must be above 0: one chance in ten to keep what does not help


@dataclass(frozen=True)
class Gain:
    """What a change brought, in nDCG@10 over questions for training and validation.

    `before` is what the search reaches without it; each question is judged by weights that it took no part in. Where it
    was not kept, `after` is what it would have reached.
    """

    kept: bool
    before: float
    after: float
    gain: Estimate  # with an 80% interval, whose lower end must be above 0 for it to be kept
    n_questions: int
    name: str = ""  # of what was tried, where there is more than one thing to try


@dataclass(frozen=True)
class Tried:
    """A retriever with what won, and what finding that out took. `summary` is None where nothing was tried.

    `values`: nDCG@10 of each known question under a fit that was kept, by one that the question took no part in.
    """

    retriever: Retriever
    summary: Gain | None = None
    cost: Preparation = field(default_factory=Preparation)
    values: tuple[float, ...] = ()


def read_gain(kept: dict[str, Any]) -> Gain:
    """A gain as the store keeps it."""
    return Gain(**kept | {"gain": Estimate(**kept["gain"])})


def gain_of(after: Sequence[float], before: Sequence[float], groups: Sequence[str], seed: int) -> Estimate:
    """The mean of the differences with its interval at LEVEL.

    The bootstrap draws groups of near-duplicates, not documents: the documents that will be searched are these.
    """
    return paired_difference(after, before, groups, np.random.default_rng(seed), LEVEL)[0]


def wins(gain: Estimate) -> bool:
    """Whether it is more than noise."""
    return (gain.low or 0.0) > 0
