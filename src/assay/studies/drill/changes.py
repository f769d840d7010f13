"""Which questions have other answers once the documents have changed. Knows no cell and no model."""

from collections.abc import Sequence
from dataclasses import replace

from assay.errors import InputError
from assay.questions.exam import Exam
from assay.questions.question import Question, QuestionSet
from assay.scorers.answers import ANSWERS
from assay.scoring.scorer import Scorer

__all__ = ["after_change", "check_changes", "is_changed", "may_have_changed", "without_new_answer"]

_SHOWN = 20


def is_changed(question: Question) -> bool:
    """Whether the question is answered otherwise after the change."""
    return bool(question.new_answers)


def after_change(asked: QuestionSet) -> QuestionSet:
    """The same questions, in the same splits, with the answers that are right after the change."""
    return replace(asked, questions=tuple(_renew(question) for question in asked.questions))


def _renew(question: Question) -> Question:
    return replace(question, answers=question.new_answers, answerable=True) if is_changed(question) else question


def check_changes(asked: QuestionSet, scorer: Scorer = ANSWERS) -> None:
    """Nothing when every new answer can be told from the old one.

    Raises:
        InputError: no question has a new answer; or questions whose old and new answers accept each other, all of them.
    """
    changed = [question for question in asked.questions if is_changed(question)]
    if not changed:
        raise InputError(
            f"{asked.path}: no question has a new answer: write what is right after the change into a column new_answer"
        )
    alike = [question for question in changed if _is_alike(question, scorer)]
    if alike:
        lines = [f"{asked.path}: {len(alike)} new answers cannot be told from the old ones:"]
        lines += [f"  {q.id}: {' | '.join(q.answers)} -> {' | '.join(q.new_answers)}" for q in alike[:_SHOWN]]
        lines += [f"  and {len(alike) - _SHOWN} more"] if len(alike) > _SHOWN else []
        raise InputError("\n".join(lines))


def _is_alike(question: Question, scorer: Scorer) -> bool:
    new = _renew(question)
    return any(scorer.mark(text, question).correct for text in new.answers) or any(
        scorer.mark(text, new).correct for text in question.answers
    )


def may_have_changed(questions: Sequence[Question]) -> list[str]:
    """Ids of questions without a new answer that rest on the evidence of a changed one and had an answer of its.

    Such as the paraphrases of a changed training question: left as they are, they teach the old answer.
    """
    changed = [question for question in questions if is_changed(question) and question.evidence is not None]
    return [
        question.id
        for question in questions
        if not is_changed(question)
        and any(question.evidence == other.evidence and set(question.answers) & set(other.answers) for other in changed)
    ]


def without_new_answer(after: Exam, scorer: Scorer = ANSWERS) -> list[str]:
    """Ids of changed questions whose evidence was found in the new documents, but holds no new answer there."""
    return [
        question.id
        for question in after.questions.questions
        if is_changed(question)
        and question.id in after.gold
        and not any(scorer.is_held(passage.text, question) for passage in after.gold_passages[question.id])
    ]
