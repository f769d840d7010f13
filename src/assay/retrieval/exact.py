"""The reference index: every passage compared, nothing approximated.

Slow on purpose: it is what the fast ones must agree with.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection

import numpy as np

from assay.corpus.document import Corpus
from assay.retrieval.asking import words_to_find
from assay.retrieval.index import Hit, Mode, indexed_texts, rank_hits, require_vector, search_hybrid
from assay.retrieval.segment import segment

__all__ = ["ExactIndex"]

K1, B = 1.2, 0.75  # BM25: how fast repeated words saturate, how much long passages are marked down
DIGITS = 6  # scores closer than this are equal: float32 tells them apart by chance only

Analyse = Callable[[str], list[str]]


class ExactIndex:
    """Brute-force cosine, and BM25 as in Robertson and Zaragoza (2009), over passages in memory."""

    is_flat = True

    def __init__(self, corpus: Corpus, vectors: np.ndarray | None, analyse: Analyse | None = None):
        """Count the words of every passage.

        Args:
            corpus: what to search.
            vectors: N×D at unit length in passage order, or None to search by words alone.
            analyse: text whose Chinese is already cut into words to terms; lower-cased words without accents by
                default, not stemmed.
        """
        self._ids = [passage.id for passage in corpus.passages]
        self._documents = [passage.document for passage in corpus.passages]
        self._vectors = None if vectors is None else vectors.astype(np.float64)  # N×D
        self._analyse = analyse or words
        self._counts = [Counter(self._analyse(segment(text))) for text in indexed_texts(corpus)]
        self._lengths = np.array([counts.total() for counts in self._counts], dtype=np.float64)
        self._n_with = Counter(term for counts in self._counts for term in counts)

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
            return search_hybrid(self, query_text, query_vector if self._vectors is not None else None, k, only=only)
        if mode == "dense":
            return self._best(self._cosine(require_vector(query_vector)), k, -math.inf, only)
        return self._best(self._bm25(query_text), k, 0.0, only)

    def _cosine(self, query_vector: np.ndarray) -> np.ndarray:
        cosines: np.ndarray = (require_vector(self._vectors) * query_vector).sum(axis=1)
        return cosines

    def _bm25(self, query_text: str) -> np.ndarray:
        scores = np.zeros(len(self._ids))
        norm = K1 * (1 - B + B * self._lengths / max(self._lengths.mean(), 1.0)) if len(self._ids) else scores
        for term in self._analyse(words_to_find(query_text)):
            n_with = self._n_with[term]
            weight = math.log(1 + (len(self._ids) - n_with + 0.5) / (n_with + 0.5))
            frequency = np.array([counts[term] for counts in self._counts], dtype=np.float64)
            scores += weight * frequency * (K1 + 1) / (frequency + norm)
        return scores

    def _best(self, scores: np.ndarray, k: int, lowest: float, only: Collection[str] | None) -> list[Hit]:
        """Hits above the lowest score; a stable sort keeps equal ones in passage order."""
        rounded = scores.round(DIGITS)
        if only is not None:
            rounded = np.where([document in only for document in self._documents], rounded, -math.inf)
        order = np.argsort(-rounded, kind="stable")
        return rank_hits([(self._ids[row], float(rounded[row])) for row in order if rounded[row] > lowest][:k])


def words(text: str) -> list[str]:
    """Lower-cased words without accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
