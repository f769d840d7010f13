"""How steady a cell's marks are: test questions asked again in other batches, and in other words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from assay.bench.keys import key_of
from assay.checking.likeness import alike_pairs, likeness, says_the_same
from assay.grid.answering import Answered, answer_beside
from assay.grid.cell import Cell
from assay.grid.pipelines import Pipelines
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.retrieval.rewriting import rewrite_questions
from assay.scoring.scorer import Scorer
from assay.statistics.inference import estimate_mean
from assay.verdict.result import Steadiness

__all__ = ["measure_steadiness"]

Marks = npt.NDArray[np.float64]  # Q×T: questions, and the times that each was asked; NaN: not asked, or no answer

_TRIED = 2  # wordings written for each that is wanted
_SAMPLE = 40  # test questions


def measure_steadiness(
    exam: Exam, pipelines: Pipelines, answers: Mapping[Cell, Answered], scorer: Scorer
) -> list[Steadiness]:
    """For each cell that can be served, how its marks turn; empty where the settings ask for nothing.

    Forty test questions, drawn by the seed, are asked `repeats` times in other batches, which rounds otherwise, and in
    `paraphrases` other wordings, which the base model writes and which must name the same numbers, names and denials
    and lie near the question. All of it is kept like any answer.
    """
    s = pipelines.settings
    if not s.repeats and not s.paraphrases:
        return []
    order = np.random.default_rng(s.seed).permutation(len(exam.test))[:_SAMPLE]
    asked = [exam.test[place] for place in sorted(order)]
    rounds = [*_again(asked, s.repeats), *_in_other_words(asked, pipelines)]
    served = [cell for cell in answers if cell.can_be_served]
    return [_steadiness(cell, asked, rounds, answers[cell], exam, pipelines, scorer) for cell in served]


@dataclass(frozen=True)
class _Round:
    """Questions asked once more, under the ids of those of the sample that they stand for."""

    name: str  # part of the key of its answers
    draw: int  # of the batches
    questions: Sequence[Question]
    is_reworded: bool


def _again(asked: Sequence[Question], repeats: int) -> list[_Round]:
    return [_Round(f"again {number}", number, asked, False) for number in range(1, repeats + 1)]


def _in_other_words(asked: Sequence[Question], pipelines: Pipelines) -> list[_Round]:
    """A round may lack some questions."""
    n = pipelines.settings.paraphrases
    kept = _wordings(asked, n, pipelines) if n else {}
    rounds = []
    for place in range(n):
        questions = [replace(q, text=kept[q.id][place]) for q in asked if len(kept[q.id]) > place]
        if questions:
            rounds.append(_Round(f"in other words {place + 1}", place + 1, questions, True))
    return rounds


def _wordings(asked: Sequence[Question], n: int, pipelines: Pipelines) -> dict[str, list[str]]:
    lang, encoder = pipelines.exam.lang, pipelines.search.encoder
    written = rewrite_questions(pipelines.base_engine(), [question.text for question in asked], _TRIED * n, lang)
    encode = encoder.encode_queries if encoder else None
    least = likeness(encoder.name if encoder else "")
    return {
        question.id: [
            text
            for text in texts
            if says_the_same(question.text, text) and alike_pairs([text], encode, least, [question.text])
        ][:n]
        for question, texts in zip(asked, written, strict=True)
    }


def _steadiness(
    cell: Cell,
    asked: Sequence[Question],
    rounds: Sequence[_Round],
    answered: Answered,
    exam: Exam,
    pipelines: Pipelines,
    scorer: Scorer,
) -> Steadiness:
    first = _marks(asked, asked, answered, scorer)
    marks = [_marks(asked, one.questions, _ask(cell, one, pipelines), scorer) for one in rounds]
    again, worded = (
        np.column_stack([first, *(m for one, m in zip(rounds, marks, strict=True) if one.is_reworded is is_reworded)])
        for is_reworded in (False, True)
    )
    everything = np.column_stack([first, *marks])
    wanted = np.isin([question.id for question in exam.test], [question.id for question in asked])
    sampling = exam.sampling(pipelines.settings.generalise).take(wanted)
    rng = np.random.default_rng(pipelines.settings.seed)
    return Steadiness(
        cell=str(cell),
        n_questions=len(asked),
        n_again=again.shape[1] - 1,
        n_wordings=int((~np.isnan(worded[:, 1:])).sum()),
        steady_again=estimate_mean(_never_turns(again), sampling, rng) if again.shape[1] > 1 else None,
        steady_worded=estimate_mean(_never_turns(worded), sampling, rng) if worded.shape[1] > 1 else None,
        always_right=estimate_mean(_all_right(everything), sampling, rng),
        spread_again=_spread(again),
        spread_worded=_spread(worded),
    )


def _ask(cell: Cell, one: _Round, pipelines: Pipelines) -> Answered:
    asked = [[q.id, q.text] for q in one.questions]
    key = key_of(cell=pipelines.cell_key(cell), round=one.name, questions=asked)
    make = partial(pipelines.pipeline, cell)
    return answer_beside(f"{cell} {one.name}", key, one.questions, make, pipelines.bench, one.draw)


def _marks(
    asked: Sequence[Question], round: Sequence[Question], answered: Answered, scorer: Scorer
) -> npt.NDArray[np.float64]:
    """1 right, 0 wrong, NaN not asked in this round or not answered, in the order of the sample."""
    there = {question.id for question in round} & answered.keys()
    return np.array([scorer.mark(answered[q.id][0].text, q).value if q.id in there else np.nan for q in asked])


def _never_turns(marks: Marks) -> npt.NDArray[np.float64]:
    """1 where all marks of a question are the same, 0 where one differs, NaN where it has but one."""
    told = ~np.isnan(marks)
    right = np.where(told, marks, 0).sum(axis=1)
    n = told.sum(axis=1)
    return np.where(n > 1, ((right == 0) | (right == n)).astype(float), np.nan)


def _all_right(marks: Marks) -> npt.NDArray[np.float64]:
    """pass^k: 1 where a question is right each time that it was asked."""
    told = ~np.isnan(marks)
    return np.where(told.any(axis=1), (np.where(told, marks, 1) == 1).all(axis=1).astype(float), np.nan)


def _spread(marks: Marks) -> float | None:
    """The mean variance of the marks of one question, 0 (never turns) to 1/4; None where none has two."""
    told = (~np.isnan(marks)).sum(axis=1) > 1
    return float(np.nanvar(marks[told], axis=1).mean()) if told.any() else None
