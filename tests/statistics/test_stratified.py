"""Intervals for new questions on the same documents: by hand, and how often they cover where the truth is known."""

import math

import numpy as np
import pytest

from assay.statistics.inference import draw_means, estimate_difference, estimate_mean
from assay.statistics.sampling import Sampling, over_documents, over_questions

SHAPES = {
    "one": lambda n: [n],
    "few large": lambda n: [n // 4] * 4,
    "many small": lambda n: [2] * (n // 2),
    "unequal": lambda n: [n // 2, n // 5, n // 10, *[1] * (n - n // 2 - n // 5 - n // 10)],
}


def alone(n: int) -> Sampling:
    return over_questions([None] * n, range(n))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("n", "rate"), [(40, 0.5), (120, 0.05), (400, 0.95)])
def test_means_cover_the_share_on_these_documents(shape: str, n: int, rate: float) -> None:
    rng = np.random.default_rng(n)
    sizes = SHAPES[shape](n)
    documents = np.repeat(np.arange(len(sizes)), sizes)
    sampling, hits, n_exams = over_questions(documents.tolist(), range(n)), 0, 400
    for _ in range(n_exams):
        rates = rng.beta(rate * 6, (1 - rate) * 6, len(sizes))[documents]  # correlation 1/7 within one
        estimate = estimate_mean((rng.random(n) < rates).astype(float), sampling, rng)
        assert estimate.low is not None and estimate.high is not None
        hits += estimate.low <= rates.mean() <= estimate.high
    assert 0.92 <= hits / n_exams <= 0.985


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("lead", [0.0, 0.15])
def test_differences_cover_and_reject_rightly(shape: str, lead: float) -> None:
    rng, n = np.random.default_rng(7), 120
    sizes = SHAPES[shape](n)
    documents = np.repeat(np.arange(len(sizes)), sizes)
    sampling, hits, rejected, n_exams = over_questions(documents.tolist(), range(n)), 0, 0, 400
    for _ in range(n_exams):
        rates = np.clip(0.5 + rng.normal(0, 0.1, len(sizes)), 0.2, 0.8)[documents]
        luck = rng.random(n)
        other = np.where(rng.random(n) < 0.6, luck, rng.random(n))
        a, b = (luck < rates + lead).astype(float), (other < rates).astype(float)
        found = estimate_difference(a, b, sampling, rng)
        assert found.estimate.low is not None and found.estimate.high is not None and found.p is not None
        hits += found.estimate.low <= lead <= found.estimate.high
        rejected += found.p < 0.05
        assert (found.p < 0.05) == (found.estimate.low > 0 or found.estimate.high < 0)
    assert 0.92 <= hits / n_exams <= 0.985
    if lead == 0:
        assert rejected / n_exams <= 0.07


def test_near_duplicates_widen_the_interval() -> None:
    values = np.repeat([1.0, 0.0] * 15, 2)
    apart = estimate_mean(values, alone(60), np.random.default_rng(0))
    together = estimate_mean(values, over_questions([None] * 60, np.repeat(range(30), 2)), np.random.default_rng(0))
    assert apart.low is not None and together.low is not None
    # twice the variance: √2 of the width, but for the prior of the design effect
    assert (0.5 - together.low) / (0.5 - apart.low) == pytest.approx(math.sqrt(2), rel=0.06)


def test_the_wilson_interval_by_hand() -> None:
    values = np.array([1.0] * 8 + [0.0] * 2)
    found = estimate_mean(values, alone(10), np.random.default_rng(0))
    # t(9) = 2.262, q = t²/10 = .5117; centre (.8 + .2558)/1.5117 = .6984; half √(.5117·(.16 + .1279))/1.5117 = .2539
    assert (found.low, found.high) == (pytest.approx(0.4445, abs=5e-4), pytest.approx(0.9524, abs=5e-4))


def test_the_interval_of_a_difference_by_hand() -> None:
    a, b = np.array([1.0] * 6 + [0.0] * 4), np.array([0.0] * 6 + [1.0] + [0.0] * 3)
    found = estimate_difference(a, b, alone(10), np.random.default_rng(0))
    # six won, one lost of ten, and one each made up: 5/12 ± t(9) √((9/12 − (5/12)²) / 12) = .4167 ± .4958
    assert found.estimate.low == pytest.approx(0.4167 - 0.4958, abs=5e-4)
    assert found.estimate.high == pytest.approx(0.4167 + 0.4958, abs=5e-4)
    assert found.inner is not None and found.inner[1] == pytest.approx(0.4167 + 1.833 * 0.2192, abs=5e-4)


def test_agreement_of_a_few_proves_nothing_and_of_many_that_they_are_as_good() -> None:
    few, many = (estimate_difference(np.ones(n), np.ones(n), alone(n), np.random.default_rng(0)) for n in (20, 400))
    assert few.p == many.p == 1.0
    assert few.inner is not None and many.inner is not None
    assert few.inner[1] > 0.05 > many.inner[1]
    right = estimate_mean(np.ones(30), alone(30), np.random.default_rng(0))
    assert right.low is not None and 0.8 < right.low < 0.93 and right.high == 1.0  # exact: .025^(1/30) = .884


def test_what_cannot_be_told_has_no_interval() -> None:
    one = estimate_mean([1.0], alone(1), np.random.default_rng(0))
    assert (one.value, one.low, one.high) == (1.0, None, None)
    nothing = estimate_mean([math.nan, math.nan], alone(2), np.random.default_rng(0))
    assert math.isnan(nothing.value) and nothing.n == 0
    manual = ["manual"] * 30
    by_question = estimate_mean([1.0, 0.0] * 15, over_questions(manual, range(30)), np.random.default_rng(0))
    by_document = estimate_mean([1.0, 0.0] * 15, over_documents(manual), np.random.default_rng(0))
    assert by_question.low is not None and by_document.low is None
    with pytest.raises(ValueError, match="give one a question"):
        estimate_mean([1.0], alone(2), np.random.default_rng(0))


def test_failures_are_left_out_of_means_and_of_draws() -> None:
    table = np.array([[1.0, 1.0, math.nan, 0.0], [1.0, 1.0, 1.0, 1.0]])
    assert estimate_mean(table[0], alone(4), np.random.default_rng(0)).value == pytest.approx(2 / 3)
    draws = draw_means(table, alone(4), np.random.default_rng(0), 4000)
    assert draws.shape == (4000, 2)
    assert draws[:, 0].mean() == pytest.approx(2 / 3, abs=0.02) and (draws[:, 1] == 1).all()


def test_one_set_of_draws_serves_all_cells() -> None:
    scores = (np.random.default_rng(0).random(50) < 0.5).astype(float)
    draws = draw_means(np.vstack([scores, scores, 1 - scores]), alone(50), np.random.default_rng(0), 500)
    assert (draws[:, 0] == draws[:, 1]).all()
    assert draws[:, 0] + draws[:, 2] == pytest.approx(np.ones(500))
