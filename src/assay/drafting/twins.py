"""Passages that say nearly the same of something else: the travel policies of two countries. Knows words, no model.

A question about one of them must name what tells it from the other, or it has two answers.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from assay.corpus.document import Passage
from assay.drafting.spans import Span
from assay.questions.normalising import words_of
from assay.scoring import Language, normalise
from assay.scoring.answer_terms import terms_of
from assay.scoring.matching import find_answer

__all__ = ["is_ambiguous"]

_TWIN = 0.4  # share of a sentence's word pairs from which on another passage says the same of something else


def is_ambiguous(question: str, span: Span, passage: Passage, found: Iterable[Passage], lang: Language) -> bool:
    """Whether one of the found passages answers the question too, and otherwise: a twin that the question fits as well.

    Args:
        question: as drafted.
        span: its answer.
        passage: of the answer.
        found: what a search for the question finds.
        lang: of all of them.
    """
    asked = terms_of(question, lang)
    own = asked & _terms(passage, lang)
    pairs = _pairs(words_of(span.sentence))
    for other in found:
        if other.id == passage.id or find_answer(normalise(other.text, lang), normalise(span.text, lang), lang):
            continue
        shared = len(pairs & _pairs(words_of(other.text))) / max(1, len(pairs))
        if shared >= _TWIN and not own - _terms(other, lang):
            return True
    return False


def _terms(passage: Passage, lang: Language) -> set[str]:
    return terms_of(f"{passage.heading}\n{passage.text}\n{passage.document}", lang, with_singles=True)


def _pairs(words: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(words))
