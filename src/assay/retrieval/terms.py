"""Texts as the terms that a ranker compares. Knows no index: an index has an analyser of its own."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from assay.corpus.document import Passage
from assay.corpus.language import CJK

__all__ = ["PassageTerms", "read_terms", "terms_of"]

STEM = 6  # letters of a word that count: "applying" meets "application" without a stemmer for every language
UNSPACED = re.compile(f"[{CJK}]")
WORD = re.compile(r"[^\W_]+")
RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")
DIGIT = re.compile(r"\d")
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
    plain = unicodedata.normalize("NFKC", text).casefold()
    if UNSPACED.search(plain) is None:
        return [word[:STEM] for word in WORD.findall(plain)]
    return [term for run in RUN.findall(plain) for term in (_pairs_in(run) if UNSPACED.match(run) else [run[:STEM]])]


def read_terms(passage: Passage) -> PassageTerms:
    """What a ranker compares with a question."""
    sentences = [terms_of(sentence) for sentence in SENTENCE.split(passage.text)]
    text, heading = [term for sentence in sentences for term in sentence], terms_of(passage.heading)
    return PassageTerms(
        text=frozenset(text),
        heading=frozenset(heading),
        pairs=frozenset([*pairwise(text), *pairwise(heading)]),
        sentences=tuple(map(frozenset, sentences)),
        n_terms=len(text),
        n_numbers=sum(map(is_number, text)),
    )


def is_number(term: str) -> bool:
    """Whether a digit is in it: a number, a date, a part number."""
    return DIGIT.search(term) is not None


def _pairs_in(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[start : start + 2] for start in range(len(run) - 1)]
