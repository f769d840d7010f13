"""Questions in, ranked passages out: an index and the encoder it was built with. Knows no prompts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assay.corpus.document import Corpus, Passage
from assay.corpus.versions import Versions
from assay.errors import InputError
from assay.retrieval.currency import prefer_in_force
from assay.retrieval.encoder import Encoder
from assay.retrieval.fusion import DEFAULT_FUSION, Fusion
from assay.retrieval.index import FUSED, Hit, Index, Mode, rank_hits, search_both, search_hybrid
from assay.retrieval.ranker import Ranker

__all__ = ["Retriever"]


@dataclass(frozen=True)
class Retriever:
    """A search over one corpus. `encoder` must be the one that the index was built with, or None for words alone.

    `fusion` and `ranker` are of effect in a hybrid search only; a ranker takes the place of the fusion. With
    `versions`, passages of documents that are not in force for a question are not found.
    """

    index: Index
    encoder: Encoder | None
    corpus: Corpus
    mode: Mode = "hybrid"
    fusion: Fusion = DEFAULT_FUSION
    ranker: Ranker | None = None
    versions: Versions | None = None

    def retrieve(self, questions: Sequence[str], k: int, only: Collection[str] | None = None) -> list[list[Hit]]:
        """At most k hits a question, best first, in the order of the questions; `only` in documents of these ids.

        Raises:
            InputError: k below 1.
        """
        if k < 1:
            raise InputError(f"the number of passages to retrieve must be at least 1, got {k}")
        if self.encoder is None or self.mode == "text":
            vectors: Sequence[np.ndarray | None] = [None] * len(questions)
        else:
            vectors = list(self.encoder.encode_queries(questions))
        return [self._find(text, vector, k, only) for text, vector in zip(questions, vectors, strict=True)]

    def like(self, other: Retriever) -> Retriever:
        """A search over what another one is over, that ranks as this one does."""
        ranker = None if self.ranker is None else self.ranker.over(other.corpus)
        return replace(other, mode=self.mode, fusion=self.fusion, ranker=ranker)

    def search_both(
        self, question: str, vector: np.ndarray | None, k: int = FUSED, only: Collection[str] | None = None
    ) -> tuple[list[Hit], list[Hit]]:
        """What a hybrid search for k passages has to choose from: the hits by words and by meaning."""
        return search_both(self.index, question, vector, k, only)

    def passages(self, hits: Sequence[Hit]) -> tuple[Passage, ...]:
        """The passages of some hits, in their order."""
        return tuple(self.corpus.by_id[hit.passage_id] for hit in hits)

    def _find(self, question: str, vector: np.ndarray | None, k: int, only: Collection[str] | None) -> list[Hit]:
        if self.versions is None or not self.versions.families:
            return self._search(question, vector, k, only)
        hits = {hit.passage_id: hit for hit in self._search(question, vector, max(k, FUSED), only)}
        in_force = prefer_in_force(self.passages(list(hits.values())), question, self.versions)
        return rank_hits([(passage.id, hits[passage.id].score) for passage in in_force[:k]])

    def _search(self, question: str, vector: np.ndarray | None, k: int, only: Collection[str] | None) -> list[Hit]:
        if self.mode != "hybrid":
            return self.index.search(question, vector, k, self.mode, only)
        if self.ranker is None:
            return search_hybrid(self.index, question, vector, k, self.fusion, only)
        return self.ranker.rank(question, vector, *self.search_both(question, vector, k, only), k)
