"""Right or wrong, and why. Knows one question and one answer; knows no model, no passage and no other answer."""

import math
import re
from dataclasses import dataclass
from typing import Literal

from assay.questions.question import Question
from assay.scoring.answer_language import Language, language_of
from assay.scoring.long_scores import score_long
from assay.scoring.matching import find_answer, is_denied
from assay.scoring.normalise import normalise
from assay.scoring.overlap import score_exact_match, score_f1
from assay.scoring.polarity import polarity_of_answer, polarity_of_text
from assay.scoring.quantities import Quantity, parse_quantities, same_amount
from assay.scoring.refusal import is_refusal

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
# words that may stand around a quantity in an accepted answer and say nothing else
_FILLER_WORDS = (
    "at most least up to about around every within more less than over under approximately roughly net from "
    "after for of in total only just once its it is by on long wide high deep old each maximum minimum max min "
    "最多 至少"
)
_FILLER = frozenset(_FILLER_WORDS.split())
_CHINESE_FILLER = re.compile(
    r"最多|最高|最低|最少|至少|不超过|超过|约|大约|以上|以下|以内|内|共|每年|每月|每天|每晚|每次|每人|为|是"
)


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
    complete: float | None = None  # share of the reference that the answer covers; None: no long accepted answer
    supported: float | None = None  # share of the answer that reference or evidence support; None: it states nothing

    @property
    def value(self) -> float:
        """1 right, 0 wrong, NaN where words cannot tell."""
        return math.nan if self.correct is None else float(self.correct)


@dataclass(frozen=True)
class _Exam:
    """One answer with its question, read once."""

    text: str  # normalised
    lang: Language
    answers: list[str]  # normalised
    stated: list[Quantity]  # in the text
    asked: list[Quantity]  # in the question
    accepted: list[Quantity]  # accepted answers that are a quantity and nothing else
    accepted_parts: list[Quantity]  # every quantity in any accepted answer


def score_answer(text: str, question: Question) -> Score:
    """Whether the answer is right, why, and its exact match and F1; a long accepted answer decides by its claims.

    An unanswerable question is right exactly when it is refused. Otherwise the answer is right when it holds an
    accepted answer, whole and not denied, or an equal amount in another form, and states no other value of the same
    unit, save those that the question itself names. Where the accepted answer is yes or no, the first such word
    decides.
    """
    return score_long(_score_short(text, question), text, question)


def _score_short(text: str, question: Question) -> Score:
    lang = language_of(text, *question.answers) if question.answers else language_of(text)
    refused = is_refusal(text)
    if not question.answerable:
        reason: Reason = "refused_rightly" if refused else "answered_unanswerable" if text.strip() else "empty"
        return Score(refused, reason, refused, float(refused), refused)
    exact_match = score_exact_match(text, question.answers, lang)
    f1 = score_f1(text, question.answers, lang)
    refused = refused and not exact_match
    if refused:
        return Score(False, "refused_wrongly", exact_match, f1, refused)
    reason = _reason(text, question, lang)
    return Score(reason in ("contains_answer", "equal_number"), reason, exact_match, f1, refused)


def _reason(text: str, question: Question, lang: Language) -> Reason:
    exam = _read(text, question, lang)
    if not exam.text:
        return "empty"
    polar = {polarity_of_answer(answer, lang) for answer in question.answers} - {None}
    said = polarity_of_text(text, lang) if polar else None
    if said:
        return "contains_answer" if said in polar else "contradicted"
    places = _text_places(exam)
    amounts = [q for q in exam.stated if any(_is_accepted(q, accepted, exam) for accepted in exam.accepted)]
    held = [start for start, _ in places] + [q.start for q in amounts]
    if not held:
        return "no_accepted_answer"
    if all(is_denied(exam.text, start, lang) for start in held) or _states_another_value(exam, amounts):
        return "contradicted"
    return "contains_answer" if places or _holds_literally(exam) else "equal_number"


def _read(text: str, question: Question, lang: Language) -> _Exam:
    parts = [(answer, parse_quantities(answer, lang)) for answer in question.answers]
    return _Exam(
        text=normalise(text, lang),
        lang=lang,
        answers=[normalise(answer, lang) for answer in question.answers],
        stated=parse_quantities(text, lang),
        asked=parse_quantities(question.text, lang),
        accepted=[found[0] for answer, found in parts if _is_quantity(normalise(answer, lang), found, lang)],
        accepted_parts=[quantity for _, found in parts for quantity in found],
    )


def _is_quantity(answer: str, found: list[Quantity], lang: Language) -> bool:
    """Whether a normalised accepted answer is one quantity and nothing else."""
    if len(found) != 1 or found[0].unit == "date":
        return False
    start, end = found[0].start, found[0].end
    if lang == "zh":
        return not _CHINESE_FILLER.sub("", answer[:start] + answer[end:])
    words = answer.split()
    return all(word in _FILLER for word in words[:start] + words[end:])


def _text_places(exam: _Exam) -> list[tuple[int, int]]:
    """Where accepted answers that are more than a quantity stand, denied or not."""
    wordy = [
        answer for answer in exam.answers if not _is_quantity(answer, parse_quantities(answer, exam.lang), exam.lang)
    ]
    return [place for answer in wordy for place in find_answer(exam.text, answer, exam.lang)]


def _holds_literally(exam: _Exam) -> bool:
    return any(find_answer(exam.text, answer, exam.lang) for answer in exam.answers)


def _is_accepted(stated: Quantity, accepted: Quantity, exam: _Exam) -> bool:
    """Whether a quantity of the text is this accepted one.

    Of the accepted answers "20 days" and "20", the second means days too: "EUR 20" is not it. A bare number in the
    text is enough only where it is the only one, or an accepted answer is itself bare.
    """
    if not same_amount(stated, accepted):
        return False
    if not stated.unit:
        others = [q for q in exam.stated if q is not stated and not any(q.value == asked.value for asked in exam.asked)]
        return not others or any(not q.unit for q in exam.accepted)
    if accepted.unit:
        return True
    twins = [q for q in exam.accepted if q.unit and q.value == accepted.value]
    return not twins or not stated.is_known_unit or any(same_amount(stated, twin) for twin in twins)


def _states_another_value(exam: _Exam, amounts: list[Quantity]) -> bool:
    """Whether the text states a value of an accepted unit that neither an accepted answer nor the question has."""
    if not exam.accepted:
        return False
    units = {(q.unit, q.per) for q in amounts if q.unit} or {(q.unit, q.per) for q in exam.accepted if q.unit}
    for place, quantity in enumerate(exam.stated):
        if quantity.unit == "date" or is_denied(exam.text, quantity.start, exam.lang) or _is_allowed(quantity, exam):
            continue
        if (quantity.unit, quantity.per) in units or (units and (quantity.unit, "") in units):
            return True
        if not quantity.unit and _is_alternative(place, exam.stated):
            return True
    return False


def _is_allowed(quantity: Quantity, exam: _Exam) -> bool:
    known = exam.accepted_parts + exam.asked
    return any(same_amount(quantity, other) for other in known)


def _is_alternative(place: int, stated: list[Quantity]) -> bool:
    """Whether "or" or "to" joins a bare number to its neighbour: "1974 or 1975"."""
    return stated[place].linked or (place > 0 and stated[place - 1].linked)
