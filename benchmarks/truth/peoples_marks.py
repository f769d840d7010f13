"""Whether what `assay marks` says is so: exams of known truth, a biased scorer, and answers drawn, marked and weighed.

Each exam has 300 questions on documents and two cells, a part of whose answers are the same, and a scorer that is wrong
more often for one cell than for the other. Of 120 answers that are marked, 60 or more stand for each cell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import ndtr, ndtri
from simulated_exams import Row, met, percent

from assay.marks.correcting import judge_marks
from assay.marks.drawing import draw_answers
from assay.marks.kept_marks import Mark
from assay.statistics.estimate import Estimate
from assay.statistics.sampling import over_documents, over_questions
from assay.verdict.peoples_marks import PeoplesMarks
from assay.verdict.result import (
    AnswerView,
    CellSummary,
    Comparison,
    Cost,
    Diagnosis,
    NextAction,
    QuestionView,
    RowView,
    RunResult,
    Verdict,
)

CELLS = ("retrieved/zero-shot", "retrieved/tuned")
N_QUESTIONS = 300
_NOTHING = Estimate(0.0, None, None, 0, 0)


@dataclass(frozen=True)
class Setting:
    """Shares of right answers by cell, the scorer's false wrongs and false rights by cell, and the exam's shape."""

    right: tuple[float, float]
    false_wrong: tuple[float, float]
    false_right: tuple[float, float]
    n_documents: int = 60
    shared: float = 0.3  # of the questions that both cells answer alike
    icc: float = 0.1  # correlation of two questions of one document
    generalise: str = "questions"

    def mixed(self, a: float, b: float) -> tuple[float, float]:
        """Figures of both cells, what is shared being the first one's."""
        return a, self.shared * a + (1 - self.shared) * b

    @property
    def bias(self) -> tuple[float, float]:
        """The scorer's, of each cell, in points."""
        errors = zip(self.right, self.false_right, self.false_wrong, strict=True)
        return self.mixed(*(100 * ((1 - right) * up - right * down) for right, up, down in errors))


SETTINGS = (
    Setting((0.7, 0.6), (0.0, 0.0), (0.0, 0.0)),
    Setting((0.7, 0.6), (0.15, 0.15), (0.02, 0.02)),
    Setting((0.8, 0.7), (0.25, 0.0), (0.0, 0.0)),
    Setting((0.6, 0.6), (0.33, 0.1), (0.0, 0.0)),
    Setting((0.5, 0.6), (0.0, 0.2), (0.3, 0.02), n_documents=30, generalise="documents"),
    Setting((0.9, 0.85), (0.1, 0.2), (0.05, 0.05), n_documents=300, generalise="documents"),
    Setting((0.3, 0.4), (0.1, 0.4), (0.02, 0.02), shared=0.0),
    Setting((0.7, 0.7), (0.28, 0.0), (0.0, 0.0), n_documents=30, shared=0.7, icc=0.2),
    Setting((0.7, 0.7), (0.28, 0.0), (0.0, 0.0), n_documents=30, shared=0.7, icc=0.2, generalise="documents"),
    Setting((0.6, 0.6), (0.33, 0.1), (0.0, 0.0), n_documents=1),
)
NOTICED = (
    Setting((0.6, 0.6), (0.25, 0.25), (0.0, 0.0)),
    Setting((0.75, 0.75), (0.2, 0.2), (0.0, 0.0)),
    Setting((0.6, 0.6), (0.27, 0.27), (0.03, 0.03)),
    Setting((0.5, 0.5), (0.0, 0.0), (0.3, 0.3)),
)


def section(quick: bool) -> Iterator[Row]:
    """Coverage of the corrected means and the difference, then how often 60 marks in all notice a bias."""
    for number, setting in enumerate(SETTINGS):
        yield _coverage(setting, 60 if quick else 1000, np.random.default_rng([7, number]))
    for number, setting in enumerate(NOTICED):
        rng = np.random.default_rng([7, 100 + number])
        share = float(np.mean([is_noticed(simulate(setting, 60, rng)[0]) for _ in range(60 if quick else 1000)]))
        yield (
            f"60 marks, {_told(setting)}",
            f"the bias is noticed in {percent(share)}",
            "90% or more",
            met(share >= 0.9),
        )


def _coverage(setting: Setting, n_exams: int, rng: np.random.Generator) -> Row:
    held, off, width, scored = [], [], [], []
    for _ in range(n_exams):
        found, (a, b) = simulate(setting, 120, rng)
        figures = [(found.cells[0], a), (found.cells[1], b), (found.differences[0], a - b)]
        held.append([holds(one.corrected, truth) for one, truth in figures])
        off.append([one.corrected.value - truth for one, truth in figures])
        scored.append([one.scored - truth for one, truth in figures])
        width.append(found.differences[0].corrected.high - found.differences[0].corrected.low)
    shares = np.mean(held, axis=0)
    told = f"means {percent(shares[0])}, {percent(shares[1])}, difference {percent(shares[2])}; "
    told += f"off by {_points(off)} points (the scorer alone {_points(scored)}); "
    told += f"width of the difference {100 * np.mean(width):.0f}"
    setting_told = f"120 marks, {_told(setting)}, {setting.n_documents} documents, new {setting.generalise}"
    return setting_told, told, "93% to 97%", met(bool((abs(shares - 0.95) < 0.0201).all()))


def holds(one: Estimate | None, truth: float) -> bool:
    """Whether a corrected figure has an interval that holds the truth."""
    return one is not None and one.low is not None and one.high is not None and one.low <= truth <= one.high


def is_noticed(found: PeoplesMarks) -> bool:
    """Whether the interval of the bias leaves out 0."""
    return found.bias.high < 0 or found.bias.low > 0


def _told(setting: Setting) -> str:
    right, bias = (
        ", ".join(f"{one:.0f}" for one in values) for values in ([100 * r for r in setting.right], setting.bias)
    )
    return f"right {right}%, scorer off by {bias} points, {100 * setting.shared:.0f}% of answers the same"


def _points(values: Sequence[Sequence[float]]) -> str:
    return ", ".join(f"{100 * value:+.1f}" for value in np.mean(values, axis=0))


def simulate(setting: Setting, n_marks: int, rng: np.random.Generator) -> tuple[PeoplesMarks, tuple[float, float]]:
    """What so many marks say of one exam, and each cell's true share of right answers."""
    documents, of_document = rng.integers(setting.n_documents, size=N_QUESTIONS), rng.normal(size=setting.n_documents)
    result, is_right = make_run(setting, documents, of_document, rng)
    draw = draw_answers(result, n_marks, (), (), int(rng.integers(2**31)), "")
    marks = [Mark(row.row, "A", "y" if is_right[row.question, row.text] else "n") for row in draw.rows]
    names = [str(one) for one in documents]
    over = over_questions(names, range(N_QUESTIONS)) if setting.generalise == "questions" else over_documents(names)
    found = judge_marks(result, [draw], marks, over)
    assert found is not None
    return found, _truth(setting, of_document[documents])


def _truth(setting: Setting, ease: np.ndarray) -> tuple[float, float]:
    """Of new questions on documents of this ease; or on any documents."""
    if setting.generalise == "documents":
        return setting.mixed(*setting.right)
    rest = np.sqrt(1 - setting.icc)
    rates = [ndtr((ndtri(right) - np.sqrt(setting.icc) * ease) / rest).mean() for right in setting.right]
    return setting.mixed(*map(float, rates))


def make_run(
    setting: Setting, documents: np.ndarray, of_document: np.ndarray, rng: np.random.Generator
) -> tuple[RunResult, dict[tuple[str, str], bool]]:
    """A result of two cells, and whether each of its answers is right."""
    right = np.empty((2, N_QUESTIONS), dtype=bool)
    of_question = rng.normal(size=N_QUESTIONS)
    rest = np.sqrt(1 - setting.icc - 0.4)
    for cell, share in enumerate(setting.right):
        ease = np.sqrt(setting.icc) * of_document[documents] + np.sqrt(0.4) * of_question
        right[cell] = ease + rest * rng.normal(size=N_QUESTIONS) < ndtri(share)
    chance = rng.random((2, N_QUESTIONS))
    scored = np.array(
        [np.where(right[i], chance[i] >= setting.false_wrong[i], chance[i] < setting.false_right[i]) for i in range(2)]
    )
    same = rng.random(N_QUESTIONS) < setting.shared
    right[1], scored[1] = np.where(same, right[0], right[1]), np.where(same, scored[0], scored[1])
    texts = [["one"] * N_QUESTIONS, ["one" if yes else "two" for yes in same]]
    questions = [
        _question(place, str(documents[place]), [(texts[i][place], bool(scored[i, place])) for i in range(2)])
        for place in range(N_QUESTIONS)
    ]
    truth = {(f"q{place}", texts[i][place]): bool(right[i, place]) for place in range(N_QUESTIONS) for i in range(2)}
    return _result(questions), truth


def _question(place: int, cluster: str, given: Sequence[tuple[str, bool]]) -> QuestionView:
    cells = [_answer(cell, text, scored) for cell, (text, scored) in zip(CELLS, given, strict=True)]
    return QuestionView(f"q{place}", f"{place}?", ["x"], True, cluster, None, None, cluster, [], cells)


@cache
def _answer(cell: str, text: str, scored: bool | None) -> AnswerView:
    return AnswerView(cell, text, scored, "", bool(scored), 0.0, False, [], 0, 0, None, None)


def _result(questions: list[QuestionView]) -> RunResult:
    cost = Cost(0.0, 0, 0.0, 1.0, None, None, 0, 0.0, 0.0)
    verdict = Verdict("decided", CELLS[0], CELLS[0], 0.05, [], None, NextAction("none", None, None), [])
    return RunResult(
        run_id="0" * 12, created="", title="", base="", engine="", counts={}, detectable_difference=0.1,
        skipped_files=[], left_out={}, warnings=[],
        cells=[CellSummary(cell, _NOTHING, None, None, 0.0, 0.0, 0.0, 0, cost) for cell in CELLS],
        comparisons=[Comparison(*CELLS, _NOTHING, None, None)], retriever=None,
        diagnosis=Diagnosis([], [], 0, 0, {}), verdict=verdict, questions=questions, passages={}, training=[],
        settings={}, rows=[RowView("retrieved", {"en": "retrieved"}, {"en": ""}, True, "reading")],
    )  # fmt: skip
