"""Marks of questions that were asked several times: how often they turn. Knows marks, no cell and no wording."""

import numpy as np
import numpy.typing as npt

from assay.statistics.inference import N_RESAMPLES, Difference, estimate_difference
from assay.statistics.sampling import Sampling

__all__ = ["Marks", "estimate_steadier", "never_turns", "right_each_time", "spread_of"]

Floats = npt.NDArray[np.float64]
Marks = Floats  # Q×T: questions, and the times that each was asked; 1 right, 0 wrong, NaN not asked, or no mark


def never_turns(marks: Marks) -> Floats:
    """1 where all marks of a question are the same, 0 where one differs, NaN where it has but one: Q."""
    told = ~np.isnan(marks)
    right = np.where(told, marks, 0).sum(axis=1)
    n = told.sum(axis=1)
    return np.where(n > 1, ((right == 0) | (right == n)).astype(float), np.nan)


def right_each_time(marks: Marks) -> Floats:
    """pass^k: 1 where a question is right each time that it was asked, NaN where it never was: Q."""
    told = ~np.isnan(marks)
    return np.where(told.any(axis=1), (np.where(told, marks, 1) == 1).all(axis=1).astype(float), np.nan)


def spread_of(marks: Marks) -> float | None:
    """The mean variance of the marks of one question, 0 (never turns) to 1/4; None where none has two."""
    told = (~np.isnan(marks)).sum(axis=1) > 1
    return float(np.nanvar(marks[told], axis=1).mean()) if told.any() else None


def estimate_steadier(
    a: Marks, b: Marks, sampling: Sampling, rng: np.random.Generator, n_resamples: int = N_RESAMPLES
) -> Difference:
    """The share of questions whose mark never turns, of a less that of b; positive: a is steadier.

    Paired over the same questions and the same times: a time at which one of the two has no mark counts for neither,
    as a question that is asked less often turns less often.
    """
    missing = np.isnan(a) | np.isnan(b)
    first, second = (never_turns(np.where(missing, np.nan, marks)) for marks in (a, b))
    return estimate_difference(first, second, sampling, rng, n_resamples)
