"""Bases are asked round by round, and those shown to be worse are asked no more. Judges nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from assay.bench.bench import Bench
from assay.bench.parts import Parts, blaming_parts
from assay.bench.progress import Progress
from assay.errors import EngineError, InputError
from assay.grid.answering import Answered, answer_cell, plan_batches
from assay.grid.cell import Cell
from assay.grid.column import Column
from assay.grid.pipelines import Pipelines
from assay.grid.row import Row
from assay.questions import sampling_of
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.scoring.correctness import Score
from assay.scoring.scorer import chosen_scorer
from assay.statistics.dropping import Behind, count_comparisons, cut_rounds, shown_worse
from assay.studies.bases.candidates import Candidate
from assay.words import figures

__all__ = ["Sat", "Screening", "bounding_cells"]

Floats = npt.NDArray[np.float64]

_ALONE = 5  # questions of the first round asked one at a time, for the latency


@dataclass
class Sat:
    """What a base has answered so far, in each cell, and why it is asked no more."""

    answers: dict[Cell, dict[str, Any]] = field(default_factory=dict)  # question id -> answer and latency
    batches: dict[Cell, list[dict[str, Any]]] = field(default_factory=dict)
    marks: dict[Cell, dict[str, Score]] = field(default_factory=dict)
    behind: Behind | None = None
    round: int = 0  # the last that it was asked in, from 1
    failed: str = ""

    def scores(self, questions: Sequence[Question]) -> Floats:
        """The mean of its marks over the cells, one a question; NaN where a mark is missing."""
        means: Floats = np.mean([self.values(cell, questions) for cell in self.marks], axis=0)
        return means

    def values(self, cell: Cell, questions: Sequence[Question]) -> Floats:
        """Its marks in a cell: 1 right, 0 wrong, NaN without a mark."""
        marks = self.marks[cell]
        return np.array([marks[q.id].value if q.id in marks else np.nan for q in questions])


class _Once:
    """Passes on what was not said before: what is said of the search is the same for every base."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._said = progress, set[str]()
        self.step = progress.step

    def say(self, line: str) -> None:
        """The line, if it is a new one."""
        if line not in self._said:
            self._said.add(line)
            self._progress.say(line)


def bounding_cells(parts: Parts) -> tuple[Cell, Cell]:
    """The cells that bound what a base can reach, asked plainly: reading what is found, and the right page."""
    plain = next(column for column in parts.of(Column).values() if column.is_plain)
    rows = [row for row in parts.of(Row).values() if row.reads and not row.on_request and not row.made_of]
    served = next(row for row in rows if row.is_served)
    ceiling = next(row for row in rows if not row.is_served)
    return Cell(served, plain), Cell(ceiling, plain)


class Screening:
    """Candidates, put to the validation questions of an exam.

    Args:
        candidates: the bases.
        exam: whose validation questions are asked.
        cells: in which each base is asked.
        bench: where answers are kept.
        meet: is told of each base before it is asked, with no engine loaded.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        exam: Exam,
        cells: Sequence[Cell],
        bench: Bench,
        meet: Callable[[Candidate, Pipelines], None],
    ) -> None:
        self._candidates, self._exam, self._cells, self._meet = candidates, exam, cells, meet
        self._bench = replace(bench, progress=_Once(bench.progress))
        self._scorer = chosen_scorer(bench)
        self._rounds = cut_rounds(len(exam.validation), bench.settings.seed)
        self._sat = {one.name: Sat() for one in candidates}

    def hold(self) -> dict[str, Sat]:
        """Name of each base -> what it answered. One whose engine fails is asked no more, with the reason.

        Raises:
            InputError: the engines of all of them failed.
        """
        for number, places in enumerate(self._rounds, start=1):
            standing = [one for one in self._candidates if self._stands(one)]
            if number > 1 and len(standing) < 2:
                break
            names = ", ".join(one.name for one in standing)
            self._bench.say("bases.round", number=number, of=len(self._rounds), n=len(places), bases=names)
            questions = [self._exam.validation[place] for place in sorted(places)]
            for one in standing:
                try:
                    self._ask(one, number, questions)
                except EngineError as error:
                    self._sat[one.name].failed = str(error)
                    self._bench.say("plan.left_out", cell=one.name, reason=error)
            self._drop([one.name for one in standing if self._stands(one)])
        if all(one.failed for one in self._sat.values()):
            raise InputError("\n".join(f"{name}: {one.failed}" for name, one in self._sat.items()))
        return self._sat

    def _stands(self, one: Candidate) -> bool:
        sat = self._sat[one.name]
        return sat.behind is None and not sat.failed

    def _ask(self, one: Candidate, number: int, questions: Sequence[Question]) -> None:
        """A round of one base: every cell asked and marked."""
        bench, sat = self._bench, self._sat[one.name]
        pipelines = Pipelines(self._exam, one.model, bench)
        if number == 1:
            self._meet(one, pipelines)
        s = bench.settings
        for cell in self._cells:
            with blaming_parts(*pipelines.outside(cell)):
                key = f"bases/{number}/{pipelines.cell_key(cell)}"
                batches = plan_batches(questions, _ALONE if number == 1 else 0, s.answer_batch, s.seed)
                make = partial(pipelines.pipeline, cell)
                answers: Answered = answer_cell(f"{one.name}, {cell}", key, batches, make, bench.store, bench.progress)
            sat.answers.setdefault(cell, {}).update(answers)
            sat.batches.setdefault(cell, []).extend(bench.store.batches(key))
            marks = {q.id: self._scorer.mark(answers[q.id][0].text, q) for q in questions}
            sat.marks.setdefault(cell, {}).update(marks)
        sat.round = number
        pipelines.let_engine_go()

    def _drop(self, names: Sequence[str]) -> None:
        """Mark those that are shown to be worse than the leader."""
        questions, s = self._exam.validation, self._bench.settings
        found = {name: self._sat[name].scores(questions) for name in names}
        if len(found) < 2:
            return
        used = ~np.all([np.isnan(values) for values in found.values()], axis=0)
        asked = [question for question, is_used in zip(questions, used, strict=True) if is_used]
        if not asked:
            return
        scores = {name: values[used] for name, values in found.items()}
        n_comparisons = count_comparisons(len(self._candidates), len(self._rounds))
        rng, sampling = np.random.default_rng(s.seed), sampling_of(asked, s.generalise)
        for behind in shown_worse(scores, sampling, s.margin, n_comparisons, rng):
            self._sat[behind.name].behind = behind
            points = figures.points(behind.difference.value, signed=False)
            n, leader = behind.difference.n, behind.leader
            self._bench.say("bases.dropped", base=behind.name, leader=leader, points=points, n=n)
