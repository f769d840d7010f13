"""Cells against systems from elsewhere: by hand, and how often the rule errs where the truth is known."""

import numpy as np
import pytest

from assay.statistics.estimate import Estimate
from assay.statistics.inference import Difference
from assay.statistics.sampling import over_documents, over_questions
from assay.verdict.against import compare_with_others
from assay.verdict.result import Standing
from assay.verdict.standing import find_standing

DOCUMENTS = np.repeat(np.arange(20), 6)
BY_DOCUMENT = over_documents(DOCUMENTS.tolist())
BY_QUESTION = over_questions(DOCUMENTS.tolist(), range(120))


def test_pairs_are_over_the_questions_that_both_answered() -> None:
    cell, other = np.ones(120), np.zeros(120)
    other[:60] = np.nan
    (found,) = compare_with_others({"a/b": cell}, {"bot": other}, BY_DOCUMENT, 0.05, 0, n_resamples=200)
    assert (found.a, found.b) == ("a/b", "bot")
    assert (found.difference.value, found.difference.n) == (1.0, 60)
    assert found.standing == "better"


def test_other_systems_are_compared_with_each_other_too() -> None:
    half = (np.arange(120) % 2).astype(float)
    found = compare_with_others(
        {"a/b": half}, {"bot": np.ones(120), "vendor": np.zeros(120)}, BY_DOCUMENT, 0.05, 0, 200
    )
    values = {(one.a, one.b): one.difference.value for one in found}
    assert values == {("a/b", "bot"): -0.5, ("a/b", "vendor"): 0.5, ("bot", "vendor"): 1.0}


def test_what_shares_no_question_is_not_compared() -> None:
    cell, other = np.ones(120), np.ones(120)
    cell[:60], other[60:] = np.nan, np.nan
    assert compare_with_others({"a/b": cell}, {"bot": other}, BY_QUESTION, 0.05, 0) == []


@pytest.mark.parametrize(
    ("value", "inner", "p_holm", "standing"),
    [
        (0.2, (0.12, 0.28), 0.001, "better"),
        (-0.2, (-0.28, -0.12), 0.001, "worse"),
        (0.01, (-0.02, 0.04), 0.6, "as_good"),
        (0.01, (-0.06, 0.04), 0.6, "cannot_tell"),
        (0.2, (0.01, 0.4), 0.06, "cannot_tell"),
        (0.2, None, None, "cannot_tell"),
    ],
)
def test_standings(value: float, inner: tuple[float, float] | None, p_holm: float | None, standing: Standing) -> None:
    difference = Difference(Estimate(value, None, None, 100, 20), inner, p_holm)
    assert find_standing(difference, p_holm, 0.05) == standing


def test_what_left_many_questions_unanswered_is_better_only_if_it_is_so_whatever_it_would_have_answered() -> None:
    cell, sure, unsure = np.zeros(120), np.zeros(120), np.full(120, np.nan)
    cell[:40] = 1
    sure[:110], sure[110:] = 1, np.nan  # 92% right at the least
    unsure[:40] = 1  # all right of what it answered, 33% at the least
    found = compare_with_others({"a/b": cell}, {"sure": sure, "unsure": unsure}, BY_QUESTION, 0.05, 0)
    standings = {one.b: one.standing for one in found if one.a == "a/b"}
    assert standings == {"sure": "worse", "unsure": "cannot_tell"}


def test_the_best_of_equal_cells_is_rarely_called_better_than_an_equal_system() -> None:
    rng = np.random.default_rng(5)
    errors = 0
    for _ in range(200):
        hardness = rng.normal(0, 0.1, 20)[DOCUMENTS]
        scores = {f"cell{n}": (rng.random(120) < 0.6 + hardness).astype(float) for n in range(6)}
        other = (rng.random(120) < 0.6 + hardness).astype(float)
        best = max(scores, key=lambda name: scores[name].mean())
        found = compare_with_others(scores, {"bot": other}, BY_QUESTION, 0.05, rng)
        errors += next(one for one in found if one.a == best).standing == "better"
    assert errors / 200 <= 0.06
