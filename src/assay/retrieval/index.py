"""What an index is: a question in, ranked passages out. Knows no storage and no encoder."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from assay.corpus.document import Corpus, Passage
from assay.errors import InputError
from assay.retrieval.fusion import fuse

__all__ = ["Hit", "Index", "Mode", "indexed_texts", "rank_hits", "search_hybrid"]

Mode = Literal["hybrid", "dense", "text"]

FUSED = 50  # hits of each kind that a hybrid search fuses


@dataclass(frozen=True)
class Hit:
    """A found passage. `score` is higher for better and comparable within one search only; `rank` counts from 1."""

    passage_id: str
    score: float
    rank: int


class Index(Protocol):
    """Passages that can be searched by meaning, by words, or by both.

    A dense search ranks all passages, a text search those that share a word with the question, a hybrid search fuses
    both. Without a vector a hybrid search is a text search.
    """

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
    index: Index, query_text: str, query_vector: np.ndarray | None, k: int, only: Collection[str] | None = None
) -> list[Hit]:
    """The k best of the text and the dense search of an index, fused by rank.

    The text search comes first and so wins ties: it alone tells part number QX-4711 from QX-4712.
    """
    text = index.search(query_text, None, max(k, FUSED), "text", only)
    if query_vector is None:
        return text[:k]
    dense = index.search(query_text, query_vector, max(k, FUSED), "dense", only)
    return rank_hits(fuse([_ids(text), _ids(dense)], k))


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


def _ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage_id for hit in hits]
