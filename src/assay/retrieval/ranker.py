"""Candidates of a hybrid search in the order that a few fitted weights give. Knows no index and no encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assay.corpus.document import Corpus
from assay.retrieval.features import FEATURES, Candidates, FeatureReader
from assay.retrieval.index import Hit, rank_hits
from assay.retrieval.memory import MEMORY_FEATURES, Memory

__all__ = ["ALL_FEATURES", "START", "Ranker", "start_weights"]

ALL_FEATURES = FEATURES + MEMORY_FEATURES
DIGITS = 6  # scores closer than this are equal: float32 tells them apart by chance only

# Where fitting starts and what it is held to: fitted on the training questions of seven sets together, each of the same
# weight (benchmarks/retrieval.py --start). What a memory is worth differs too much from set to set: it starts at 0.
START = {
    "dense": 3.4,
    "words": 4.0,
    "text": 1.1,
    "pairs": 2.0,
    "numbers": 0.9,
    "sentence": 1.6,
    "coverage": -0.5,
    "neighbour": 0.4,
    "document_dense": 0.3,
    "quantity": 0.4,
    "length": -0.7,
}


def start_weights() -> np.ndarray:
    """`START` as an array, in the order of `ALL_FEATURES`."""
    return np.array([START.get(name, 0.0) for name in ALL_FEATURES])


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
