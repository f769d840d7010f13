"""Who is dropped: against exams whose truth is known."""

import numpy as np
import numpy.typing as npt
import pytest

from assay.statistics.dropping import count_comparisons, cut_rounds, shown_worse
from assay.statistics.sampling import Sampling, over_questions

Floats = npt.NDArray[np.float64]


def sampling(n: int) -> Sampling:
    return over_questions([place % 5 for place in range(n)], list(range(n)))


def draw(shares: list[float], n: int, rng: np.random.Generator) -> dict[str, Floats]:
    """Marks of things that get these shares right, harder questions being hard for all: half of it is in common."""
    hard = rng.random(n)
    limits = [np.sqrt(share / 2) if share <= 0.5 else 1 - np.sqrt((1 - share) / 2) for share in shares]
    return {f"b{i}": ((hard + rng.random(n)) / 2 < limit).astype(float) for i, limit in enumerate(limits)}


@pytest.mark.parametrize(("n", "sizes"), [(10, [10]), (31, [31]), (32, [8, 8, 16]), (41, [10, 10, 21])])
def test_rounds_hold_every_question_once(n: int, sizes: list[int]) -> None:
    rounds = cut_rounds(n, seed=3)
    assert [len(one) for one in rounds] == sizes
    assert sorted(place for one in rounds for place in one) == list(range(n))
    assert rounds == cut_rounds(n, seed=3) != cut_rounds(n, seed=4)


def test_a_thing_that_is_plainly_worse_is_dropped_and_an_equal_one_is_not() -> None:
    right, wrong = np.ones(40), np.zeros(40)
    half = np.arange(40) % 2.0
    dropped = shown_worse({"a": half, "b": 1 - half, "c": wrong}, sampling(40), 0.05, 3, np.random.default_rng(0))
    assert [(one.name, one.leader) for one in dropped] == [("c", "a")]
    assert dropped[0].difference.value == 0.5 and dropped[0].p < 0.05 / 3
    assert not shown_worse({"a": right, "b": right}, sampling(40), 0.05, 1, np.random.default_rng(0))


def test_what_does_not_matter_drops_nobody() -> None:
    """A difference of 4 points that is as sure as can be, and a margin of 5."""
    rng = np.random.default_rng(0)
    a = np.ones(1000)
    b = np.where(np.arange(1000) % 25 == 0, 0.0, 1.0)
    assert not shown_worse({"a": a, "b": b}, sampling(1000), 0.05, 1, rng)
    assert [one.name for one in shown_worse({"a": a, "b": b}, sampling(1000), 0.03, 1, rng)] == ["b"]


def test_what_was_not_marked_is_left_out() -> None:
    a, b = np.ones(40), np.full(40, np.nan)
    assert not shown_worse({"a": a, "b": b}, sampling(40), 0.05, 1, np.random.default_rng(0))


def test_equal_things_are_rarely_dropped_and_the_right_one_hardly_ever() -> None:
    """Of 60 exams each: five equals lose one in at most 5%, and of a steep ladder the top is kept in all."""
    equal = steep = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        equal += bool(_screened(draw([0.5] * 5, 40, rng), seed))
        steep += "b3" in _screened(draw([0.2, 0.4, 0.5, 0.8], 40, rng), seed)
    assert equal <= 3 and steep == 0


def _screened(scores: dict[str, Floats], seed: int) -> set[str]:
    """Those dropped in any round."""
    rounds, gone, asked = cut_rounds(40, seed), set[str](), list[int]()
    n_comparisons = count_comparisons(len(scores), len(rounds))
    for places in rounds:
        asked += places
        used = np.array(sorted(asked))
        left = {name: values[used] for name, values in scores.items() if name not in gone}
        some = over_questions([int(place) % 5 for place in used], list(range(len(used))))
        gone |= {one.name for one in shown_worse(left, some, 0.05, n_comparisons, np.random.default_rng(seed))}
    return gone
