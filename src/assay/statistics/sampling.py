"""What an interval is about: how another exam would be drawn. Knows strata and clusters, no score.

Two questions can be asked of an exam. How would other questions *on these documents* come out? Then documents are
strata, which stay, and what is drawn anew are questions, near-duplicates together. How would questions *on other
documents, too* come out? Then documents are what is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from assay.statistics.resampling import draw_counts

__all__ = ["Generalise", "Layout", "Sampling", "over_documents", "over_questions"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Generalise = Literal["questions", "documents"]


@dataclass(frozen=True)
class Sampling:
    """Of each question its stratum, which another exam would have too, and its cluster, which is drawn as a whole.

    A cluster lies in one stratum.
    """

    strata: tuple[object, ...]
    clusters: tuple[object, ...]
    generalise: Generalise

    def __len__(self) -> int:
        return len(self.clusters)

    def take(self, wanted: npt.NDArray[np.bool_]) -> "Sampling":
        """That of the questions that are wanted."""
        places = np.flatnonzero(wanted)
        strata, clusters = ([labels[place] for place in places] for labels in (self.strata, self.clusters))
        return Sampling(tuple(strata), tuple(clusters), self.generalise)

    def layout(self, used: npt.NDArray[np.bool_]) -> "Layout":
        """Strata and clusters of the questions that are used, as numbers; strata of a single cluster are joined.

        One cluster tells no variance. Joined, they count the difference between their strata as chance: wider than
        need be, never narrower. A single one that is left alone is joined with the smallest stratum.
        """
        if used.all():
            return self._whole
        cluster, stratum = (np.unique(numbers[used], return_inverse=True)[1] for numbers in self._numbers)
        return _laid_out(cluster, stratum)

    @cached_property
    def _numbers(self) -> tuple[Ints, Ints]:
        """Cluster and stratum of each question, from 0 in the order in which they are first met."""
        return _numbered(self.clusters), _numbered(self.strata)

    @cached_property
    def _whole(self) -> "Layout":
        return _laid_out(*self._numbers)


@dataclass(frozen=True)
class Layout:
    """Q questions in G clusters in H strata, as numbers from 0."""

    cluster: Ints  # Q
    stratum: Ints  # G

    @property
    def n_clusters(self) -> int:
        """G."""
        return len(self.stratum)

    @cached_property
    def sizes(self) -> Ints:
        """How many clusters each stratum holds, H."""
        return np.bincount(self.stratum)

    @property
    def degrees_of_freedom(self) -> int:
        """Clusters minus strata; 0: nothing tells the variance."""
        return self.n_clusters - len(self.sizes)

    def totals(self, values: Floats) -> Floats:
        """The sum over each cluster, G; of a table Q×P, G×P."""
        sums = np.zeros((self.n_clusters, *values.shape[1:]))
        np.add.at(sums, self.cluster, values)
        return sums

    def covariance(self, residuals: Floats) -> Floats:
        """The covariance of the sums over all questions of P columns, if others were drawn in each stratum: P×P.

        The usual estimate for clusters drawn within strata (Cochran 1977, "Sampling Techniques", section 11.2), with
        replacement.
        """
        totals = self.totals(residuals)
        centres = np.zeros((len(self.sizes), totals.shape[1]))
        np.add.at(centres, self.stratum, totals)
        away = totals - (centres / self.sizes[:, None])[self.stratum]
        factor = (self.sizes / np.maximum(self.sizes - 1, 1))[self.stratum]
        product: Floats = (away * factor[:, None]).T @ away
        return product

    def draw(self, rng: np.random.Generator, n_resamples: int) -> Floats:
        """The weight of each cluster in each resample, R×G.

        Of m clusters of a stratum, m − 1 are drawn and weighted by m / (m − 1), so that the variance of a mean is
        right for two clusters, too (Rao & Wu 1988, "Resampling inference with complex survey data").
        """
        weights = np.ones((n_resamples, self.n_clusters))
        for stratum, size in enumerate(self.sizes):
            if size > 1:
                drawn = draw_counts(rng, n_resamples, size, size - 1)
                weights[:, self.stratum == stratum] = drawn * (size / (size - 1))
        return weights


def over_questions(documents: Sequence[object], groups: Sequence[object], kinds: Sequence[object] = ()) -> Sampling:
    """For new questions on these documents.

    Args:
        documents: of each question; None where it names none: those are one stratum.
        groups: near-duplicates have the same; one that reaches over several documents lies where its first question
            does.
        kinds: what else stays in its share, such as whether a question has an answer.
    """
    homes: dict[object, object] = {}
    strata = list(zip(documents, kinds, strict=True)) if len(kinds) else list(documents)
    placed = [homes.setdefault(group, stratum) for group, stratum in zip(groups, strata, strict=True)]
    return Sampling(tuple(placed), tuple(groups), "questions")


def over_documents(documents: Sequence[object]) -> Sampling:
    """For other documents, too; a question that names none is given a document of its own by the caller."""
    return Sampling(("",) * len(documents), tuple(documents), "documents")


def _numbered(labels: Sequence[object]) -> Ints:
    known: dict[object, int] = {}
    return np.array([known.setdefault(label, len(known)) for label in labels], dtype=np.intp)


def _laid_out(cluster: Ints, stratum: Ints) -> Layout:
    of_cluster = np.zeros(int(cluster.max(initial=-1)) + 1, dtype=np.intp)
    of_cluster[cluster] = stratum
    return Layout(cluster, _joined(of_cluster))


def _joined(stratum: Ints) -> Ints:
    """The strata numbered anew, those of one cluster as one."""
    sizes = np.bincount(stratum)
    single = sizes[stratum] == 1
    if not single.any():
        return stratum
    joined = stratum.copy()
    joined[single] = len(sizes)
    if single.sum() == 1 and len(sizes) > 1:
        others = np.where(sizes > 1, sizes, np.iinfo(np.intp).max)
        joined[single] = int(others.argmin())
    return np.unique(joined, return_inverse=True)[1].astype(np.intp)
