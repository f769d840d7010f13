"""Questions in, ranked passages out: an index and the encoder it was built with. Knows no prompts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assay.corpus.document import Corpus, Passage
from assay.errors import InputError
from assay.retrieval.encoder import Encoder
from assay.retrieval.fusion import DEFAULT_FUSION, Fusion
from assay.retrieval.index import FUSED, Hit, Index, Mode, search_both, search_hybrid
from assay.retrieval.ranker import Ranker

__all__ = ["Retriever"]


@dataclass(frozen=True)
class Retriever:
    """A search over one corpus. `encoder` must be the one that the index was built with, or None for words alone.

    `fusion` and `ranker` are of effect in a hybrid search only; a ranker takes the place of the fusion.
    """

    index: Index
    encoder: Encoder | None
    corpus: Corpus
    mode: Mode = "hybrid"
    fusion: Fusion = DEFAULT_FUSION
    ranker: Ranker | None = None

    def retrieve(self, questions: Sequence[str], k: int) -> list[list[Hit]]:
        """At most k hits a question, best first, in the order of the questions.

        Raises:
            InputError: k below 1.
        """
        if k < 1:
            raise InputError(f"the number of passages to retrieve must be at least 1, got {k}")
        if self.encoder is None or self.mode == "text":
            vectors: Sequence[np.ndarray | None] = [None] * len(questions)
        else:
            vectors = list(self.encoder.encode_queries(questions))
        return [self._search(text, vector, k) for text, vector in zip(questions, vectors, strict=True)]

    def search_both(self, question: str, vector: np.ndarray | None, k: int = FUSED) -> tuple[list[Hit], list[Hit]]:
        """What a hybrid search for k passages has to choose from: the hits by words and by meaning."""
        return search_both(self.index, question, vector, k)

    def passages(self, hits: Sequence[Hit]) -> tuple[Passage, ...]:
        """The passages of some hits, in their order."""
        return tuple(self.corpus.by_id[hit.passage_id] for hit in hits)

    def _search(self, question: str, vector: np.ndarray | None, k: int) -> list[Hit]:
        if self.mode != "hybrid":
            return self.index.search(question, vector, k, self.mode)
        if self.ranker is None:
            return search_hybrid(self.index, question, vector, k, self.fusion)
        return self.ranker.rank(question, vector, *self.search_both(question, vector, k), k)
