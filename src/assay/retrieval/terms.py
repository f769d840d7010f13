"""Texts as the terms that a ranker compares. Knows no index: an index has an analyser of its own."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assay.corpus.document import Passage
from assay.corpus.language import CJK

__all__ = ["PassageTerms", "read_terms", "terms_of"]

STEM = 6  # letters of a word that count: "applying" meets "application" without a stemmer for every language
RUN = re.compile(rf"(?P<unspaced>[{CJK}]+)|[^\W_{CJK}]+")
SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])|\n+")


@dataclass(frozen=True)
class PassageTerms:
    """A passage, read once."""

    text: frozenset[str]
    heading: frozenset[str]
    pairs: frozenset[tuple[str, str]]  # of neighbours
    sentences: tuple[frozenset[str], ...]
    n_terms: int
    n_numbers: int


def terms_of(text: str) -> list[str]:
    """The beginnings of the words in lower case, in order; of Chinese, all pairs of neighbouring characters."""
    return list(_terms(unicodedata.normalize("NFKC", text).casefold()))


def read_terms(passage: Passage) -> PassageTerms:
    """What a ranker compares with a question."""
    text, heading = terms_of(passage.text), terms_of(passage.heading)
    return PassageTerms(
        text=frozenset(text),
        heading=frozenset(heading),
        pairs=frozenset([*pairwise(text), *pairwise(heading)]),
        sentences=tuple(frozenset(terms_of(sentence)) for sentence in SENTENCE.split(passage.text)),
        n_terms=len(text),
        n_numbers=sum(is_number(term) for term in text),
    )


def is_number(term: str) -> bool:
    """Whether a digit is in it: a number, a date, a part number."""
    return any(sign.isdigit() for sign in term)


def _terms(plain: str) -> Iterator[str]:
    for run in RUN.finditer(plain):
        word = run.group()
        if run.lastgroup != "unspaced":
            yield word[:STEM]
        elif len(word) == 1:
            yield word
        else:
            yield from (word[start : start + 2] for start in range(len(word) - 1))
