"""The choice among cells: the rule by brute force, by hand, and against exams whose truth is known."""

import numpy as np
import numpy.typing as npt
import pytest

from assay.statistics.inference import draw_means, estimate_difference
from assay.statistics.sampling import Sampling, over_questions
from assay.verdict.cell_choice import choose, choose_within_bounds
from assay.verdict.more_questions import MOST_QUESTIONS, questions_to_decide

Floats = npt.NDArray[np.float64]
N = 120
SAMPLING = over_questions((np.arange(N) % 6).tolist(), range(N))


def draw(rng: np.random.Generator, rates: tuple[float, ...], n: int = N) -> dict[str, Floats]:
    """Cells, the cheapest first, that share half of their luck."""
    luck = rng.random(n)
    return {
        f"cell{place}": (np.where(rng.random(n) < 0.5, luck, rng.random(n)) < rate).astype(float)
        for place, rate in enumerate(rates)
    }


@pytest.mark.parametrize(
    ("rates", "right"),
    [
        ((0.6, 0.66), "cell1"),
        ((0.6, 0.7), "cell1"),
        ((0.6, 0.6), "cell0"),
        ((0.5, 0.56, 0.62, 0.68), "cell3"),
        ((0.6, 0.6, 0.6, 0.6, 0.66), "cell4"),
    ],
)
def test_few_decisions_are_wrong(rates: tuple[float, ...], right: str) -> None:
    rng, wrong, n_exams = np.random.default_rng(1), 0, 250
    for _ in range(n_exams):
        choice = choose(draw(rng, rates), SAMPLING, 0.05, rng, 600)
        wrong += not choice.undecided and choice.cell != right
    assert wrong / n_exams <= 0.06


def test_a_large_lead_is_decided() -> None:
    rng = np.random.default_rng(2)
    choices = [choose(draw(rng, (0.1, 0.3, 0.4, 0.65)), SAMPLING, 0.05, rng, 600) for _ in range(60)]
    assert np.mean([not one.undecided and one.cell == "cell3" for one in choices]) >= 0.85


@pytest.mark.parametrize("seed", range(6))
def test_the_chosen_cell_is_safe_by_brute_force(seed: int) -> None:
    """Draw by draw, pair by pair: no cell that is decided has another ahead of it in 5% of the draws."""
    scores = draw(np.random.default_rng(seed), (0.3, 0.55, 0.6, 0.7))
    choice = choose(scores, SAMPLING, 0.05, np.random.default_rng(0), 2000)
    draws = draw_means(np.vstack(list(scores.values())), SAMPLING, np.random.default_rng(0), 2000)
    place = list(scores).index(choice.cell)
    ahead = sum(any(row[other] - row[place] >= 0.05 for other in range(4) if other != place) for row in draws)
    alone = [
        estimate_difference(values, scores[choice.cell], SAMPLING, np.random.default_rng(0)).inner
        for name, values in scores.items()
        if name != choice.cell
    ]
    is_safe = ahead / len(draws) < 0.05 and all(inner is not None and inner[1] < 0.05 for inner in alone)
    worse = {one.b for one in choice.comparisons if one.standing == "better"}
    cheaper_are_worse = set(list(scores)[:place]) <= worse
    assert (not choice.undecided) == (is_safe and cheaper_are_worse)


def test_what_is_not_told_apart_is_named_dearer_ones_too() -> None:
    rng = np.random.default_rng(5)
    best, dearer = (rng.random(40) < 0.62).astype(float), (rng.random(40) < 0.6).astype(float)
    choice = choose({"a": np.zeros(40), "b": best, "c": dearer}, over_questions([None] * 40, range(40)), 0.05, rng)
    assert choice.cell == choice.best
    assert {choice.cell, *choice.undecided} == {"b", "c"}  # a is shown to be worse: it is no option


def test_one_cell_has_no_rival() -> None:
    choice = choose({"a": np.zeros(5)}, over_questions([None] * 5, range(5)), 0.05, np.random.default_rng(0))
    assert (choice.cell, choice.undecided, choice.comparisons) == ("a", [], [])


def test_missing_answers_decide_nothing_that_they_could_turn() -> None:
    sampling, rng = over_questions([None] * 100, range(100)), np.random.default_rng(0)
    cheap, dear = np.zeros(100), np.zeros(100)
    cheap[:40], dear[:80] = 1, 1
    dear[70:85] = np.nan  # 70 right at the least, 85 at most: ahead in any case
    assert not choose_within_bounds({"cheap": cheap, "dear": dear}, sampling, 0.05, rng).undecided
    cheap[45:85] = np.nan  # 40 right at the least, 80 at most: as good, perhaps
    choice = choose_within_bounds({"cheap": cheap, "dear": dear}, sampling, 0.05, rng)
    assert (choice.cell, choice.undecided, choice.unanswered) == ("dear", ["cheap"], ["cheap", "dear"])


def _questions(scores: dict[str, Floats], sampling: Sampling, rng: np.random.Generator) -> int | None:
    return questions_to_decide(draw_means(np.vstack(list(scores.values())), sampling, rng, 800), len(sampling), 0.05)


@pytest.mark.parametrize("rates", [(0.6, 0.66), (0.6, 0.63), (0.6, 0.6)])
def test_about_that_many_more_questions_decide(rates: tuple[float, float]) -> None:
    """The lead in the middle between nothing and the margin is the least favourable."""
    rng, decided = np.random.default_rng(3), []
    while len(decided) < 60:
        scores = draw(rng, rates)
        n_more = _questions(scores, SAMPLING, rng)
        assert n_more is not None
        if not choose(scores, SAMPLING, 0.05, rng, 600).undecided or n_more >= MOST_QUESTIONS:
            continue
        more = draw(rng, rates, n_more)
        longer = over_questions((np.arange(N + n_more) % 6).tolist(), range(N + n_more))
        both = {name: np.concatenate([values, more[name]]) for name, values in scores.items()}
        decided.append(not choose(both, longer, 0.05, rng, 600).undecided)
    assert np.mean(decided) >= 0.7


def test_what_never_varies_foretells_nothing() -> None:
    assert questions_to_decide(np.ones((100, 2)), 10, 0.05) is None
