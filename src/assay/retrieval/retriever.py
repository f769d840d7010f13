"""Questions in, ranked passages out: an index and the encoder it was built with. Knows no prompts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from assay.bench.parts import blaming_parts
from assay.corpus.document import Corpus, Passage
from assay.errors import InputError
from assay.retrieval.encoder import Encoder
from assay.retrieval.fusion import DEFAULT_FUSION, Fusion, fuse
from assay.retrieval.index import FUSED, Hit, Index, Mode, rank_hits, search_both, search_hybrid
from assay.retrieval.ranker import Ranker

__all__ = ["MakeOrder", "Order", "Retriever", "Rewrite"]

Rewrite = Callable[[Sequence[str]], list[list[str]]]  # questions -> other wordings of each
Order = Callable[[str, Sequence[Passage]], Sequence[Passage]]  # question, found passages -> what stays, best first
MakeOrder = Callable[[Corpus], Order | None]  # None: in this corpus there is nothing to put in another order


@dataclass(frozen=True)
class Retriever:
    """A search over one corpus. `encoder` must be the one that the index was built with, or None for words alone.

    `fusion` and `ranker` are of effect in a hybrid search only; a ranker takes the place of the fusion. With
    `rewrites`, each question is searched in other words too, and what is found is fused by rank (RAG-Fusion,
    Rackauckas 2024). Each of `orders` in turn says what stays of what was found, and in which order.
    """

    index: Index
    encoder: Encoder | None
    corpus: Corpus
    mode: Mode = "hybrid"
    fusion: Fusion = DEFAULT_FUSION
    ranker: Ranker | None = None
    rewrites: tuple[Rewrite, ...] = ()
    orders: tuple[MakeOrder, ...] = ()

    def retrieve(self, questions: Sequence[str], k: int, only: Collection[str] | None = None) -> list[list[Hit]]:
        """At most k hits a question, best first, in the order of the questions; `only` in documents of these ids.

        Raises:
            InputError: k below 1.
            PartError: a step from outside failed.
        """
        if k < 1:
            raise InputError(f"the number of passages to retrieve must be at least 1, got {k}")
        with blaming_parts():
            asked = [[question] for question in questions]
            for rewrite in self.rewrites:
                for wordings, others in zip(asked, rewrite(questions), strict=True):
                    wordings += others
            vectors = iter(self._encode([wording for wordings in asked for wording in wordings]))
            return [self._find(wordings, [next(vectors) for _ in wordings], k, only) for wordings in asked]

    def like(self, other: Retriever) -> Retriever:
        """A search over what another one is over, that asks and ranks as this one does."""
        ranker = None if self.ranker is None else self.ranker.over(other.corpus)
        return replace(
            self,
            index=other.index,
            encoder=self.encoder if other.encoder is not None else None,
            corpus=other.corpus,
            ranker=ranker,
        )

    def search_both(
        self, question: str, vector: np.ndarray | None, k: int = FUSED, only: Collection[str] | None = None
    ) -> tuple[list[Hit], list[Hit]]:
        """What a hybrid search for k passages has to choose from: the hits by words and by meaning."""
        return search_both(self.index, question, vector, k, only)

    def passages(self, hits: Sequence[Hit]) -> tuple[Passage, ...]:
        """The passages of some hits, in their order."""
        return tuple(self.corpus.by_id[hit.passage_id] for hit in hits)

    def _encode(self, texts: Sequence[str]) -> Sequence[np.ndarray | None]:
        if self.encoder is None or self.mode == "text":
            return [None] * len(texts)
        return list(self.encoder.encode_queries(texts))

    def _find(
        self, wordings: Sequence[str], vectors: Sequence[np.ndarray | None], k: int, only: Collection[str] | None
    ) -> list[Hit]:
        """What is found for a question, which is the first of its wordings."""
        is_plain = len(wordings) == 1 and not self._orders
        depth = k if is_plain else max(k, FUSED)
        rankings = [self._search(text, vector, depth, only) for text, vector in zip(wordings, vectors, strict=True)]
        hits = rankings[0] if len(rankings) == 1 else _fuse_wordings(rankings, depth)
        return hits if is_plain else self._settle(wordings[0], hits)[:k]

    def _settle(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """What each order leaves of the hits, with their scores."""
        score = {hit.passage_id: hit.score for hit in hits}
        found: Sequence[Passage] = self.passages(hits)
        for order in self._orders:
            found = order(question, found)
        return rank_hits([(passage.id, score.get(passage.id, 0.0)) for passage in found])

    @cached_property
    def _orders(self) -> list[Order]:
        return [order for make in self.orders if (order := make(self.corpus)) is not None]

    def _search(self, question: str, vector: np.ndarray | None, k: int, only: Collection[str] | None) -> list[Hit]:
        if self.mode != "hybrid":
            return self.index.search(question, vector, k, self.mode, only)
        if self.ranker is None:
            return search_hybrid(self.index, question, vector, k, self.fusion, only)
        return self.ranker.rank(question, vector, *self.search_both(question, vector, k, only), k)


def _fuse_wordings(rankings: Sequence[Sequence[Hit]], k: int) -> list[Hit]:
    return rank_hits(fuse([[hit.passage_id for hit in hits] for hits in rankings], k))
