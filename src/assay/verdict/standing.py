"""What holds between two cells: the one place that decides it, and that every sentence reads it from.

Knows scores of cells by their names, no texts and no costs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from assay.statistics.clustered import holm
from assay.statistics.inference import N_RESAMPLES, Difference, estimate_difference
from assay.statistics.sampling import Sampling
from assay.verdict.result import Comparison, Standing

__all__ = ["ALPHA", "MOST_UNANSWERED", "bounds_of", "compare_pairs", "find_standing", "may_be_ahead"]

Floats = npt.NDArray[np.float64]
Scores = Mapping[str, Floats]
Fills = tuple[float, float]  # what the missing marks of the first and of the second would have been

ALPHA = 0.05  # of every decision: the chance to be wrong that is taken
MOST_UNANSWERED = 0.02  # of the questions: a cell that leaves more without a mark is bounded


def find_standing(difference: Difference, p_holm: float | None, margin: float) -> Standing:
    """How the first of two stands against the second.

    Better or worse: shown, with an adjusted p below 5%. As good: shown by two one-sided tests to be within the margin
    either way. All else cannot be told.
    """
    if p_holm is not None and p_holm < ALPHA:
        return "better" if difference.estimate.value > 0 else "worse"
    if difference.inner is not None and -margin < difference.inner[0] <= difference.inner[1] < margin:
        return "as_good"
    return "cannot_tell"


def may_be_ahead(difference: Difference, margin: float) -> bool:
    """Whether it is not ruled out, at 5%, that the first of two is ahead by the margin."""
    return difference.inner is None or difference.inner[1] >= margin


def compare_pairs(
    pairs: Sequence[tuple[str, str]],
    scores: Scores,
    sampling: Sampling,
    margin: float,
    rng: np.random.Generator,
    n_resamples: int = N_RESAMPLES,
) -> list[Comparison]:
    """The pairs compared, in order, p-values adjusted by Holm over all of them; positive: the first is better.

    A difference is over the questions that both have answered. Where one left over 2% of the questions unanswered, how
    the two stand is told only if it is so whatever those answers would have been.
    """

    def compare(fills: Fills | None) -> list[Comparison]:
        found = [
            estimate_difference(*_filled(scores[a], scores[b], fills), sampling, rng, n_resamples) for a, b in pairs
        ]
        adjusted = holm([difference.p for difference in found])
        return [
            Comparison(a, b, one.estimate, one.p, p_holm, find_standing(one, p_holm, margin))
            for (a, b), one, p_holm in zip(pairs, found, adjusted, strict=True)
        ]

    seen = compare(None)
    if all(bounds_of(values) is None for values in scores.values()):
        return seen
    bounds = [compare(fills) for fills in ((0.0, 1.0), (1.0, 0.0))]
    return [_certain(one, beside) for one, *beside in zip(seen, *bounds, strict=True)]


def bounds_of(values: Floats) -> tuple[float, float] | None:
    """The mean with all missing marks wrong, and with all right; None where no more than `MOST_UNANSWERED` are."""
    missing = float(np.isnan(values).mean())
    right = float(np.nansum(values)) / len(values)
    return (right, right + missing) if missing > MOST_UNANSWERED else None


def _filled(a: Floats, b: Floats, fills: Fills | None) -> tuple[Floats, Floats]:
    """The scores, the missing ones of what left too many unanswered filled in."""
    if fills is None:
        return a, b
    first, second = (
        values if bounds_of(values) is None else np.nan_to_num(values, nan=fill)
        for values, fill in zip((a, b), fills, strict=True)
    )
    return first, second


def _certain(seen: Comparison, bounds: Sequence[Comparison]) -> Comparison:
    is_so = all(bound.standing == seen.standing for bound in bounds)
    return seen if is_so else replace(seen, standing="cannot_tell")
