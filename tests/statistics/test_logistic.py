"""Refitted probabilities against scipy's minimiser, and against labels that were drawn from a known law."""

import numpy as np
import pytest
from scipy.optimize import minimize

from assay.statistics.logistic import crossfit_probabilities, crossfit_share, fit_logistic


def _draw(n: int, intercept: float, slope: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n) * 2
    return x, (rng.random(n) < 1 / (1 + np.exp(-intercept - slope * x))).astype(float)


def test_fits_as_a_general_minimiser_does() -> None:
    x, labels = _draw(80, 0.5, 1.2, 1)
    n_one = labels.sum()
    target = np.where(labels == 1, (n_one + 1) / (n_one + 2), 1 / (80 - n_one + 2))

    def loss(beta: np.ndarray) -> float:
        z = beta[0] + beta[1] * x
        return float((np.logaddexp(0, z) - target * z).sum() + 0.005 * beta[1] ** 2)

    expected = minimize(loss, np.zeros(2), tol=1e-12).x
    assert fit_logistic(x, labels) == pytest.approx(expected, abs=1e-3)


def test_finds_the_law_that_labels_were_drawn_from() -> None:
    x, labels = _draw(20_000, -0.4, 0.7, 2)
    assert fit_logistic(x, labels) == pytest.approx((-0.4, 0.7), abs=0.05)


def test_labels_that_are_wholly_parted_give_no_certainty() -> None:
    x = np.array([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0] * 5)
    intercept, slope = fit_logistic(x, (x > 0).astype(float))
    assert 0 < slope < 10 and abs(intercept) < 0.2


def test_what_falls_where_labels_rise_is_not_turned_round() -> None:
    x, labels = _draw(200, 0.0, -1.5, 3)
    intercept, slope = fit_logistic(x, labels)
    assert slope == 0 and 1 / (1 + np.exp(-intercept)) == pytest.approx(labels.mean(), abs=0.02)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_labels_of_one_kind_are_a_share_near_them(value: float) -> None:
    found = crossfit_probabilities(np.linspace(0, 1, 60), np.full(60, value), range(60), 0)
    assert (abs(found - value) < 0.1).all()


def test_no_label_is_seen_by_its_own_fit() -> None:
    """Noise tells nothing of labels that it was not fitted to; turning one label moves none of its own fold."""
    rng = np.random.default_rng(4)
    given, labels, groups = rng.random(60), (rng.random(60) < 0.5).astype(float), [i // 2 for i in range(60)]
    labels[50:] = np.nan
    found = crossfit_probabilities(given, labels, groups, 0)
    turned = labels.copy()
    turned[7] = 1 - turned[7]
    again = crossfit_probabilities(given, turned, groups, 0)
    assert again[7] == found[7] and again[6] == found[6]  # one group, one fold
    assert not np.isclose(again[50:], found[50:]).any()


def test_a_share_leaves_its_own_fold_out() -> None:
    labels = np.array([1.0, 0.0, 0.0, 0.0, 0.0, np.nan])
    found = crossfit_share(labels, range(6), 0)
    assert found[0] == pytest.approx(1 / 6)  # none of the other four: (0 + 1) / (4 + 2)
    assert found[1] == pytest.approx(2 / 6)
    assert found[5] == pytest.approx((1 / 6 + 4 * 2 / 6) / 5)


def test_labels_of_a_single_group_judge_themselves() -> None:
    assert crossfit_share(np.array([1.0, 1.0, np.nan]), [0, 0, 1], 0) == pytest.approx([0.75] * 3)
