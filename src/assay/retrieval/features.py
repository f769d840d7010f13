"""What a ranker looks at: a row of numbers for every passage that a hybrid search found for a question.

Computed from the two hit lists and the passages in them alone, so it costs the same in a corpus of any size, and a
passage that the search may not see has no influence on the others. Knows no weights.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

import numpy as np

from assay.corpus.document import Corpus, Passage
from assay.retrieval.fusion import spread
from assay.retrieval.index import Hit
from assay.retrieval.terms import PassageTerms, is_number, read_terms, terms_of

__all__ = ["FEATURES", "Candidates", "FeatureReader", "rarity", "share"]

FEATURES = (
    "dense",  # cosine, 0 for the least found to 1 for the best
    "words",  # BM25, in shares of the best
    "heading",  # share of the question's terms, rare ones weighing more, that stand in the heading
    "text",  # … in the text
    "pairs",  # … of its pairs of neighbouring terms
    "numbers",  # … of its numbers, each the same
    "sentence",  # … in that sentence of the passage which has most of them
    "coverage",  # … in heading or text, each term the same
    "neighbour",  # how well the better of the passages before and after it was found
    "page",  # how well the others on its page were found, in sum
    "document_words",  # how well the others of its document were found by words, in sum
    "document_dense",  # … by meaning
    "quantity",  # numbers in the passage, where the question asks for one
    "length",
    "opening",  # 1 for the first passage of its document
)

Term = TypeVar("Term", bound=Hashable)

KEPT = 5000  # passages read last, at about 40 KB each
ENOUGH_NUMBERS = 5  # more in a passage tell no more
ASKS_NUMBER = re.compile(
    r"\b(how (many|much|long|old|often|far)|when|what (year|date|percent\w*|amount|number))\b"
    r"|多少|几|何时|哪一?年|多[长大久高]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Candidates:
    """What was found for one question: C ids, those of the text search first, and their features C×F."""

    ids: tuple[str, ...]
    features: np.ndarray


class FeatureReader:
    """Computes features over one corpus; a passage is read when it is found, and kept for a while."""

    def __init__(self, corpus: Corpus):
        self._corpus = corpus
        self._places = {passage.id: place for place, passage in enumerate(corpus.passages)}
        self._read: Callable[[str], PassageTerms] = lru_cache(KEPT)(lambda id: read_terms(corpus.by_id[id]))

    def candidates(self, question: str, text: Sequence[Hit], dense: Sequence[Hit]) -> Candidates:
        """The passages of both hit lists with their features."""
        by_words = spread([(hit.passage_id, hit.score) for hit in text], lowest=0.0)
        by_meaning = spread([(hit.passage_id, hit.score) for hit in dense])
        ids = tuple(dict.fromkeys([*by_words, *by_meaning]))
        columns = _found(ids, by_words, by_meaning) + self._said(question, ids)
        columns += self._around(ids, by_words, by_meaning) + self._shape(question, ids)
        return Candidates(ids, np.array(columns, dtype=np.float64).T.reshape(len(ids), len(FEATURES)))

    def _said(self, question: str, ids: Sequence[str]) -> list[list[float]]:
        """What of the question stands in each passage."""
        asked = terms_of(question)
        terms = set(asked)
        numbers = {term for term in terms if is_number(term)}
        read = [self._read(id) for id in ids]
        wholes = [one.text | one.heading for one in read]
        weights = _rarity_of_held(asked, wholes)
        pair_weights = _rarity_of_held(list(pairwise(asked)), [one.pairs for one in read])
        return [
            [share(weights, one.heading) for one in read],
            [share(weights, one.text) for one in read],
            [share(pair_weights, one.pairs) for one in read],
            [len(numbers & whole) / max(1, len(numbers)) for whole in wholes],
            [max(share(weights, sentence) for sentence in one.sentences) for one in read],
            [len(terms & whole) / max(1, len(terms)) for whole in wholes],
        ]

    def _around(
        self, ids: Sequence[str], by_words: Mapping[str, float], by_meaning: Mapping[str, float]
    ) -> list[list[float]]:
        """How well what stands near each passage was found."""
        words = [by_words.get(id, 0.0) for id in ids]
        dense = [by_meaning.get(id, 0.0) for id in ids]
        both = [(a + b) / 2 for a, b in zip(words, dense, strict=True)]
        passages = [self._corpus.by_id[id] for id in ids]
        documents = [passage.document for passage in passages]
        found = dict(zip(ids, both, strict=True))
        return [
            [max((found.get(other, 0.0) for other in self._neighbours(id)), default=0.0) for id in ids],
            _others([_page(passage) for passage in passages], both),
            _others(documents, words),
            _others(documents, dense),
        ]

    def _shape(self, question: str, ids: Sequence[str]) -> list[list[float]]:
        asks = bool(ASKS_NUMBER.search(question))
        read = [self._read(id) for id in ids]
        return [
            [asks * min(1.0, one.n_numbers / ENOUGH_NUMBERS) for one in read],
            [math.log1p(one.n_terms) / 5 for one in read],
            [float(self._opens(id)) for id in ids],
        ]

    def _neighbours(self, id: str) -> list[str]:
        place, passages = self._places[id], self._corpus.passages
        around = passages[max(0, place - 1) : place] + passages[place + 1 : place + 2]
        return [other.id for other in around if other.document == passages[place].document]

    def _opens(self, id: str) -> bool:
        place, passages = self._places[id], self._corpus.passages
        return place == 0 or passages[place - 1].document != passages[place].document


def _found(ids: Sequence[str], by_words: Mapping[str, float], by_meaning: Mapping[str, float]) -> list[list[float]]:
    return [[by_meaning.get(id, 0.0) for id in ids], [by_words.get(id, 0.0) for id in ids]]


def rarity(asked: Sequence[Term], held: Sequence[frozenset[Term]]) -> dict[Term, float]:
    """A weight for each term asked for, larger the fewer candidates hold it; in the order asked.

    In that order because sums of floats depend on theirs, and that of a set differs from process to process.
    """
    wanted = set(asked)
    n_with = Counter(term for one in held for term in one & wanted)
    return {term: math.log((len(held) + 1) / (n_with[term] + 0.5)) for term in dict.fromkeys(asked)}


def _rarity_of_held(asked: Sequence[Term], held: Sequence[frozenset[Term]]) -> dict[Term, float]:
    """The weights of those that some candidate holds."""
    there = frozenset[Term]().union(*held)
    return {term: weight for term, weight in rarity(asked, held).items() if term in there}


def share(weights: Mapping[Term, float], held: frozenset[Term]) -> float:
    """The share of the weights whose terms are held, 0 to 1."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0


def _others(keys: Sequence[Hashable], values: Sequence[float]) -> list[float]:
    """For each, the logarithm of 1 + the sum of the others with its key."""
    sums: dict[Hashable, float] = defaultdict(float)
    for key, value in zip(keys, values, strict=True):
        sums[key] += value
    return [math.log1p(max(0.0, sums[key] - value)) for key, value in zip(keys, values, strict=True)]


def _page(passage: Passage) -> Hashable:
    """Its page, or where there are none the part under its heading."""
    return (passage.document, passage.page, "" if passage.page is not None else passage.heading)
