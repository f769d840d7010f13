"""Whether corrected shares are so where the scorer cannot judge a half of the answers, with judges good and bad.

Each exam has 300 questions and two cells; of the second cell's answers the scorer judges a half, the wrong ones more
often than the right ones, so that its mean is off. Half of the marks are of answers that it cannot judge.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from peoples_marks import CELLS, _result, holds
from simulated_exams import Row, met, percent

from assay.marks.correcting import judge_marks
from assay.marks.drawing import draw_answers
from assay.marks.kept_marks import Mark
from assay.statistics.sampling import over_questions
from assay.verdict.judge_said import JudgedAnswer, JudgeSaid
from assay.verdict.peoples_marks import PeoplesMarks
from assay.verdict.result import AnswerView, QuestionView, RunResult

N_QUESTIONS = 300
RIGHT = (0.7, 0.55)  # share of right answers of each cell
UNJUDGED = ((0.2, 0.2), (0.6, 0.4))  # of right and of wrong answers of each cell
MISTAKEN = 0.08  # of the scorer's marks
LIFT = 0.8  # log-odds by which every judge is too kind


@dataclass(frozen=True)
class Setting:
    """How far a judge's log-odds lie apart for right and wrong answers (their noise is 1), and how many are marked."""

    sharpness: float
    n_marks: int


SETTINGS = tuple(Setting(sharpness, n) for n in (80, 130, 260) for sharpness in (0.0, 0.9, 3.0))


def section(quick: bool) -> Iterator[Row]:
    """Coverage of both corrected shares and of their difference."""
    for number, setting in enumerate(SETTINGS):
        yield _coverage(setting, 40 if quick else 400, np.random.default_rng([13, number]))


def _coverage(setting: Setting, n_exams: int, rng: np.random.Generator) -> Row:
    found = [simulate(setting, rng) for _ in range(n_exams)]
    shares = np.mean([held(one) for one in found], axis=0)
    off = 100 * np.mean([[one.cells[i].corrected.value - RIGHT[i] for i in range(2)] for one in found], axis=0)
    alone = 100 * np.mean([[one.cells[i].scored - RIGHT[i] for i in range(2)] for one in found], axis=0)
    width = 100 * np.mean([one.cells[1].corrected.high - one.cells[1].corrected.low for one in found])
    used = Counter(one.judge.use for one in found)
    told = f"shares {percent(shares[0])}, {percent(shares[1])}, difference {percent(shares[2])}; "
    told += f"off by {off[0]:+.1f}, {off[1]:+.1f} points (the scorer alone {alone[0]:+.1f}, {alone[1]:+.1f}); "
    told += f"width of the second {width:.0f}; "
    told += ", ".join(f"{use} {percent(n / n_exams)}" for use, n in sorted(used.items()))
    name = f"{setting.n_marks} marks, a judge with {setting.sharpness:.1f} between right and wrong"
    return name, told, "93% to 97%", met(bool((abs(shares - 0.95) < 0.0201).all()))


def held(found: PeoplesMarks) -> list[bool]:
    """Whether the intervals of both shares, and of their difference, hold the truth."""
    truths = [*RIGHT, RIGHT[0] - RIGHT[1]]
    figures = [*found.cells, *found.differences]
    return [holds(one.corrected, truth) for one, truth in zip(figures, truths, strict=True)]


def simulate(setting: Setting, rng: np.random.Generator) -> PeoplesMarks:
    """What so many marks say of one exam."""
    result = _run(setting.sharpness, rng)
    draw = draw_answers(result, setting.n_marks, (), (), int(rng.integers(2**31)), "")
    marks = [Mark(row.row, "A", "y" if row.text.startswith("right") else "n") for row in draw.rows]
    found = judge_marks(result, [draw], marks, over_questions([""] * N_QUESTIONS, range(N_QUESTIONS)))
    assert found is not None and found.judge is not None
    return found


def _run(sharpness: float, rng: np.random.Generator) -> RunResult:
    """A result whose answers say of themselves whether they are right, with what a judge says of some."""
    questions, judged = [], []
    for place in range(N_QUESTIONS):
        views = []
        for number, cell in enumerate(CELLS):
            right = bool(rng.random() < RIGHT[number])
            is_open = rng.random() < UNJUDGED[number][0 if right else 1]
            scored = None if is_open else bool(right != (rng.random() < MISTAKEN))
            text = f"{'right' if right else 'wrong'} {cell}"
            views.append(AnswerView(cell, text, scored, "", False, 0.0, False, [], 0, 0, None, None))
            if is_open:
                odds = LIFT + sharpness * (1 if right else -1) + rng.normal()
                judged.append(JudgedAnswer(f"q{place}", text, float(1 / (1 + np.exp(-odds)))))
        questions.append(QuestionView(f"q{place}", "?", ["x"], True, "", None, None, str(place), [], views))
    return replace(_result(questions), judge=JudgeSaid("", False, len(judged), 0, 0, [], 0.0, 0, None, judged))
