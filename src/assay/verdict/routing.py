"""What choosing a cell for each question could win. Knows scores, no router."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from assay.grid.cell import Cell
from assay.statistics.crossfit import choose_elsewhere, make_folds
from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_difference, estimate_mean
from assay.statistics.sampling import Sampling, over_documents
from assay.verdict.result import Gap

__all__ = ["routing_gap"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

_FOLD_SEED = 0


def routing_gap(scores: Mapping[Cell, Floats], sampling: Sampling, rng: np.random.Generator) -> Gap | None:
    """The best servable cell per question minus the best single one; None with fewer than two servable cells.

    The best single cell is that of the other questions: it is never chosen by the one that it is judged by. The value
    is a ceiling, not a forecast: the best of several answers is right more often by luck alone, also where no router
    could tell beforehand which one will be. So the interval's lower end comes from what can be told: the gain of
    choosing, for each question, the cell that did best on the *other* questions of its document. One choice serves all
    questions of a document, so these are the clusters of its interval. Only a lower end above 0 speaks for a router.
    """
    servable = [cell for cell in scores if cell.can_be_served and not np.isnan(scores[cell]).all()]
    if len(servable) < 2:
        return None
    S = np.vstack([scores[cell] for cell in servable])  # cells questions
    scored = np.asarray(~np.isnan(S).any(axis=0))
    if not scored.any():
        return None
    S, part = S[:, scored], sampling.take(scored)
    single = choose_elsewhere(S, make_folds(part.clusters, _FOLD_SEED))
    ceiling = estimate_mean(S.max(axis=0) - S[single, np.arange(len(part))], part, rng)
    documents = over_documents(_documents(part))
    told = estimate_difference(_told_gain(S, single, part), np.zeros(len(part)), documents, rng).estimate
    low = None if told.low is None else min(told.low, ceiling.value)
    estimate = Estimate(ceiling.value, low, ceiling.high, ceiling.n, ceiling.n_clusters)
    return Gap("routing", "best cell per question", str(servable[int(S.mean(axis=1).argmax())]), estimate)


def _told_gain(S: Floats, single: Ints, sampling: Sampling) -> Floats:
    """Per question, what a choice by document wins over the best single cell, both made blind to that question.

    And to its near-duplicates, where these are known.
    """
    own = range(S.shape[1]) if sampling.generalise == "documents" else sampling.clusters
    nearby = _sums(S, _documents(sampling)) - _sums(S, own)  # cells questions: sums without the question itself
    questions, chosen = np.arange(S.shape[1]), nearby.argmax(axis=0)
    # a tie is no reason to leave the best single cell
    chosen = np.where(nearby[chosen, questions] > nearby[single, questions], chosen, single)
    gain: Floats = S[chosen, questions] - S[single, questions]
    return gain


def _documents(sampling: Sampling) -> Sequence[object]:
    return sampling.clusters if sampling.generalise == "documents" else sampling.strata


def _sums(S: Floats, labels: Sequence[object]) -> Floats:
    """Of each cell and question the sum over the questions with its label."""
    known: dict[object, int] = {}
    index = np.array([known.setdefault(label, len(known)) for label in labels])
    sums = np.zeros((S.shape[0], len(known)))
    np.add.at(sums.T, index, S.T)
    found: Floats = sums[:, index]
    return found
