from math import sqrt

import numpy as np
import pytest

from assay.statistics.agreement import bias_of_scorer, cohen_kappa, weighted_kappa, weighted_share
from assay.statistics.estimate import Estimate


def marks(rr: int, rw: int, wr: int, ww: int) -> tuple[np.ndarray, np.ndarray]:
    """Two people's marks of a table: `rw` is right to the first and wrong to the second."""
    a = np.repeat([True, True, False, False], [rr, rw, wr, ww])
    b = np.repeat([True, False, True, False], [rr, rw, wr, ww])
    return a, b


def test_kappa_is_that_of_the_textbooks() -> None:
    # 20 + 15 of 50 agree, .7; by chance 25/50 · 30/50 + 25/50 · 20/50 = .5; (.7 − .5) / .5
    assert cohen_kappa(*marks(20, 5, 10, 15)) == pytest.approx(0.4)


def test_kappa_of_marks_that_are_all_alike_is_none() -> None:
    assert cohen_kappa(*marks(9, 0, 0, 0)) is None
    assert weighted_kappa(*marks(9, 0, 0, 0), np.ones(9)) is None
    assert cohen_kappa(*marks(0, 0, 0, 0)) is None


def test_weights_stand_for_marks() -> None:
    weights = np.array([20.0, 5.0, 10.0, 15.0])
    found = weighted_kappa(*marks(1, 1, 1, 1), weights)
    assert found is not None and found.value == pytest.approx(0.4)
    share = weighted_share(np.array([True, False, False, True]), weights)
    assert share is not None and share.value == pytest.approx(0.7)


def test_the_error_of_kappa_is_that_of_many_tables() -> None:
    rng = np.random.default_rng(5)
    shares = np.array([0.45, 0.05, 0.1, 0.4])  # kappa .7
    drawn = [marks(*rng.multinomial(200, shares)) for _ in range(400)]
    found = [weighted_kappa(*pair, np.ones(200)) for pair in drawn]
    held = [one is not None and one.low <= 0.7 <= one.high for one in found]
    assert 0.92 <= np.mean(held) <= 0.98
    half = np.mean([(one.high - one.low) / 2 for one in found if one is not None])
    spread = np.std([one.value for one in found if one is not None])
    assert half / 1.96 == pytest.approx(spread, rel=0.15)


def test_perfect_agreement_does_not_prove_itself() -> None:
    few, many = (weighted_kappa(*marks(n, 0, 0, n), np.ones(2 * n)) for n in (10, 100))
    assert few is not None and many is not None
    assert few.value == many.value == 1
    assert few.low < many.low < 1


def test_a_share_of_equal_weights_has_wilsons_interval() -> None:
    found = weighted_share(np.array([True] * 8 + [False] * 2), np.ones(10))
    # Wilson, 8 of 10: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
    z, p, n = 1.959964, 0.8, 10
    half = z * sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    assert found is not None
    assert found.low == pytest.approx((p + z**2 / (2 * n) - half) / (1 + z**2 / n))
    assert found.high == pytest.approx((p + z**2 / (2 * n) + half) / (1 + z**2 / n))


def test_unequal_weights_widen_an_interval() -> None:
    values = np.array([True, False] * 10)
    even, uneven = weighted_share(values, np.ones(20)), weighted_share(values, np.repeat([1.0, 5.0], 10))
    assert even is not None and uneven is not None
    assert uneven.high - uneven.low > even.high - even.low


def test_bias_is_put_together_from_its_parts() -> None:
    false_right, false_wrong = Estimate(0.1, 0.05, 0.2, 40, 40), Estimate(0.3, 0.2, 0.45, 20, 20)
    found = bias_of_scorer(false_right, false_wrong, right=0.6)
    assert found.value == pytest.approx(0.6 * 0.1 - 0.4 * 0.3)
    assert found.low == pytest.approx(found.value - sqrt((0.6 * 0.05) ** 2 + (0.4 * 0.15) ** 2))
    assert found.high == pytest.approx(found.value + sqrt((0.6 * 0.1) ** 2 + (0.4 * 0.1) ** 2))


def test_a_part_without_a_mark_may_be_anything() -> None:
    found = bias_of_scorer(Estimate(0.0, 0.0, 0.1, 30, 30), None, right=0.8)
    assert found.value == 0 and found.low == pytest.approx(-0.2)
