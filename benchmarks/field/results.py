"""Finished runs by part, set and base, and the paired differences of their cells. Knows no claim."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from field.kept import Result, read_kept_run
from field.parts import Job, base_name
from field.rules import Figure, half_width

from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_difference, estimate_mean
from assay.statistics.sampling import Sampling, over_questions
from assay.verdict.drill_result import DrillResult
from assay.verdict.label_result import LabelResult
from assay.verdict.result import AnswerView, CellSummary, QuestionView, RunResult

__all__ = ["Done", "Results", "difference", "figure", "load_results", "mean", "ratio", "unpaired"]

Mark = Callable[[AnswerView], float]  # NaN: left out
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Done:
    """A job and its result."""

    job: Job
    result: Result

    @property
    def set(self) -> str:
        return self.job.set

    @property
    def base(self) -> str:
        return base_name(self.job.base)

    @property
    def run(self) -> RunResult:
        assert isinstance(self.result, RunResult)
        return self.result

    @property
    def labels(self) -> LabelResult:
        assert isinstance(self.result, LabelResult)
        return self.result

    @property
    def drill(self) -> DrillResult:
        assert isinstance(self.result, DrillResult)
        return self.result

    @property
    def place(self) -> tuple[str, str]:
        """Set and base, as a figure names them."""
        return self.set, self.base

    def cell(self, name: str) -> CellSummary | None:
        """A cell of a grid; None where it was left out."""
        return next((cell for cell in self.run.cells if cell.cell == name), None)


@dataclass(frozen=True)
class Results:
    """All that is finished, and why the rest is not: a reason by job, "" where it was not begun or is not done."""

    done: Sequence[Done]
    missing: dict[Job, str]
    seconds: float = 0.0  # that the finished ones took together

    def of(self, *parts: str) -> Iterator[Done]:
        """Those of some parts, in their order."""
        return (one for part in parts for one in self.done if one.job.part == part)

    def find(self, part: str, set: str, base: str) -> Done | None:
        """That of one part, set and base (by its short name)."""
        return next((one for one in self.of(part) if one.place == (set, base)), None)


def load_results(jobs: Sequence[Job], runs: Path) -> Results:
    """What is kept of the jobs."""
    done, missing, seconds = list[Done](), dict[Job, str](), 0.0
    for job in jobs:
        kept = read_kept_run(job.name, runs)
        if kept.result is None:
            missing[job] = kept.failed
        else:
            done.append(Done(job, kept.result))
            seconds += kept.seconds
    return Results(done, missing, seconds)


def right(answer: AnswerView) -> float:
    """1 for a right answer, 0 for a wrong one, NaN for one without a mark."""
    return math.nan if answer.correct is None else float(answer.correct)


def marks(result: RunResult, cell: str, mark: Mark = right) -> dict[str, float]:
    """Of each question, what its answer by a cell counts; empty where the cell was left out."""
    return {q.id: mark(answer) for q in result.questions for answer in q.cells if answer.cell == cell}


def difference(a: dict[str, float], b: dict[str, float], questions: Sequence[QuestionView]) -> Estimate | None:
    """The mean of a − b over the questions that both have, paired; None with fewer than two."""
    used = [q for q in questions if not math.isnan(a.get(q.id, math.nan) - b.get(q.id, math.nan))]
    if len(used) < 2:
        return None
    columns = [[side[q.id] for q in used] for side in (a, b)]
    return estimate_difference(*columns, _sampling(used), np.random.default_rng(0)).estimate


def mean(values: dict[str, float], questions: Sequence[QuestionView]) -> Estimate | None:
    """The mean over the questions that have a value; None with fewer than two."""
    used = [q for q in questions if not math.isnan(values.get(q.id, math.nan))]
    if len(used) < 2:
        return None
    return estimate_mean([values[q.id] for q in used], _sampling(used), np.random.default_rng(0))


def _sampling(questions: Sequence[QuestionView]) -> Sampling:
    return over_questions([q.document for q in questions], [q.cluster for q in questions])


def unpaired(a: Estimate | None, b: Estimate | None) -> Estimate | None:
    """a − b of two shares that nothing pairs: the variances are added, which is too wide where they go together."""
    if a is None or b is None or None in (a.low, a.high, b.low, b.high):
        return None
    half = math.hypot((a.high - a.low) / 2, (b.high - b.low) / 2)  # type: ignore[operator]
    value = a.value - b.value
    return Estimate(value, value - half, value + half, min(a.n, b.n), min(a.n_clusters, b.n_clusters))


def ratio(a: float | None, b: float | None) -> float | None:
    """The logarithm of a / b; None where one of them is missing or not above 0."""
    return math.log(a / b) if a and b and a > 0 and b > 0 else None


def log_ratio(a: dict[str, float], b: dict[str, float]) -> Estimate | None:
    """The mean of log(a / b) over what both have a value above 0 of, with its interval; None with fewer than two."""
    both = [math.log(a[id] / b[id]) for id in a if id in b and a[id] > 0 and b[id] > 0]
    if len(both) < 2:
        return None
    value, half = float(np.mean(both)), half_width(both)
    return Estimate(value, value - half, value + half, len(both), len(both))


def figure(place: tuple[str, str], estimate: Estimate | float | None) -> Iterator[Figure]:
    """The figure of a set and base; nothing where there is no estimate, or none with an interval of several."""
    if isinstance(estimate, float | int):
        yield Figure(*place, float(estimate))
    elif estimate is not None and estimate.low is not None:
        yield Figure(*place, estimate.value, estimate.low, estimate.high)
