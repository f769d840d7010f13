"""What an index is: a question in, ranked passages out. Knows no storage and no encoder."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from assay.corpus.document import Corpus, Passage
from assay.errors import InputError
from assay.retrieval.fusion import DEFAULT_FUSION, Fusion

__all__ = ["Hit", "Index", "Mode", "fuse_hits", "indexed_texts", "rank_hits", "search_both", "search_hybrid"]

Mode = Literal["hybrid", "dense", "text"]

FUSED = 30  # hits of each kind that a hybrid search fuses: 50 find no more (docs/LOG.md) and take a third longer


@dataclass(frozen=True)
class Hit:
    """A found passage. `score` is higher for better and comparable within one search only; `rank` counts from 1."""

    passage_id: str
    score: float
    rank: int


class Index(Protocol):
    """Passages that can be searched by meaning, by words, or by both.

    A dense search ranks all passages, a text search those that share a telling word with the question, a hybrid search
    fuses both. Without a vector a hybrid search is a text search.

    Attributes:
        is_flat: a dense search compares all passages, which takes less than starting a thread for it.
    """

    is_flat: bool

    def search(
        self,
        query_text: str,
        query_vector: np.ndarray | None,
        k: int,
        mode: Mode = "hybrid",
        only: Collection[str] | None = None,
    ) -> list[Hit]:
        """At most k hits, best first; equal scores keep the order of the passages.

        Args:
            query_text: a question, or any words.
            query_vector: of unit length; not needed to search by words.
            k: how many hits at most.
            mode: what is compared.
            only: ids of documents. Passages of others are left out before the search and take no place among the k;
                the weights of words stay those of all passages, so this is a filter, not an access rule.

        Raises:
            InputError: a dense search without a vector.
        """
        ...


def search_hybrid(
    index: Index,
    query_text: str,
    query_vector: np.ndarray | None,
    k: int,
    fusion: Fusion = DEFAULT_FUSION,
    only: Collection[str] | None = None,
) -> list[Hit]:
    """The k best of the text and the dense search of an index, fused; without a vector, of the text search.

    The text search comes first and so wins ties: it alone tells part number QX-4711 from QX-4712.
    """
    text, dense = search_both(index, query_text, query_vector, k, only)
    return text[:k] if query_vector is None else fuse_hits(fusion, text, dense, k)


def search_both(
    index: Index, query_text: str, query_vector: np.ndarray | None, k: int, only: Collection[str] | None = None
) -> tuple[list[Hit], list[Hit]]:
    """What a hybrid search for k passages starts from: the hits by words, and by meaning where there is a vector.

    Both searches run at the same time, save where one of them takes no time at all.
    """
    depth = max(k, FUSED)
    if query_vector is None:
        return index.search(query_text, None, depth, "text", only), []
    if index.is_flat:
        text = index.search(query_text, None, depth, "text", only)
        return text, index.search(query_text, query_vector, depth, "dense", only)
    with ThreadPoolExecutor(1) as beside:
        waited = beside.submit(index.search, query_text, None, depth, "text", only)
        dense = index.search(query_text, query_vector, depth, "dense", only)
        return waited.result(), dense


def fuse_hits(fusion: Fusion, text: Sequence[Hit], dense: Sequence[Hit], k: int) -> list[Hit]:
    """The k best of two hit lists."""
    return rank_hits(fusion.join(_scored(text), _scored(dense), k))


def rank_hits(scored: Sequence[tuple[str, float]]) -> list[Hit]:
    """Hits of ids and scores that are already in order."""
    return [Hit(identifier, score, rank) for rank, (identifier, score) in enumerate(scored, start=1)]


def indexed_texts(corpus: Corpus) -> list[str]:
    """What is searched of each passage, in passage order: the heading, the text, and the title if no heading has it."""
    titles = {document.id: document.title for document in corpus.documents}
    return [_indexed_text(passage, titles.get(passage.document, "")) for passage in corpus.passages]


def require_vector(query_vector: np.ndarray | None) -> np.ndarray:
    """The vector of a dense search.

    Raises:
        InputError: there is none.
    """
    if query_vector is None:
        raise InputError(
            'a dense search needs the vector of the question, and there is no encoder: search with mode "text"'
        )
    return query_vector


def _indexed_text(passage: Passage, title: str) -> str:
    missing_title = "" if title in passage.heading else title
    return "\n".join(part for part in (passage.heading, passage.text, missing_title) if part)


def _scored(hits: Sequence[Hit]) -> list[tuple[str, float]]:
    return [(hit.passage_id, hit.score) for hit in hits]
