"""Cells against systems from elsewhere: by hand, and how often the rule errs where the truth is known."""

import numpy as np
import pytest

from assay.statistics.estimate import Estimate
from assay.verdict.against import compare_with_others, find_standing
from assay.verdict.result import Comparison

CLUSTERS = np.repeat(np.arange(20), 6)


def test_pairs_are_over_the_questions_that_both_answered() -> None:
    cell, other = np.ones(120), np.zeros(120)
    other[:60] = np.nan
    (found,) = compare_with_others({"a/b": cell}, {"bot": other}, CLUSTERS, 0, n_resamples=200)
    assert (found.a, found.b) == ("a/b", "bot")
    assert (found.difference.value, found.difference.n) == (1.0, 60)
    assert find_standing(found, 0.05) == "better"


def test_other_systems_are_compared_with_each_other_too() -> None:
    half = (np.arange(120) % 2).astype(float)
    found = compare_with_others({"a/b": half}, {"bot": np.ones(120), "vendor": np.zeros(120)}, CLUSTERS, 0, 200)
    values = {(one.a, one.b): one.difference.value for one in found}
    assert values == {("a/b", "bot"): -0.5, ("a/b", "vendor"): 0.5, ("bot", "vendor"): 1.0}


def test_what_shares_no_question_is_not_compared() -> None:
    cell, other = np.ones(120), np.ones(120)
    cell[:60], other[60:] = np.nan, np.nan
    assert compare_with_others({"a/b": cell}, {"bot": other}, CLUSTERS, 0) == []
    assert find_standing(None, 0.05) == "cannot_tell"


@pytest.mark.parametrize(
    ("value", "low", "high", "p_holm", "standing"),
    [
        (0.2, 0.1, 0.3, 0.001, "better"),
        (-0.2, -0.3, -0.1, 0.001, "worse"),
        (0.01, -0.03, 0.04, 0.6, "as_good"),
        (0.01, -0.06, 0.04, 0.6, "cannot_tell"),
        (0.2, 0.01, 0.4, 0.06, "cannot_tell"),
        (0.2, None, None, None, "cannot_tell"),
    ],
)
def test_standings(value: float, low: float | None, high: float | None, p_holm: float | None, standing: str) -> None:
    comparison = Comparison("a/b", "bot", Estimate(value, low, high, 100, 20), p_holm, p_holm)
    assert find_standing(comparison, 0.05) == standing


def test_the_best_of_equal_cells_is_rarely_called_better_than_an_equal_system() -> None:
    rng = np.random.default_rng(5)
    errors = 0
    for _ in range(200):
        hardness = rng.normal(0, 0.1, 20)[CLUSTERS]
        scores = {f"cell{n}": (rng.random(120) < 0.6 + hardness).astype(float) for n in range(6)}
        other = (rng.random(120) < 0.6 + hardness).astype(float)
        best = max(scores, key=lambda name: scores[name].mean())
        found = compare_with_others(scores, {"bot": other}, CLUSTERS, rng, n_resamples=300)
        errors += find_standing(next(one for one in found if one.a == best), 0.05) == "better"
    assert errors / 200 <= 0.06
