"""How steady a cell's marks are: test questions asked again in other batches, and in other words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from assay.bench.keys import key_of
from assay.bench.meter import Meter
from assay.bench.parts import blaming_parts
from assay.checking.likeness import alike_pairs, likeness, same_words, says_the_same
from assay.errors import PartError
from assay.grid.answering import answer_beside
from assay.grid.cell import Cell
from assay.grid.pipelines import Pipelines
from assay.questions.answer import Answer
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.retrieval import Encoder
from assay.retrieval.rewriting import REWRITING_VERSION, rewrite_questions
from assay.scoring.scorer import Scorer
from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_mean
from assay.statistics.repeated import Marks, never_turns, right_each_time, spread_of
from assay.statistics.sampling import Sampling
from assay.verdict.recommendation import worth_asking_again
from assay.verdict.result import Steadiness
from assay.words import message

__all__ = ["AskedAgain", "ask_again"]

Floats = npt.NDArray[np.float64]

_TRIED = 2  # wordings written for each that is wanted
_SAMPLE = 200  # test questions at most; with 40 not even cells that never turn are told to be as steady within 5 points


@dataclass(frozen=True)
class AskedAgain:
    """Marks of a sample of the test questions, by cell: Q×T over all test questions, the exam's own marks first."""

    marks: Mapping[str, Marks] = field(default_factory=dict)
    is_reworded: tuple[bool, ...] = ()  # T
    n_questions: int = 0

    def summarise(self, sampling: Sampling, seed: int) -> list[Steadiness]:
        """What the report shows of each cell; `sampling` is that of all test questions."""
        return [self._summarise(cell, marks, sampling, seed) for cell, marks in self.marks.items()]

    def _summarise(self, cell: str, marks: Marks, sampling: Sampling, seed: int) -> Steadiness:
        rng, reworded = np.random.default_rng(seed), np.array(self.is_reworded)
        again, worded = (
            np.column_stack([marks[:, 0], marks[:, 1:][:, kind]]) for kind in (~reworded[1:], reworded[1:])
        )

        def estimate(some: Marks) -> Estimate | None:
            return estimate_mean(never_turns(some), sampling, rng) if some.shape[1] > 1 else None

        return Steadiness(
            cell=cell,
            n_questions=self.n_questions,
            n_again=again.shape[1] - 1,
            n_wordings=int((~np.isnan(worded[:, 1:])).sum()),
            steady_again=estimate(again),
            steady_worded=estimate(worded),
            always_right=estimate_mean(right_each_time(marks), sampling, rng),
            spread_again=spread_of(again),
            spread_worded=spread_of(worded),
            steady=estimate(marks),
        )


def ask_again(scores: Mapping[Cell, Floats], exam: Exam, pipelines: Pipelines, scorer: Scorer) -> AskedAgain:
    """Marks of test questions asked again; nothing is asked where the settings ask for nothing.

    At most 200 test questions, drawn by the seed, are asked `repeats` times in other batches, which rounds otherwise,
    and in `paraphrases` other wordings, which the base model writes and which must name the same numbers, names and
    denials and lie near the question. Cells that are shown to be worse than the best are not asked; one whose part from
    outside fails is left out, and why is said. All of it is kept like any answer.

    Args:
        scores: the exam's own marks of all test questions, 1, 0 or NaN.
        exam: whose questions.
        pipelines: which make the cells real.
        scorer: which marks the answers.
    """
    s = pipelines.settings
    if not s.repeats and not s.paraphrases:
        return AskedAgain()
    order = np.random.default_rng(s.seed).permutation(len(exam.test))[:_SAMPLE]
    asked = [exam.test[place] for place in sorted(order)]
    rounds = [*_again(asked, s.repeats), *_in_other_words(asked, pipelines)]
    wanted, marks = worth_asking_again(scores, exam.sampling(s.generalise), s.margin), {}
    for cell in [cell for cell in scores if str(cell) in wanted]:
        try:
            with blaming_parts(*pipelines.outside(cell)):
                marks[str(cell)] = _marks(cell, scores[cell], asked, rounds, exam, pipelines, scorer)
        except PartError as error:
            pipelines.bench.say("run.not_again", cell=cell, reason=error)
    return AskedAgain(marks, (False, *(one.is_reworded for one in rounds)), len(asked))


@dataclass(frozen=True)
class _Round:
    """Questions asked once more, under the ids of those of the sample that they stand for."""

    name: str  # part of the key of its answers
    draw: int  # of the batches
    questions: Sequence[Question]
    is_reworded: bool

    def title(self, cell: Cell, lang: str) -> str:
        """What is shown while it is asked."""
        return message("step.reworded" if self.is_reworded else "step.again", lang, cell=cell, n=self.draw)


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
    """Question id -> at most n other wordings."""
    is_meant = _judge_of_wordings(pipelines.search.encoder)
    return {
        question.id: [text for text in texts if is_meant(question.text, text)][:n]
        for question, texts in zip(asked, _write(asked, _TRIED * n, pipelines), strict=True)
    }


def _judge_of_wordings(encoder: Encoder | None) -> Callable[[str, str], bool]:
    """Whether two texts ask the same: by words and encoder; by nearly the same words, where there is none."""
    if encoder is None:
        return same_words
    encode, least = encoder.encode_queries, likeness(encoder.name)
    return lambda a, b: says_the_same(a, b) and bool(alike_pairs([b], encode, least, [a]))


def _write(asked: Sequence[Question], n: int, pipelines: Pipelines) -> list[list[str]]:
    """At most n wordings of each question by the base model, kept batch by batch: a killed run goes on where it was."""
    lang, model, size = pipelines.exam.lang, pipelines.model, pipelines.settings.answer_batch
    show, written = pipelines.bench.show("step.wordings"), []
    for start in range(0, len(asked), size):
        texts = [question.text for question in asked[start : start + size]]
        by = [model.sha256, model.engine_name, REWRITING_VERSION]
        key = f"wordings/{key_of(by=by, questions=texts, n=n, lang=lang)}"
        write = partial(_rewritten, pipelines, texts, n)
        written += pipelines.bench.store.once(key, write).value
        show(len(written), len(asked))
    return written


def _rewritten(pipelines: Pipelines, texts: Sequence[str], n: int, meter: Meter) -> list[list[str]]:
    return rewrite_questions(pipelines.base_engine(), texts, n, pipelines.exam.lang)


def _marks(
    cell: Cell,
    own: Floats,
    asked: Sequence[Question],
    rounds: Sequence[_Round],
    exam: Exam,
    pipelines: Pipelines,
    scorer: Scorer,
) -> Marks:
    """Q×T: of the questions that were asked again their marks in the exam and in each round, NaN for all others."""
    is_asked = np.isin([question.id for question in exam.test], [question.id for question in asked])
    columns = [np.where(is_asked, own, np.nan)]
    for one in rounds:
        given = _ask(cell, one, pipelines)
        marks = {q.id: _mark(given[q.id], q, scorer) for q in one.questions if q.id in given}
        columns.append(np.array([marks.get(question.id, np.nan) for question in exam.test]))
    return np.column_stack(columns)


def _ask(cell: Cell, one: _Round, pipelines: Pipelines) -> dict[str, Answer]:
    asked = [[q.id, q.text] for q in one.questions]
    key = key_of(cell=pipelines.cell_key(cell), round=one.name, questions=asked)
    make, title = partial(pipelines.pipeline, cell), one.title(cell, pipelines.settings.lang)
    said = answer_beside(title, key, one.questions, make, pipelines.bench, one.draw)
    return {id: answer for id, (answer, _) in said.items()}


def _mark(answer: Answer, question: Question, scorer: Scorer) -> float:
    """As in the exam: a reply that repeats its prompt is wrong, whatever stands in it."""
    return 0.0 if answer.is_echo else scorer.mark(answer.text, question).value
