"""Which passage supports each sentence of an answer. Knows words, numbers and names, not meaning, and no model."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assay.corpus.document import Passage
from assay.scoring.answer_language import Language, language_of
from assay.scoring.answer_terms import names_of, negates, terms_of
from assay.scoring.refusal import is_refusal
from assay.scoring.sentences import split_sentences
from assay.scoring.values.quantities import Quantity, parse_quantities, same_amount

__all__ = ["LEAST_SUPPORT", "CitedSentence", "cite"]

LEAST_SUPPORT = 0.8  # chosen on training and validation questions: benchmarks/citations.py
_CLAIM = 3  # words of a sentence that claims something; fewer are an answer that its place may hold and deny otherwise
_CLAUSE = re.compile(r"[,;:，；：]|\b(?:but|because|although|while|unless|except)\b|但是?|而是|因为|除非")
_LIMITS = re.compile(
    r"\b(?:no|not) (?:more|less|fewer|later|earlier|only|just)\b|\bwithout (?:delay|exception)\b", re.IGNORECASE
)
_NEARBY = 0.4  # a word that stands beside the quote, in its passage, heading or file name, counts this much
_ASKED = 0.3  # a word of the question claims little: it was given
_ABOUT = 0.3  # how far the question's words tell sentences apart that support the answer equally


@dataclass(frozen=True)
class CitedSentence:
    """One sentence of an answer, and the sentence or table row that supports it, both as written.

    `passage` (an id) and `quote` are None where nothing supports it. `support` is the best found, in 0..1: the share
    of what the sentence says that stands in the quote, rare words counting more.
    """

    sentence: str
    passage: str | None
    quote: str | None
    support: float


@dataclass(frozen=True)
class _Place:
    """A sentence or table row of a passage, and the words around it."""

    passage: Passage
    text: str
    lang: Language
    terms: set[str]  # of the text, and of the table's head where it is a row
    around: set[str]  # of the passage, its heading and its file's name
    page_quantities: list[Quantity]  # of the whole passage with its heading

    @cached_property
    def quantities(self) -> list[Quantity]:
        return parse_quantities(self.text, self.lang)


def cite(answer_text: str, passages: Sequence[Passage], question: str = "") -> list[CitedSentence]:
    """One entry for each sentence of the answer that claims something; empty for a refusal or an empty answer.

    A sentence is supported by the place that holds most of its words, if that is enough (`LEAST_SUPPORT`) and the place
    also holds every number of the sentence, as an equal amount, every name, and a negation where the sentence has one.
    What stands in the question too may stand elsewhere in the passage. Among equal places the one with more
    of the question's words is cited, then the earlier one. A bare yes or no is supported by what is asked.
    """
    if is_refusal(answer_text):
        return []
    lang: Language = (
        "zh" if any(language_of(text) == "zh" for text in (answer_text, *(p.text for p in passages))) else "en"
    )
    places = [place for passage in passages for place in _places(passage, lang)]
    weight = _Rarity(places)
    sentences = [sentence for sentence in split_sentences(answer_text) if not is_refusal(sentence)]
    return [_cite_sentence(sentence, places, question, lang, weight) for sentence in sentences]


@lru_cache(maxsize=512)  # every cell reads the same passages
def _places(passage: Passage, lang: Language) -> tuple[_Place, ...]:
    whole = f"{passage.heading}\n{passage.text}"
    around = terms_of(f"{passage.document} {whole}", lang, with_singles=True)
    quantities = parse_quantities(whole, lang)
    return tuple(
        _Place(passage, sentence, lang, terms_of(f"{head} {sentence}", lang, with_singles=True), around, quantities)
        for head, sentence in _with_table_heads(split_sentences(passage.text))
    )


def _with_table_heads(sentences: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each sentence or row after the head of its table: what a row says, it says in the words of its columns."""
    head = ""
    for sentence in sentences:
        head = (head or sentence) if sentence.startswith("|") else ""
        yield head, sentence


class _Rarity:
    """The inverse frequency of a term over the places; a term of all places weighs next to nothing."""

    def __init__(self, places: Sequence[_Place]) -> None:
        self._n = len(places)
        self._n_holding = Counter(term for place in places for term in place.terms)

    def share(self, terms: set[str], place: _Place, less: set[str]) -> float:
        """How much of the terms the place holds, in 0..1; those in `less` weigh less."""
        total = held = 0.0
        for term in sorted(terms):
            rarity = math.log((self._n + 1) / (self._n_holding[term] + 0.5)) * (_ASKED if term in less else 1.0)
            total += rarity
            held += rarity * (1.0 if term in place.terms else _NEARBY if term in place.around else 0.0)
        return held / total if total else 0.0


def _cite_sentence(
    sentence: str, places: Sequence[_Place], question: str, lang: Language, weight: _Rarity
) -> CitedSentence:
    asked, claimed = terms_of(question, lang), terms_of(sentence, lang)
    stated = parse_quantities(sentence, lang)
    said = claimed or (set() if stated else asked)
    scored = [
        (weight.share(said, place, asked if claimed else set()) if said else 1.0, weight.share(asked, place, set()), i)
        for i, place in enumerate(places)
        if _holds_what_must_be(sentence, stated, question, place)
    ]
    best = max(scored, key=lambda one: (round(one[0] + _ABOUT * one[1], 9), -one[2]), default=None)
    if best is None or best[0] < LEAST_SUPPORT:
        return CitedSentence(sentence, None, None, round(best[0], 3) if best else 0.0)
    place = places[best[2]]
    return CitedSentence(sentence, place.passage.id, place.text, round(best[0], 3))


def _holds_what_must_be(sentence: str, stated: list[Quantity], question: str, place: _Place) -> bool:
    if negates(sentence, place.lang) and not negates(place.text, place.lang):
        return False
    if not negates(sentence, place.lang) and _is_denied_there(sentence, place):
        return False
    asked = parse_quantities(question, place.lang) if stated else []
    if not all(_holds_quantity(quantity, asked, place) for quantity in stated):
        return False
    return place.lang == "zh" or names_of(sentence) <= place.terms | (place.around & terms_of(question, "en"))


def _is_denied_there(sentence: str, place: _Place) -> bool:
    """Whether what a sentence claims stands in a clause of the place that denies it; a short claim does not tell."""
    claimed = terms_of(sentence, place.lang)
    if len(claimed) < _CLAIM or not negates(_LIMITS.sub(" ", place.text), place.lang):
        return False
    clauses = [clause for clause in _CLAUSE.split(place.text) if clause.strip()]
    denied = [clause for clause in clauses if negates(_LIMITS.sub(" ", clause), place.lang)]
    stated = [clause for clause in clauses if clause not in denied]
    in_denied = max((len(claimed & terms_of(clause, place.lang)) for clause in denied), default=0)
    return in_denied > max((len(claimed & terms_of(clause, place.lang)) for clause in stated), default=0)


def _holds_quantity(quantity: Quantity, asked: list[Quantity], place: _Place) -> bool:
    if any(same_amount(quantity, found) for found in place.quantities):
        return True
    if quantity.value != 1 and not any(same_amount(quantity, found) for found in asked):  # "one night", "one of the"
        return False
    return any(same_amount(quantity, found) for found in place.page_quantities)
