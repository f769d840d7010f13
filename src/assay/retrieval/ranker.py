"""Candidates of a hybrid search in the order that a few fitted weights give. Knows no index and no encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assay.corpus.document import Corpus
from assay.retrieval.features import FEATURES, Candidates, FeatureReader
from assay.retrieval.index import Hit, rank_hits
from assay.retrieval.memory import MEMORY_FEATURES, NO_MEMORY, Memory

__all__ = ["ALL_FEATURES", "START", "Ranker", "start_ranker", "start_weights"]

ALL_FEATURES = FEATURES + MEMORY_FEATURES
DIGITS = 6  # scores closer than this are equal: float32 tells them apart by chance only

# How a corpus is searched before anything is fitted to it, where fitting starts, and what it is held to: fitted on the
# training questions of seven sets together, each of the same weight (benchmarks/retrieval.py prints them). What a
# memory is worth differs too much from set to set: it starts at 0.
START = {
    "dense": 2.7,
    "words": 4.3,
    "heading": -0.7,
    "text": 1.1,
    "pairs": 1.7,
    "numbers": 1.1,
    "sentence": 0.9,
    "coverage": -0.3,
    "neighbour": 0.3,
    "page": 0.5,
    "document_words": -0.3,
    "document_dense": 0.5,
    "quantity": 0.4,
    "length": -0.6,
}


def start_weights() -> np.ndarray:
    """`START` as an array, in the order of `ALL_FEATURES`."""
    return np.array([START.get(name, 0.0) for name in ALL_FEATURES])


def start_ranker(corpus: Corpus) -> Ranker:
    """The ranker of a corpus whose questions are not known."""
    return Ranker(corpus, start_weights(), NO_MEMORY)


@dataclass(frozen=True)
class Ranker:
    """A linear model over the features of a candidate; `weights` in the order of `ALL_FEATURES`."""

    corpus: Corpus
    weights: np.ndarray
    memory: Memory

    def over(self, corpus: Corpus) -> Ranker:
        """The same weights for another corpus; of what is not in it, nothing is remembered."""
        return Ranker(corpus, self.weights, self.memory.within(corpus.by_id))

    def rank(
        self, question: str, vector: np.ndarray | None, text: Sequence[Hit], dense: Sequence[Hit], k: int
    ) -> list[Hit]:
        """The k best of both hit lists; equal scores, to six digits, keep the text search's order first."""
        return self.order(self.recall(question, vector, self.found(question, text, dense)), k)

    def found(self, question: str, text: Sequence[Hit], dense: Sequence[Hit]) -> Candidates:
        """The candidates with the features that need no memory."""
        return self._reader.candidates(question, text, dense)

    def recall(self, question: str, vector: np.ndarray | None, found: Candidates) -> Candidates:
        """The candidates with all features: what the memory says of them comes last."""
        remembered = self.memory.features(question, vector, found.ids, self._documents)
        return Candidates(found.ids, np.hstack([found.features, remembered]))

    def order(self, found: Candidates, k: int) -> list[Hit]:
        """The k best of candidates with all features."""
        scores = (found.features @ self.weights).round(DIGITS)
        best = np.argsort(-scores, kind="stable")[:k]
        return rank_hits([(found.ids[place], float(scores[place])) for place in best])

    @cached_property
    def _reader(self) -> FeatureReader:
        return FeatureReader(self.corpus)

    @cached_property
    def _documents(self) -> dict[str, str]:
        return {passage.id: passage.document for passage in self.corpus.passages}
