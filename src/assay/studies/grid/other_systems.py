"""Systems from elsewhere beside the cells of a grid: what they answered, marked and compared. Asks nobody anything.

Another system is no cell: it has no row and no column, cannot be built, tuned or served, and costs what its file tells.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assay.bench.parts import Parts
from assay.corpus.document import Passage
from assay.errors import InputError
from assay.grid.column import Column
from assay.grid.row import Row
from assay.questions.exam import Exam
from assay.questions.given_answers import GivenAnswer, GivenAnswers, read_answers
from assay.questions.in_memory import Source
from assay.questions.question import QuestionSet
from assay.scoring import CitedSentence, cite
from assay.scoring.scored_answers import ScoredAnswer, ScoredAnswers, score_answers
from assay.scoring.scorer import Scorer
from assay.settings import Settings
from assay.verdict.against import compare_with_others
from assay.verdict.result import (
    AnswerView,
    CellWords,
    Comparison,
    OtherSummary,
    PassageView,
    QuestionView,
    RunResult,
    Standing,
    ToldCost,
    Verdict,
)
from assay.words import told

__all__ = ["add_others", "count_answered", "read_others"]

_LONGEST_NAME = 40


def read_others(sources: Mapping[str, Source], asked: QuestionSet, parts: Parts) -> dict[str, GivenAnswers]:
    """The answers of each system, by its name.

    Raises:
        InputError: a name that cannot stand beside the cells; a file that is not as it should be.
    """
    taken = {*parts.of(Row), *parts.of(Column)}
    for name in sources:
        if not name.strip() or len(name) > _LONGEST_NAME or set("/,=\n") & set(name):
            raise InputError(
                f'"{name}" cannot name another system: use 1 to {_LONGEST_NAME} characters, without / , = (--answers)'
            )
        if name in taken:
            raise InputError(f'"{name}" is a row or a column of the grid: name the other system otherwise (--answers)')
    return {name: read_answers(source, asked) for name, source in sources.items()}


def count_answered(name: str, given: GivenAnswers, exam: Exam) -> int:
    """How many of the test questions a system has answered.

    Raises:
        InputError: none.
    """
    n_answered = sum(question.id in given.answers for question in exam.test)
    if not n_answered:
        raise InputError(
            f"{given.source}: {name} answered none of the {len(exam.test)} test questions, only some that are learnt "
            "from: have it answer those of the test"
        )
    return n_answered


def add_others(
    result: RunResult, others: Mapping[str, GivenAnswers], exam: Exam, scorer: Scorer, settings: Settings
) -> RunResult:
    """The result of the cells with the other systems beside them: marked by the same scorer, compared in pairs.

    Raises:
        PartError: a scorer of one's own failed.
    """
    marked = [_mark(name, given, exam, scorer, settings) for name, given in others.items()]
    served = {one.cell: _correct_of(one.cell, result) for one in result.cells if result.is_served(one.cell)}
    scores = {one.name: one.correct for one in marked}
    sampling = exam.sampling(settings.generalise)
    comparisons = compare_with_others(served, scores, sampling, settings.margin, settings.seed)
    return replace(
        result,
        comparisons=[*result.comparisons, *comparisons],
        others=[_summarise(one, comparisons, result.verdict, settings.useful_floor) for one in marked],
        questions=[_with_answers(place, question, marked) for place, question in enumerate(result.questions)],
        passages=result.passages | {p.id: _as_view(p) for one in marked for read in one.read for p in read},
        words=result.words | {one.name: _words_of(one.name) for one in marked},
    )


@dataclass(frozen=True)
class _Other:
    """One other system, marked; lists have one entry a test question, in their order."""

    name: str
    given: list[GivenAnswer | None]
    scored: ScoredAnswers
    read: list[list[Passage]]
    citations: list[list[CitedSentence]]

    @property
    def correct(self) -> npt.NDArray[np.float64]:
        """1 right, 0 wrong, NaN no answer."""
        return _as_scores([one.correct for one in self.scored.answers])


def _mark(name: str, given: GivenAnswers, exam: Exam, scorer: Scorer, settings: Settings) -> _Other:
    texts = {id: answer.text for id, answer in given.answers.items()}
    scored = score_answers(exam.test, texts, scorer, settings.seed, settings.generalise)
    answers = [given.answers.get(one.id) for one in scored.answers]
    pairs = list(zip(scored.answers, answers, strict=True))
    read = [_passages(name, mark, answer) for mark, answer in pairs]
    cited = [
        cite(answer.text, passages, mark.question) if answer is not None and passages else []
        for (mark, answer), passages in zip(pairs, read, strict=True)
    ]
    return _Other(name, answers, scored, read, cited)


def _passages(name: str, mark: ScoredAnswer, answer: GivenAnswer | None) -> list[Passage]:
    """What the system read, as if it stood in a document of its name."""
    texts = answer.passages if answer is not None else ()
    return [Passage(f"{name}/{mark.id}/{place}", name, None, "", text) for place, text in enumerate(texts, start=1)]


def _correct_of(cell: str, result: RunResult) -> npt.NDArray[np.float64]:
    found = [answer.correct for question in result.questions for answer in question.cells if answer.cell == cell]
    return _as_scores(found)


def _as_scores(correct: Sequence[bool | None]) -> npt.NDArray[np.float64]:
    return np.array([np.nan if one is None else float(one) for one in correct])


def _summarise(other: _Other, comparisons: Sequence[Comparison], verdict: Verdict, useful_floor: float) -> OtherSummary:
    own = {one.a: one for one in comparisons if one.b == other.name}
    total, answerable, unanswerable = other.scored.total, other.scored.answerable, other.scored.unanswerable
    sentences = [one for cited in other.citations for one in cited]
    is_useful = total.correct.value >= useful_floor  # as for cells: the share itself
    return OtherSummary(
        cell=other.name,
        correct=total.correct,
        correct_answerable=answerable.correct if answerable else None,
        correct_unanswerable=unanswerable.correct if unanswerable else None,
        exact_match=answerable.exact_match.value if answerable and answerable.exact_match.n else 0.0,
        f1=answerable.f1.value if answerable and answerable.f1.n else 0.0,
        refusal_rate=total.refused.value,
        n_failed=total.n_failed,
        told=_told_cost([answer for answer in other.given if answer is not None]),
        standing=_standing(own.get(verdict.cell)),
        is_ahead=is_useful and _standing(own.get(verdict.best)) == "worse",
        form_kept=total.form_kept,
        supported=sum(one.passage is not None for one in sentences) / len(sentences) if sentences else None,
        long=total.long,
    )


def _standing(comparison: Comparison | None) -> Standing:
    return (comparison.standing if comparison else None) or "cannot_tell"


def _told_cost(answers: Sequence[GivenAnswer]) -> ToldCost:
    """Of each figure, over the answers of which it is told."""
    seconds = [answer.seconds for answer in answers if answer.seconds is not None]
    p50, p95 = (float(p) for p in np.percentile(seconds, [50, 95])) if seconds else (None, None)
    price = _mean(answer.price for answer in answers)
    n_tokens = _mean(answer.n_tokens for answer in answers)
    return ToldCost(p50, p95, len(seconds), n_tokens, None if price is None else 1000 * price)


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def _with_answers(place: int, question: QuestionView, others: Sequence[_Other]) -> QuestionView:
    return replace(question, cells=[*question.cells, *(_answer_view(other, place) for other in others)])


def _answer_view(other: _Other, place: int) -> AnswerView:
    mark, answer = other.scored.answers[place], other.given[place]
    return AnswerView(
        cell=other.name,
        text=mark.answer or "",
        correct=mark.correct,
        reason=mark.reason,
        exact_match=mark.exact_match,
        f1=mark.f1,
        refused=mark.refused,
        passages=[passage.id for passage in other.read[place]],
        n_prompt_tokens=0,
        n_new_tokens=0,
        latency_s=answer.seconds if answer is not None else None,
        error="no answer" if answer is None else None,
        citations=other.citations[place],
        form_kept=mark.form_kept,
        complete=mark.complete,
        stated=mark.supported,
    )


def _as_view(passage: Passage) -> PassageView:
    return PassageView(passage.id, passage.document, passage.page, passage.heading, passage.text)


def _words_of(name: str) -> CellWords:
    """It is called by its own name in every language."""
    return CellWords({"en": name}, {"en": name}, told("headline.prefer", other=name))
