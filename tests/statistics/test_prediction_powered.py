"""Corrected means: by hand, and how often they cover the truth with a scorer that is biased."""

import numpy as np
import numpy.typing as npt
import pytest

from assay.statistics.prediction_powered import Marked, prediction_powered_difference, prediction_powered_mean
from assay.statistics.sampling import over_questions

Floats = npt.NDArray[np.float64]
NOBODY = np.nan


def mark(rng: np.random.Generator, right: Floats, wrongly_right: float, wrongly_wrong: float) -> Floats:
    chance = np.where(right == 1, 1 - wrongly_wrong, wrongly_right)
    return (rng.random(len(right)) < chance).astype(float)


@pytest.mark.parametrize(("wrongly_right", "wrongly_wrong"), [(0.02, 0.05), (0.0, 0.3), (0.2, 0.02)])
@pytest.mark.parametrize("n", [130, 400])
def test_means_and_differences_cover_the_truth(n: int, wrongly_right: float, wrongly_wrong: float) -> None:
    rng, n_exams, n_labels = np.random.default_rng(n), 400, 60
    documents = np.arange(n) % 10
    sampling = over_questions(documents.tolist(), range(n))
    hits, biases = np.zeros(2), []
    for _ in range(n_exams):
        rates = (0.65 + rng.normal(0, 0.1, 10))[documents]
        luck = rng.random(n)
        other = np.where(rng.random(n) < 0.6, luck, rng.random(n))
        right = (luck < rates).astype(float), (other < rates - 0.1).astype(float)
        drawn = rng.permutation(n) < n_labels
        a, b = (Marked(mark(rng, one, wrongly_right, wrongly_wrong), np.where(drawn, one, NOBODY)) for one in right)
        found = prediction_powered_mean(a, sampling), prediction_powered_difference(a, b, sampling)
        for place, (one, truth) in enumerate(zip(found, (rates.mean(), 0.1), strict=True)):
            assert one.estimate.low is not None and one.estimate.high is not None
            hits[place] += one.estimate.low <= truth <= one.estimate.high
        biases.append((found[0].estimate.value - rates.mean(), found[0].uncorrected - rates.mean()))
    assert ((hits / n_exams >= 0.925) & (hits / n_exams <= 0.99)).all(), hits / n_exams
    corrected, uncorrected = np.abs(np.mean(biases, axis=0))
    assert corrected < 0.01 or corrected < uncorrected / 5


def test_labels_drawn_more_where_the_scorer_says_wrong_are_weighted() -> None:
    """Thirty labels of each of its two marks, whatever their share: unweighted they would be far off."""
    rng, n, hits, values, n_exams = np.random.default_rng(5), 300, 0, [], 300
    sampling = over_questions([None] * n, range(n))
    for _ in range(n_exams):
        right = (rng.random(n) < 0.8).astype(float)
        scored = mark(rng, right, 0.05, 0.1)
        labels, weights = np.full(n, NOBODY), np.ones(n)
        for said in (0.0, 1.0):
            places = np.flatnonzero(scored == said)
            drawn = rng.choice(places, 30, replace=False)
            labels[drawn], weights[places] = right[drawn], len(places) / 30
        found = prediction_powered_mean(Marked(scored, labels, weights), sampling)
        assert found.estimate.low is not None and found.estimate.high is not None
        hits += found.estimate.low <= 0.8 <= found.estimate.high
        values.append(found.estimate.value)
    assert 0.92 <= hits / n_exams <= 0.99
    assert np.mean(values) == pytest.approx(0.8, abs=0.01)


def test_the_plain_forms_by_hand() -> None:
    sampling = over_questions([None] * 8, range(8))
    scored = np.array([1.0, 1, 0, 0, 1, 1, 1, 1])
    # the scorer is right of all labelled: λ is 1, and the mean is its own, .75
    agreed = prediction_powered_mean(Marked(scored, np.array([1.0, 1, 0, 0, *[NOBODY] * 4])), sampling)
    assert (agreed.estimate.value, agreed.uncorrected, agreed.weight, agreed.n_labels) == (0.75, 0.75, (1.0,), 4)
    # it says the opposite: it is of no use, λ is 0, and the labels speak alone
    against = prediction_powered_mean(Marked(scored, np.array([0.0, 0, 1, 1, *[NOBODY] * 4])), sampling)
    assert (against.estimate.value, against.weight) == (0.5, (0.0,))
    # all are labelled: whatever it says, their mean is what counts
    labels = np.array([1.0, 0, 1, 0, 1, 1, 0, 0])
    assert prediction_powered_mean(Marked(scored, labels), sampling).estimate.value == pytest.approx(0.5)


def test_a_good_scorer_narrows_the_interval_and_a_useless_one_does_not_widen_it() -> None:
    rng, n = np.random.default_rng(0), 600
    sampling, right = over_questions([None] * n, range(n)), (rng.random(n) < 0.6).astype(float)
    labels = np.where(np.arange(n) < 60, right, NOBODY)

    def width(scored: Floats) -> float:
        found = prediction_powered_mean(Marked(scored, labels), sampling).estimate
        assert found.low is not None and found.high is not None
        return found.high - found.low

    alone = width(np.ones(n))
    assert width(mark(rng, right, 0.05, 0.05)) < 0.65 * alone
    assert width(rng.random(n).round()) <= 1.02 * alone


def test_too_little_to_correct_by() -> None:
    sampling = over_questions([None] * 4, range(4))
    one = prediction_powered_mean(Marked(np.ones(4), np.array([1.0, NOBODY, NOBODY, NOBODY])), sampling)
    assert one.estimate.low is None and one.n_labels == 1
    with pytest.raises(ValueError, match="no label to correct by"):
        prediction_powered_mean(Marked(np.ones(4), np.full(4, NOBODY)), sampling)


def test_questions_without_an_answer_are_left_out() -> None:
    sampling = over_questions([None] * 6, range(6))
    scored = np.array([1.0, 0, 1, 0, NOBODY, NOBODY])
    labels = np.array([1.0, 0, NOBODY, NOBODY, 1.0, NOBODY])
    found = prediction_powered_mean(Marked(scored, labels), sampling)
    assert (found.n_labels, found.estimate.n, found.estimate.value) == (2, 4, 0.5)
