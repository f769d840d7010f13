"""Accepted answers of a sentence or more: right where they stand in the answer, whole. Knows no claims."""

from typing import Literal

from assay.scoring.answer_language import Language
from assay.scoring.matching import find_answer, is_denied
from assay.scoring.normalise import normalise
from assay.scoring.read_text import Asked, Read

__all__ = ["is_long", "mark_long"]

_LONGEST = {"en": 12, "zh": 24}  # words, characters of an answer that is short


def is_long(answer: str, lang: Language) -> bool:
    """Whether an accepted answer is longer than a value, a name or a phrase."""
    words = len("".join(answer.split())) if lang == "zh" else len(answer.split())
    return words > _LONGEST[lang]


def mark_long(
    answer: str, said: Read, asked: Asked
) -> Literal["contains_answer", "contradicted", "no_accepted_answer"]:
    """Whether a text holds a long accepted answer, word for word and undenied."""
    text = normalise(said.text, said.lang)
    places = find_answer(text, normalise(answer, asked.lang), asked.lang)
    if not places:
        return "no_accepted_answer"
    return "contradicted" if all(is_denied(text, start, asked.lang) for start, _ in places) else "contains_answer"
