"""A change of the search on trial: kept only if it wins by more than noise on questions that no test will ask."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np

from assay.bench.preparation import Preparation
from assay.retrieval import Retriever
from assay.statistics.clustered import paired_difference
from assay.statistics.estimate import Estimate

__all__ = ["LEAST_QUESTIONS", "LEVEL", "Tried", "gain_of", "wins"]

LEAST_QUESTIONS = 20  # with evidence; fewer cannot tell a gain from noise
LEVEL = 0.8  # the interval of a gain whose lower end must be above 0: one chance in ten to keep what does not help

Summary = TypeVar("Summary")


@dataclass(frozen=True)
class Tried(Generic[Summary]):
    """A retriever with what won, and what finding that out took. `summary` is None where nothing was tried."""

    retriever: Retriever
    summary: Summary | None = None
    cost: Preparation = field(default_factory=Preparation)


def gain_of(after: Sequence[float], before: Sequence[float], groups: Sequence[str], seed: int) -> Estimate:
    """The mean of the differences with its interval at LEVEL.

    The bootstrap draws groups of near-duplicates, not documents: the documents that will be searched are these.
    """
    return paired_difference(after, before, groups, np.random.default_rng(seed), LEVEL)[0]


def wins(gain: Estimate) -> bool:
    """Whether it is more than noise."""
    return (gain.low or 0.0) > 0
