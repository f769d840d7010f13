"""The mark of an answer to a question with a long accepted answer. Knows no short ones: they are decided before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assay.questions.question import Question, quote_parts
from assay.scoring.answer_language import language_of
from assay.scoring.claims import ClaimMarks, is_long, judge_claims
from assay.statistics.estimate import Estimate

if TYPE_CHECKING:
    from assay.scoring.correctness import Reason, Score

__all__ = ["LongAnswers", "has_long_answer", "score_long"]


@dataclass(frozen=True)
class LongAnswers:
    """Answers to the questions with long accepted answers: three figures, each a mean with its interval."""

    n: int  # answers to such questions, failures left out
    n_unjudged: int  # of them those that words cannot tell: no part of `correct`
    complete: Estimate  # share of the reference's claims that an answer covers
    correct: Estimate  # share of answers that are right, of those judged
    supported: (
        Estimate  # share of what an answer states that reference or evidence support; over answers that state any
    )


def has_long_answer(question: Question) -> bool:
    """Whether an accepted answer of a question is judged by its claims."""
    return any(is_long(answer) for answer in question.answers)


def score_long(score: Score, text: str, question: Question) -> Score:
    """The score with how complete and how supported an answer is, and decided by claims where nothing else has.

    A short accepted answer beside the long one has decided before; so has a refusal, and an answer that is an accepted
    one and nothing else. Of several long ones the one that the answer meets best counts. Without a long one the score
    stays as it is.
    """
    references = [answer for answer in question.answers if is_long(answer)]
    if not references or score.refused:
        return replace(score, complete=0.0) if references else score
    lang = language_of(text, *references)
    marks = _best([judge_claims(text, one, question.text, _evidence(question), lang) for one in references])
    told = replace(score, complete=marks.complete, supported=marks.supported)
    if score.exact_match:
        return replace(told, complete=1.0)
    has_short = len(references) < len(question.answers)
    if score.reason == "empty" or (has_short and (score.correct or score.reason == "contradicted")):
        return told
    return replace(told, correct=marks.correct, reason=_reason(marks))


def _best(marks: Sequence[ClaimMarks]) -> ClaimMarks:
    """A reference that the answer is right by, else one by which it is not told, else the most complete."""
    rank = {True: 2, None: 1, False: 0}
    return max(marks, key=lambda one: (rank[one.correct], one.complete))


def _evidence(question: Question) -> str:
    quote = question.evidence.quote if question.evidence else None
    return "\n".join(quote_parts(quote)) if quote else ""


def _reason(marks: ClaimMarks) -> Reason:
    if marks.correct is None:
        return "unjudged"
    if marks.correct:
        return "claims_covered"
    return "claim_contradicted" if marks.is_contradicted else "no_accepted_answer"
