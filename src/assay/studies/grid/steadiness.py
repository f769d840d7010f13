"""How steady a cell's marks are: test questions asked again in other batches, and in other words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from assay.bench.keys import key_of
from assay.checking.likeness import alike_pairs, likeness, says_the_same
from assay.grid.answering import Answered, answer_cell, plan_batches
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


def _again(asked: Sequence[Question], repeats: int) -> Iterator[tuple[str, list[Question]]]:
    """Rounds of the same questions by their names."""
    for number in range(1, repeats + 1):
        yield f"again {number}", list(asked)


def _in_other_words(asked: Sequence[Question], pipelines: Pipelines) -> Iterator[tuple[str, list[Question]]]:
    """Rounds of reworded questions, under the ids of those that they stand for; a round may lack some."""
    n = pipelines.settings.paraphrases
    if not n:
        return
    kept = _wordings(tuple(asked), n, pipelines)
    for number in range(n):
        round = [replace(q, text=kept[q.id][number]) for q in asked if len(kept[q.id]) > number]
        if round:
            yield f"in other words {number + 1}", round


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
    rounds: Sequence[tuple[str, list[Question]]],
    answered: Answered,
    exam: Exam,
    pipelines: Pipelines,
    scorer: Scorer,
) -> Steadiness:
    first = _marks(asked, asked, answered, scorer)
    columns = {name: _marks(asked, round, _ask(cell, name, round, pipelines), scorer) for name, round in rounds}
    again = np.column_stack([first, *(marks for name, marks in columns.items() if name.startswith("again"))])
    worded = np.column_stack([first, *(marks for name, marks in columns.items() if name.startswith("in other"))])
    everything = np.column_stack([first, *columns.values()])
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


def _ask(cell: Cell, name: str, round: Sequence[Question], pipelines: Pipelines) -> Answered:
    s, bench = pipelines.settings, pipelines.bench
    key = key_of(cell=pipelines.cell_key(cell), round=name, questions=[[q.id, q.text] for q in round])
    number = int(name.split()[-1])
    batches = plan_batches(round, 0, s.answer_batch, s.seed + number)  # in other company than before
    told = f"{cell} {name}"
    return answer_cell(told, key, batches, lambda: pipelines.pipeline(cell), bench.store, bench.progress)


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
