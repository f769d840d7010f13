"""A cheaper cell is passed over where it may be less steady: by hand, and against exams whose truth is known."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from assay.statistics.repeated import estimate_steadier, never_turns, right_each_time, spread_of
from assay.statistics.sampling import over_questions
from assay.verdict.cell_choice import Choice, choose
from assay.verdict.recommendation import decide
from assay.verdict.result import Cost

Floats = npt.NDArray[np.float64]
N = 200
SAMPLING = over_questions((np.arange(N) % 5).tolist(), range(N))
TIMES = 5


def marks_of(right: Sequence[bool] | Floats, n_turning: int) -> Floats:
    """Marks of questions asked five times; those of the last ones turn once, at the last time."""
    marks = np.repeat(np.asarray(right, dtype=float)[:, None], TIMES, axis=1)
    marks[N - n_turning :, -1] = 1 - marks[N - n_turning :, -1]
    return marks


def judge(cheap: int, dear: int) -> Choice:
    """Two cells that are right on the same 80 of 100 questions, and turn on so many."""
    right = np.arange(N) % 5 != 0
    scores = {"cheap": right.astype(float), "dear": right.astype(float)}
    repeated = {"cheap": marks_of(right, cheap), "dear": marks_of(right, dear)}
    return choose(scores, SAMPLING, 0.05, np.random.default_rng(0), 500, repeated)


def test_figures_by_hand() -> None:
    marks = np.array([[1, 1, 1], [1, 0, 1], [0, 0, np.nan], [1, np.nan, np.nan]])
    assert never_turns(marks)[:3].tolist() == [1, 0, 1] and np.isnan(never_turns(marks)[3])
    assert right_each_time(marks).tolist() == [1, 0, 0, 1]
    # the variances of the first three: 0, 2/9, 0
    assert spread_of(marks) == pytest.approx(2 / 27)


def test_a_time_without_a_mark_counts_for_neither() -> None:
    a, b = np.tile([1.0, 1.0, 0.0], (N, 1)), np.tile([1.0, 1.0, np.nan], (N, 1))
    lead = estimate_steadier(a, b, SAMPLING, np.random.default_rng(0))
    assert lead.estimate.value == 0  # over the first two times both never turn; alone the first always does


@pytest.mark.parametrize(
    ("cheap", "dear", "chosen", "undecided"),
    [
        (0, 0, "cheap", []),
        (4, 0, "cheap", []),  # 2 points: within the margin with its whole 90% interval
        (50, 0, "dear", []),  # 25 points
        (12, 0, "dear", []),  # 6 points, 3 to 10: shown to be less steady, perhaps by the margin
        (20, 16, "cheap", []),  # the same questions turn: 2 points
        (0, 50, "cheap", []),
    ],
)
def test_the_cheaper_of_two_that_are_as_often_right(cheap: int, dear: int, chosen: str, undecided: list[str]) -> None:
    choice = judge(cheap, dear)
    assert (choice.cell, choice.undecided) == (chosen, undecided)
    (pair,) = choice.steadier
    assert (pair.a, pair.b) == ("dear", "cheap")
    assert pair.difference.value == pytest.approx((cheap - dear) / N)


def test_what_is_not_shown_is_not_decided() -> None:
    """Of forty questions none turns: a lead of five points is not ruled out, and none is shown."""
    right = np.arange(N) % 5 != 0
    scores = {"cheap": right.astype(float), "dear": right.astype(float)}
    few = {cell: np.where(np.arange(N)[:, None] < 40, marks_of(right, 0), np.nan) for cell in scores}
    choice = choose(scores, SAMPLING, 0.05, np.random.default_rng(0), 500, few)
    assert (choice.cell, choice.undecided) == ("dear", ["cheap"])
    costs = {cell: Cost(0, 0, 0, place, None, None, 0, 0, 0) for place, cell in enumerate(scores)}
    decision = decide(scores, costs, SAMPLING, repeated=few)
    assert decision.kind == "cannot_tell" and decision.more_questions is None  # more questions alone do not help


def test_a_handful_of_wordings_says_nothing() -> None:
    right = np.arange(N) % 5 != 0
    scores = {"cheap": right.astype(float), "dear": right.astype(float)}
    few = {cell: np.where(np.arange(N)[:, None] < 9, marks_of(right, 0), np.nan) for cell in scores}
    choice = choose(scores, SAMPLING, 0.05, np.random.default_rng(0), 500, few)
    assert (choice.cell, choice.undecided, choice.steadier) == ("cheap", [], [])


def test_right_answers_come_before_steadiness() -> None:
    """A dearer cell that never turns takes no place of one that is more often right."""
    right = np.arange(N) % 5 != 0
    scores = {"cheap": right.astype(float), "dear": (np.arange(N) % 2 == 0).astype(float)}
    repeated = {"cheap": marks_of(right, 60), "dear": marks_of(scores["dear"], 0)}
    choice = choose(scores, SAMPLING, 0.05, np.random.default_rng(0), 500, repeated)
    assert (choice.cell, choice.undecided, choice.steadier) == ("cheap", [], [])


def test_without_marks_asked_again_nothing_changes() -> None:
    right = (np.arange(N) % 5 != 0).astype(float)
    scores = {"cheap": right, "dear": right}
    alone, beside = (choose(scores, SAMPLING, 0.05, np.random.default_rng(0), 500, given) for given in (None, {}))
    assert alone == beside and alone.cell == "cheap" and alone.steadier == []


def test_few_decisions_for_a_less_steady_cell() -> None:
    """Two cells are as often right, and the cheap one turns on 8 points more: it is hardly ever decided for."""
    rng, wrong = np.random.default_rng(4), 0
    for _ in range(150):
        right = rng.random(N) < 0.8
        scores = {name: right.astype(float) for name in ("cheap", "dear")}
        turning = {"cheap": rng.random(N) < 0.12, "dear": rng.random(N) < 0.04}
        repeated = {
            name: np.where((np.arange(TIMES) == 2) & turning[name][:, None], 1 - right[:, None], right[:, None]) * 1.0
            for name in scores
        }
        choice = choose(scores, SAMPLING, 0.05, rng, 300, repeated)
        wrong += choice.cell == "cheap" and not choice.undecided
    assert wrong / 150 <= 0.05
