"""A scorer: a number is right within the tolerance that a column of the question file gives.

A question file with a column `within`, "0.5" or "10%", empty where the answer is no number, is marked by it with

    assay run DOCS QUESTIONS --parts examples/parts/within.py --set scorer=within

The first number of the answer that the question does not name is compared. Without a tolerance, and where the answer
is a refusal, the usual marking holds.
"""

from dataclasses import replace

from assay.questions.question import Question
from assay.scoring import Score, language_of, parse_quantities, score_answer
from assay.scoring.scorer import Scorer


def _score(text: str, question: Question) -> Score:
    usual = score_answer(text, question)
    if usual.refused or not question.answers or not question.told("within"):
        return usual
    asked = _numbers(question.text, question)
    said = next((number for number in _numbers(text, question) if number not in asked), None)
    if said is None:
        return replace(usual, correct=False, reason="no_number")
    wanted = [number for answer in question.answers for number in _numbers(answer, question)[:1]]
    is_near = any(abs(said - number) <= _allowed(question, number) for number in wanted)
    return replace(usual, correct=is_near, reason="within" if is_near else "too_far")


def _numbers(text: str, question: Question) -> list[float]:
    return [float(one.value) for one in parse_quantities(text, language_of(text, *question.answers))]


def _allowed(question: Question, number: float) -> float:
    told = question.told("within")
    return abs(number) * float(told[:-1]) / 100 if told.endswith("%") else float(told)


def _check(question: Question) -> None:
    try:
        is_wrong = bool(question.told("within")) and not _allowed(question, 1.0) >= 0
    except ValueError:
        is_wrong = True
    if is_wrong:
        raise ValueError(f'within must be a number or a percentage, got "{question.told("within")}"')


WITHIN = Scorer(
    name="within",
    title={"en": "numbers within a tolerance", "zh": "允许误差内的数字"},
    score=_score,
    columns=("within",),
    check=_check,
    reasons={
        "within": {"en": "is within the tolerance", "zh": "在允许误差之内"},
        "too_far": {"en": "is further away than the tolerance", "zh": "超出允许误差"},
        "no_number": {"en": "gives no number", "zh": "没有给出数字"},
    },
)
