"""Answers to questions, marked: right or wrong and why, with intervals. Knows no model, no document and no cell."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assay.errors import InputError
from assay.questions import sampling_of
from assay.questions.given_answers import read_answers
from assay.questions.in_memory import Source
from assay.questions.question import Question, QuestionSet
from assay.scoring.answer_form import share_kept
from assay.scoring.correctness import Score
from assay.scoring.long_means import summarise_long
from assay.scoring.long_scores import LongAnswers
from assay.scoring.scorer import Scorer, scorer_of
from assay.settings import load_settings
from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_mean
from assay.words import worded

__all__ = ["ScoredAnswer", "ScoredAnswers", "ScoredPart", "score", "score_answers"]


@dataclass(frozen=True)
class ScoredAnswer:
    """One question, what was answered, and how that was marked."""

    id: str
    question: str
    accepted: tuple[str, ...]
    answerable: bool
    answer: str | None  # None: there is none
    correct: bool | None  # None: no answer, not scored; or words cannot tell ("unjudged")
    reason: str  # of the catalogue, e.g. "contains_answer", or of `ScoredAnswers.reasons`
    exact_match: bool
    f1: float
    refused: bool
    form_kept: bool | None = None  # None: no form was asked for, or it declines
    complete: float | None = None  # of a long accepted answer; see `assay.scoring.long_scores`
    supported: float | None = None


@dataclass(frozen=True)
class ScoredPart:
    """Some of the questions: how many there are, how many of them have no answer, and means over the others.

    An answer of which words cannot tell whether it is right is no part of `correct`.
    """

    n: int
    n_failed: int
    correct: Estimate
    exact_match: Estimate
    f1: Estimate
    refused: Estimate
    form_kept: float | None = None  # over the answers that a form was asked of; None: of none
    long: LongAnswers | None = None  # None: no long accepted answer


@dataclass(frozen=True, repr=False)
class ScoredAnswers:
    """Every question in file order, and means with 95% intervals; see the setting `generalise`."""

    total: ScoredPart
    answerable: ScoredPart | None  # None: no such question
    unanswerable: ScoredPart | None
    answers: tuple[ScoredAnswer, ...]
    scorer: str
    reasons: dict[str, dict[str, str]]  # those of a scorer of one's own: language -> words
    generalise: str = "questions"  # what the intervals are about

    def __repr__(self) -> str:
        right = sum(one.correct is True for one in self.answers)
        return (
            f"ScoredAnswers({right} right of {self.total.n - self.total.n_failed} answers to {self.total.n} questions)"
        )

    @property
    def wrong(self) -> list[ScoredAnswer]:
        """The answers that are wrong, in file order; questions without an answer are not among them."""
        return [one for one in self.answers if one.correct is False]

    @property
    def missing(self) -> list[ScoredAnswer]:
        """The questions without an answer."""
        return [one for one in self.answers if one.answer is None]

    @property
    def unjudged(self) -> list[ScoredAnswer]:
        """The answers of which words cannot tell whether they are right."""
        return [one for one in self.answers if one.answer is not None and one.correct is None]


def score(
    questions: Source,
    answers: Source,
    *,
    split: str | None = None,
    **settings: Any,
) -> ScoredAnswers:
    """Mark the answers that some system gave. No model is loaded and no document read.

    Args:
        questions: a file, a list of dicts or a frame.
        answers: likewise, with columns id or question, and answer.
        split: the questions that are marked: train, validation, test or all; by default those of the test where the
            file says which these are, else all.
        **settings: see `assay.settings.Settings`; over assay.toml and ASSAY_* variables.

    Raises:
        InputError: questions, answers or settings that cannot be used; problems of a file come together.
        PartError: a scorer of one's own failed.
    """
    s = load_settings(settings, environ=os.environ)
    scorer = scorer_of(s)
    asked = _read_questions(questions, answers, scorer, s.columns)
    given = read_answers(answers, asked)
    wanted = _choose(asked, split)
    if not any(question.id in given.answers for question in wanted):
        raise InputError(f"{given.source} answers none of the {len(wanted)} questions to be marked (--split all: any)")
    texts = {id: answer.text for id, answer in given.answers.items()}
    return score_answers(wanted, texts, scorer, s.seed, s.generalise)


def _read_questions(questions: Source, answers: Source, scorer: Scorer, columns: Sequence[str]) -> QuestionSet:
    """The questions; where they cannot be read, and would be the other way round, that is what is said."""
    try:
        return scorer.read(questions, columns)
    except InputError as error:
        if _fits(answers, questions, scorer):
            raise InputError("questions come first, then answers: swap the two") from error
        raise


def _fits(questions: Source, answers: Source, scorer: Scorer) -> bool:
    try:
        read_answers(answers, scorer.read(questions))
    except InputError:
        return False
    return True


def _choose(asked: QuestionSet, split: str | None) -> Sequence[Question]:
    if split not in (None, "all", "train", "validation", "test"):
        raise InputError(f'split must be train, validation, test or all, got "{split}" (--split)')
    if split is None and not asked.of_split("test"):
        split = "all"
    wanted = [question for question in asked.questions if split == "all" or question.split == (split or "test")]
    if not wanted:
        raise InputError(f"{asked.path} holds no question of the split {split} (--split)")
    return wanted


def score_answers(
    questions: Sequence[Question],
    texts: Mapping[str, str],
    scorer: Scorer,
    seed: int = 0,
    generalise: str = "questions",
) -> ScoredAnswers:
    """The marks of one system's answers; the same input gives the same intervals.

    Args:
        questions: at least one.
        texts: question id -> answer; a question without one is counted as failed, and left out of every mean.
        scorer: marks each answer.
        seed: of the intervals.
        generalise: what they are about; see `assay.questions.clusters`.

    Raises:
        PartError: a scorer of one's own failed.
    """
    scores = [scorer.mark(texts[question.id], question) if question.id in texts else None for question in questions]
    marked = list(zip(questions, scores, strict=True))
    return ScoredAnswers(
        total=_part(marked, seed, generalise),
        answerable=_part_where(marked, True, seed, generalise),
        unanswerable=_part_where(marked, False, seed, generalise),
        answers=tuple(_scored(question, texts.get(question.id), score) for question, score in marked),
        scorer=scorer.name,
        reasons={reason: worded(words) for reason, words in scorer.reasons.items()},
        generalise=generalise,
    )


Marked = Sequence[tuple[Question, Score | None]]


def _part_where(marked: Marked, answerable: bool, seed: int, generalise: str) -> ScoredPart | None:
    some = [(question, score) for question, score in marked if question.answerable is answerable]
    return _part(some, seed, generalise) if some else None


def _part(marked: Marked, seed: int, generalise: str) -> ScoredPart:
    sampling = sampling_of([question for question, _ in marked], generalise)

    def mean(value: Callable[[Score], float]) -> Estimate:
        values = [np.nan if score is None else float(value(score)) for _, score in marked]
        return estimate_mean(values, sampling, np.random.default_rng(seed))

    return ScoredPart(
        n=len(marked),
        n_failed=sum(score is None for _, score in marked),
        correct=mean(lambda score: score.value),
        exact_match=mean(lambda score: score.exact_match),
        f1=mean(lambda score: score.f1),
        refused=mean(lambda score: score.refused),
        form_kept=share_kept([score for _, score in marked if score is not None]),
        long=summarise_long([question for question, _ in marked], [score for _, score in marked], sampling, seed),
    )


def _scored(question: Question, text: str | None, score: Score | None) -> ScoredAnswer:
    if score is None:
        score = Score(False, "not_scored", False, 0.0, False)
    return ScoredAnswer(
        id=question.id,
        question=question.text,
        accepted=question.answers,
        answerable=question.answerable,
        answer=text,
        correct=None if text is None else score.correct,
        reason=score.reason,
        exact_match=score.exact_match,
        f1=score.f1,
        refused=score.refused,
        form_kept=score.form_kept,
        complete=score.complete,
        supported=score.supported,
    )
