"""Search in one version of a LanceDB table, vectors and full text side by side. Knows no encoder and no building."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np

from assay.corpus.document import Corpus
from assay.retrieval.index import Hit, Mode, rank_hits, require_vector, search_hybrid
from assay.retrieval.segment import segment

__all__ = ["FLAT_UP_TO", "LanceIndex", "Table", "quote_all"]

FLAT_UP_TO = 20_000  # passages: below, comparing all takes 30 ms at most and is exact
REFINE = 3  # times k candidates of the quantised graph are compared again in full: recall@10 .983 at 300,000, 5 .992
DIGITS = 6  # scores closer than this are equal: float32 tells them apart by chance only

Table = Any  # lancedb's table: the package is imported only when an index is opened


class LanceIndex:
    """The passages of one corpus in a LanceDB table; implements `Index`.

    A dense search compares every passage up to FLAT_UP_TO of them, and walks an HNSW graph beyond.
    """

    def __init__(self, table: Table, corpus: Corpus):
        """A table at the version that holds exactly the passages of the corpus."""
        self._table = table
        self._place = {passage.id: place for place, passage in enumerate(corpus.passages)}
        self._documents = [passage.document for passage in corpus.passages]
        self._has_vectors = "vector" in table.schema.names
        self._is_flat = len(self._place) <= FLAT_UP_TO

    def search(
        self,
        query_text: str,
        query_vector: np.ndarray | None,
        k: int,
        mode: Mode = "hybrid",
        only: Collection[str] | None = None,
    ) -> list[Hit]:
        """At most k hits, best first; see `Index`."""
        if mode == "hybrid":
            return search_hybrid(self, query_text, query_vector if self._has_vectors else None, k, only=only)
        if mode == "dense":
            vector = require_vector(query_vector if self._has_vectors else None)
            return self._best(lambda limit: self._dense(vector, limit, only), k)
        return self._best(lambda limit: self._text(query_text, limit, only), k)

    def _dense(self, vector: np.ndarray, limit: int, only: Collection[str] | None) -> list[tuple[str, float]]:
        query = self._table.search(vector, vector_column_name="vector").distance_type("cosine")
        if self._is_flat or (only is not None and self._count(only) <= FLAT_UP_TO):
            query = query.bypass_vector_index()
        else:
            query = query.refine_factor(REFINE)
        return [(id, 1 - distance) for id, distance in _run(query, "_distance", limit, only)]

    def _text(self, query_text: str, limit: int, only: Collection[str] | None) -> list[tuple[str, float]]:
        """Searched as a bag of words: a MatchQuery has no syntax, so quotes and brackets in a question mean nothing."""
        from lancedb.query import MatchQuery

        query = self._table.search(MatchQuery(segment(query_text), "terms"), query_type="fts")
        return _run(query, "_score", limit, only)

    def _count(self, only: Collection[str]) -> int:
        wanted = set(only)
        return sum(document in wanted for document in self._documents)

    def _best(self, search: Callable[[int], list[tuple[str, float]]], k: int) -> list[Hit]:
        """The k best in a settled order: where the cut falls among equals, more is fetched until it does not."""
        limit = k + 1
        while True:
            found = [(id, round(score, DIGITS)) for id, score in search(limit)]
            found.sort(key=lambda row: (-row[1], self._place[row[0]]))
            is_cut_clean = len(found) < limit or found[-1][1] < found[k - 1][1]
            if is_cut_clean or limit > len(self._place):
                return rank_hits(found[:k])
            limit *= 4


def quote_all(values: Sequence[str]) -> str:
    """Strings as the inside of an SQL list."""
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)


def _run(query: Any, score: str, limit: int, only: Collection[str] | None) -> list[tuple[str, float]]:
    """Ids and scores of a query; `only` is applied before the search, so that it takes no place among the k."""
    if only is not None:
        query = query.where(f"document IN ({quote_all(sorted(only))})" if only else "false", prefilter=True)
    rows = query.select(["passage", score]).limit(limit).to_arrow()
    return list(zip(rows["passage"].to_pylist(), rows[score].to_pylist(), strict=True))
