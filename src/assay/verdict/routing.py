"""What choosing a cell for each question could win. Knows scores, no router."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from assay.grid.cell import Cell
from assay.statistics.clustered import clustered_mean, paired_difference
from assay.statistics.estimate import Estimate
from assay.verdict.result import Gap

__all__ = ["routing_gap"]

Floats = npt.NDArray[np.float64]


def routing_gap(scores: Mapping[Cell, Floats], clusters: Sequence[object], rng: np.random.Generator) -> Gap | None:
    """The best servable cell per question minus the best single one; None with fewer than two servable cells.

    The value is a ceiling, not a forecast: the best of several answers is right more often by luck alone, also where
    no router could tell beforehand which one will be. So the interval's lower end comes from what can be told: the
    gain of choosing, for each question, the cell that did best on the *other* questions of its cluster. Only a lower
    end above 0 speaks for a router.
    """
    servable = [cell for cell in scores if cell.can_be_served and not np.isnan(scores[cell]).all()]
    if len(servable) < 2:
        return None
    S = np.vstack([scores[cell] for cell in servable])  # cells questions
    scored = np.asarray(~np.isnan(S).any(axis=0))
    if not scored.any():
        return None
    S, labels = S[:, scored], [cluster for cluster, yes in zip(clusters, scored, strict=True) if yes]
    single = int(S.mean(axis=1).argmax())
    ceiling, _ = paired_difference(S.max(axis=0), S[single], labels, rng, bounds=(0.0, 1.0))
    told = clustered_mean(_told_gain(S, labels), labels, rng, bounds=(-1.0, 1.0))
    low = None if told.low is None else min(told.low, ceiling.value)
    estimate = Estimate(ceiling.value, low, ceiling.high, ceiling.n, ceiling.n_clusters)
    return Gap("routing", "best cell per question", str(servable[single]), estimate)


def _told_gain(S: Floats, clusters: Sequence[object]) -> Floats:
    """Per question, what a choice by cluster wins over the best single cell, both made blind to that question."""
    labels: dict[object, int] = {}
    index = np.array([labels.setdefault(cluster, len(labels)) for cluster in clusters])
    in_cluster = np.zeros((S.shape[0], len(labels)))
    np.add.at(in_cluster.T, index, S.T)
    overall = S.sum(axis=1, keepdims=True) - S  # cells questions: sums without the question itself
    nearby = in_cluster[:, index] - S
    questions = np.arange(S.shape[1])
    single = overall.argmax(axis=0)
    chosen = nearby.argmax(axis=0)
    # a tie is no reason to leave the best single cell
    chosen = np.where(nearby[chosen, questions] > nearby[single, questions], chosen, single)
    gain: Floats = S[chosen, questions] - S[single, questions]
    return gain
