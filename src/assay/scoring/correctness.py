"""Right or wrong, and why. Knows one question and one answer; knows no model, no passage and no other answer.

Both the accepted answer and the model's are read into values (`assay.scoring.read_text`), the type of the accepted one
decides how they are compared (`assay.scoring.kinds`), and only what is no value is compared as words.
"""

import math
from dataclasses import dataclass
from typing import Literal

from assay.questions.question import Question
from assay.scoring.accepted_forms import accepted_forms
from assay.scoring.answer_language import Language, language_of
from assay.scoring.clean_text import clean_text
from assay.scoring.corrections import settled
from assay.scoring.denial import is_denied
from assay.scoring.kinds.every_kind import kind_of
from assay.scoring.kinds.kind import Kind, Outcome
from assay.scoring.kinds.names import asks_for_person
from assay.scoring.kinds.yes_no import stance_of_answer
from assay.scoring.long_answers import is_long, mark_long
from assay.scoring.long_scores import score_long
from assay.scoring.matching import find_answer
from assay.scoring.normalise import normalise
from assay.scoring.opposites import says_opposite
from assay.scoring.overlap import score_exact_match, score_f1
from assay.scoring.read_text import Asked, Place, Read, read_asked, read_text
from assay.scoring.refusal import answers_beside, declined_word, is_refusal
from assay.scoring.relations import is_only_related
from assay.scoring.rivals import is_excused, offers_another
from assay.scoring.roles import is_of_another

__all__ = ["Reason", "Score", "score_answer"]

Reason = Literal[
    "contains_answer",
    "equal_number",
    "contradicted",
    "no_accepted_answer",
    "empty",
    "refused_rightly",
    "refused_wrongly",
    "answered_unanswerable",
    "claims_covered",
    "claim_contradicted",
    "unjudged",
]
_RIGHT = ("contains_answer", "equal_number")
_OF_OUTCOME: dict[Outcome, Reason] = {
    "right": "contains_answer",
    "contradicted": "contradicted",
    "absent": "no_accepted_answer",
}


@dataclass(frozen=True)
class Score:
    """How one answer scored. `exact_match` and `f1` (0..1) are stricter figures beside `correct`, not parts of it.

    `complete` and `supported` (0..1) are of answers to questions with long accepted answers; see `judge_claims`.
    """

    correct: bool | None  # None: words cannot tell; counted, left out of every mean
    reason: str  # a `Reason`, or one that a scorer from outside gives
    exact_match: bool
    f1: float
    refused: bool
    form_kept: bool | None = None  # None: no form was asked for, or the answer declines
    complete: float | None = None  # share of the reference that the answer covers; None: no long accepted answer
    supported: float | None = None  # share of the answer that reference or evidence support; None: it states nothing

    @property
    def value(self) -> float:
        """1 right, 0 wrong, NaN where words cannot tell."""
        return math.nan if self.correct is None else float(self.correct)


def score_answer(text: str, question: Question) -> Score:
    """Whether the answer is right, why, and its exact match and F1; a long accepted answer decides by its claims.

    An unanswerable question is right exactly when it is refused. Otherwise the answer is right when it states an
    accepted answer, undenied and whole: the same value of its type, or the same words; and states no other value that
    could not be right as well, see `assay.scoring.rivals`.
    """
    return score_long(_score_short(text, question), text, question)


def _score_short(text: str, question: Question) -> Score:
    text = clean_text(text)
    lang = language_of(text, *question.answers) if question.answers else language_of(text)
    refused = is_refusal(text)
    if not question.answerable:
        reason: Reason = "refused_rightly" if refused else "answered_unanswerable" if text.strip() else "empty"
        return Score(refused, reason, refused, float(refused), refused)
    exact_match = score_exact_match(text, question.answers, lang)
    f1 = score_f1(text, question.answers, lang)
    refused = refused and not exact_match and not _answers_by_no(text, question, lang)
    reason = _reason(answers_beside(text) if refused else text, question, lang)
    if refused and reason not in _RIGHT:
        return Score(False, "refused_wrongly", exact_match, f1, refused)
    correct = reason in _RIGHT
    return Score(correct, reason, exact_match and correct, f1, refused=False)


def _answers_by_no(text: str, question: Question, lang: Language) -> bool:
    """Whether "it is not included" answers a question of yes or no, which asks whether it is included."""
    word = declined_word(text)
    asks_so = bool(word) and any(stance_of_answer(answer, lang) for answer in question.answers)
    return asks_so and word in question.text.lower().replace("?", " ").split()


def _reason(text: str, question: Question, lang: Language) -> Reason:
    if not text.strip():
        return "empty"
    asked, said = read_asked(question, lang), read_text(settled(text), lang)
    if [word.key for word in said.words] == [word.key for word in asked.read.words]:
        return "no_accepted_answer"  # the question said again is no answer
    of_person = asks_for_person(asked)
    reasons = [
        _compare(form, answer, said, asked)
        for answer in question.answers
        for form in accepted_forms(answer, lang, of_person)
    ]
    for reason in (*_RIGHT, "contradicted"):
        if reason in reasons:
            return reason
    return "no_accepted_answer"


def _compare(accepted: Read, answer: str, said: Read, asked: Asked) -> Reason:
    """What one accepted answer says of the text."""
    if accepted.text and accepted.text == said.text:
        return "contains_answer"
    if is_long(answer, asked.lang):
        return mark_long(answer, said, asked)
    kind = kind_of(accepted, asked)
    if kind.decides is not None:
        outcome = kind.decides(accepted, said, asked)
        if outcome is not None:
            return _OF_OUTCOME[outcome]
    return _weigh(kind, accepted, said, asked)


def _is_open(place: Place, accepted: Read, said: Read, asked: Asked) -> bool:
    """Whether the text offers another thing as well, or says what is asked of another."""
    return (
        offers_another(place, accepted, said, asked)
        or is_of_another(place, accepted, said, asked)
        or says_opposite(place, said, asked)
        or is_only_related(place, accepted, said, asked)
    )


def _weigh(kind: Kind, accepted: Read, said: Read, asked: Asked) -> Reason:
    places = kind.find(accepted, said, asked)
    if not places:
        return "no_accepted_answer"
    held = [place for place in places if not is_denied(said, place, asked)]
    if not held or all(_is_open(place, accepted, said, asked) for place in held):
        return "contradicted"
    others = kind.others(accepted, said, asked, held)
    if any(not any(is_excused(other, place, said, asked) for place in held) for other in others):
        return "contradicted"
    is_held = any(place.in_words for place in held) or find_answer(
        normalise(said.text, asked.lang), normalise(accepted.text, asked.lang), asked.lang
    )
    return "contains_answer" if is_held else "equal_number"
