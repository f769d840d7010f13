"""Means and paired differences with intervals, for whichever question an exam is to answer. Knows scores, no cell."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assay.statistics.clustered import clustered_mean, paired_difference
from assay.statistics.estimate import Estimate
from assay.statistics.sampling import Sampling
from assay.statistics.stratified import moments_of, stratified_difference, stratified_mean

__all__ = ["Difference", "draw_means", "estimate_difference", "estimate_mean"]

Floats = npt.NDArray[np.float64]

N_RESAMPLES = 4000


@dataclass(frozen=True)
class Difference:
    """A paired difference a − b: positive, a is better.

    `inner` is the 90% interval: what lies beyond one of its ends is ruled out at 5% (two one-sided tests,
    Schuirmann 1987). It and `p`, which is two-sided, are None where there is no interval.
    """

    estimate: Estimate
    inner: tuple[float, float] | None
    p: float | None


def estimate_mean(
    values: npt.ArrayLike, sampling: Sampling, rng: np.random.Generator, n_resamples: int = N_RESAMPLES
) -> Estimate:
    """The mean of scores between 0 and 1, NaN left out, with its 95% interval; see `Sampling` for what that is about.

    `rng` draws where documents are what is drawn; the same state gives the same interval.
    """
    scores = _checked(values, sampling)
    if sampling.generalise == "documents":
        return clustered_mean(scores, sampling.clusters, rng, n_resamples=n_resamples)
    return stratified_mean(moments_of(scores, sampling))


def estimate_difference(
    a: npt.ArrayLike,
    b: npt.ArrayLike,
    sampling: Sampling,
    rng: np.random.Generator,
    n_resamples: int = N_RESAMPLES,
) -> Difference:
    """The mean of a − b over the questions where both are scored, between −1 and 1, with its intervals and p-value."""
    scores = _checked(a, sampling) - _checked(b, sampling)
    if sampling.generalise == "documents":
        return _over_documents(scores, sampling, rng, n_resamples)
    moments = moments_of(scores, sampling)
    estimate, p = stratified_difference(moments)
    return Difference(estimate, _ends(stratified_difference(moments, 0.9)[0]), p)


def draw_means(table: Floats, sampling: Sampling, rng: np.random.Generator, n_resamples: int = N_RESAMPLES) -> Floats:
    """The mean of each row of a table K×Q over one set of bootstrap draws, the same for all of them: R×K.

    NaN is left out of its row. Where a draw holds no score of a row, its mean over all questions stands in.
    """
    scored = ~np.isnan(table)
    layout = sampling.layout(np.ones(table.shape[1], dtype=bool))
    weights = layout.draw(rng, n_resamples)  # R×G
    sums, counts = (
        weights @ layout.totals(part.T.astype(np.float64)) for part in (np.where(scored, table, 0.0), scored)
    )
    usual = np.broadcast_to(np.nanmean(table, axis=1), sums.shape)
    means: Floats = np.divide(sums, counts, out=usual.copy(), where=counts > 0)
    return means


def _over_documents(scores: Floats, sampling: Sampling, rng: np.random.Generator, n_resamples: int) -> Difference:
    nothing, again = np.zeros_like(scores), np.random.default_rng(rng.integers(2**32))
    estimate, p = paired_difference(scores, nothing, sampling.clusters, rng, n_resamples=n_resamples)
    inner = paired_difference(scores, nothing, sampling.clusters, again, 0.9, n_resamples)[0]
    return Difference(estimate, _ends(inner), p)


def _ends(estimate: Estimate) -> tuple[float, float] | None:
    return None if estimate.low is None or estimate.high is None else (estimate.low, estimate.high)


def _checked(values: npt.ArrayLike, sampling: Sampling) -> Floats:
    scores = np.asarray(values, dtype=np.float64)
    if scores.shape != (len(sampling),):
        raise ValueError(f"{scores.shape} scores for a sampling of {len(sampling)} questions: give one a question")
    return scores
