"""Search in one version of a LanceDB table, vectors and full text side by side. Knows no encoder and no building."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from assay.corpus.document import Corpus
from assay.retrieval.asking import words_to_find
from assay.retrieval.index import Hit, Mode, rank_hits, require_vector, search_hybrid

__all__ = ["FLAT_UP_TO", "LanceIndex", "Table", "quote_all"]

FLAT_UP_TO = 20_000  # passages: below, comparing all takes 3 ms at most and is exact
REFINE = 3  # times k candidates of the quantised graph are compared again in full: docs/LOG.md
MORE = 4  # times as many are fetched where the cut falls among equals
REMEMBERED = 1000  # searches by words: in a run each question is searched for by several parts of it
MOST_REMEMBERED = 200  # hits of such a search; more are found anew, which bounds the memory to some 20 MB
DIGITS = 6  # scores closer than this are equal: float32 tells them apart by chance only

Scored = list[tuple[int, float]]  # places of passages in the corpus, with their scores
Table = Any  # lancedb's table: the package is imported only when an index is opened


class LanceIndex:
    """The passages of one corpus in a LanceDB table; implements `Index`.

    A dense search compares every passage up to FLAT_UP_TO of them, in memory, and walks an HNSW graph beyond.
    """

    def __init__(self, table: Table, corpus: Corpus):
        """A table at the version that holds exactly the passages of the corpus."""
        self._table = table
        self._ids = [passage.id for passage in corpus.passages]
        self._documents = [passage.document for passage in corpus.passages]
        self._has_vectors = "vector" in table.schema.names
        self.is_flat = len(self._ids) <= FLAT_UP_TO
        self._words = lru_cache(REMEMBERED)(self._find_words)  # what is found never changes: the version is fixed

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
        if mode == "text":
            return self._best(lambda limit: self._text(query_text, limit, only), k)
        vector = require_vector(query_vector if self._has_vectors else None)
        if self.is_flat:
            return self._compare_all(vector, k, only)
        return self._best(lambda limit: self._dense(vector, limit, only), k)

    def _compare_all(self, vector: np.ndarray, k: int, only: Collection[str] | None) -> list[Hit]:
        places = np.arange(len(self._ids)) if only is None else self._places_in(only)
        vectors = self._vectors if only is None else self._vectors[places]
        scores = (vectors @ vector).round(DIGITS)
        if len(scores) > k:
            worst = np.partition(scores, -k)[-k]
            kept = scores >= worst  # equals of the k-th too, so that their order settles which are cut
            places, scores = places[kept], scores[kept]
        best = np.argsort(-scores, kind="stable")[:k]
        return rank_hits([(self._ids[places[row]], float(scores[row])) for row in best])

    def _dense(self, vector: np.ndarray, limit: int, only: Collection[str] | None) -> Scored:
        query = self._table.search(vector, vector_column_name="vector").distance_type("cosine")
        if only is not None and len(self._places_in(only)) <= FLAT_UP_TO:
            query = query.bypass_vector_index()
        else:
            query = query.refine_factor(REFINE)
        return [(place, 1 - distance) for place, distance in self._run(query, "_distance", limit, only)]

    def _text(self, query_text: str, limit: int, only: Collection[str] | None) -> Scored:
        find = self._words if limit <= MOST_REMEMBERED else self._find_words
        return find(words_to_find(query_text), limit, None if only is None else frozenset(only))

    def _find_words(self, words: str, limit: int, only: frozenset[str] | None) -> Scored:
        """Searched as a bag of words: a MatchQuery has no syntax, so quotes and brackets in a question mean nothing."""
        from lancedb.query import MatchQuery

        query = self._table.search(MatchQuery(words, "terms"), query_type="fts")
        return self._run(query, "_score", limit, only)

    def _run(self, query: Any, score: str, limit: int, only: Collection[str] | None) -> Scored:
        """Places and scores of a query; `only` is applied before the search, so that it takes no place among the k.

        Rows are asked for by number alone: fetching a column of what was found takes as long as finding it.
        """
        if only is not None:
            query = query.where(f"document IN ({quote_all(sorted(only))})" if only else "false", prefilter=True)
        rows = query.with_row_id(True).select([score]).limit(limit).to_arrow()
        numbers, places = self._rows
        found = places[np.searchsorted(numbers, rows["_rowid"].to_numpy())]
        return list(zip(found.tolist(), rows[score].to_pylist(), strict=True))

    def _best(self, search: Callable[[int], Scored], k: int) -> list[Hit]:
        """The k best in a settled order: where the cut falls among equals, more is fetched until it does not.

        Not in a large index, where thousands may be equal and what is found is approximate anyway: there the second
        search takes a third of the time (docs/LOG.md).
        """
        limit, most = (k + 1, len(self._ids)) if self.is_flat else (k, k)
        while True:
            found = [(place, round(score, DIGITS)) for place, score in search(limit)]
            found.sort(key=lambda row: (-row[1], row[0]))
            is_cut_clean = len(found) < limit or found[-1][1] < found[k - 1][1]
            if is_cut_clean or limit >= most:
                return rank_hits([(self._ids[place], score) for place, score in found[:k]])
            limit *= MORE

    def _places_in(self, documents: Collection[str]) -> np.ndarray:
        wanted = set(documents)
        return np.array([place for place, document in enumerate(self._documents) if document in wanted], dtype=int)

    @cached_property
    def _rows(self) -> tuple[np.ndarray, np.ndarray]:
        """The table's row numbers, rising, and the place of each one's passage in the corpus."""
        rows = self._table.search().with_row_id(True).select(["passage"]).limit(None).to_arrow()
        place = {id: place for place, id in enumerate(self._ids)}
        places = np.array([place[id] for id in rows["passage"].to_pylist()], dtype=int)
        numbers = rows["_rowid"].to_numpy()
        order = np.argsort(numbers)
        return numbers[order], places[order]

    @cached_property
    def _vectors(self) -> np.ndarray:
        """N×D float32, in passage order."""
        rows = self._table.search().with_row_id(True).select(["vector"]).limit(None).to_arrow()
        flat = rows["vector"].combine_chunks().flatten().to_numpy()
        numbers, places = self._rows
        vectors = np.empty((len(self._ids), len(flat) // len(self._ids)), dtype=np.float32)
        vectors[places[np.searchsorted(numbers, rows["_rowid"].to_numpy())]] = flat.reshape(len(self._ids), -1)
        return vectors


def quote_all(values: Sequence[str]) -> str:
    """Strings as the inside of an SQL list."""
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)
