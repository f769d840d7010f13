"""Learning curves by a law that is known: odds of an error that fall as a power of the number of examples."""

import numpy as np
import pytest
from scipy.special import expit

from assay.statistics.learning_curve import Learnt, expected_gain
from assay.statistics.sampling import Sampling, over_questions

_Q = 400


def _sampling(n: int = _Q) -> Sampling:
    return over_questions([None] * n, range(n))


def _share(n: float) -> float:
    """Right after n examples: the odds of an error are 200/n."""
    return float(1 - expit(np.log(200 / n)))


def _curve(rng: np.random.Generator, spread: float = 0.0) -> list[Learnt]:
    """Quarters, halves and all of 800; each part is off by what happened to be in it."""
    curve = []
    for n, parts in ((200, 4), (400, 2), (800, 1)):
        hard = rng.random(_Q)  # the same questions are hard for all parts of a size, as in life
        off = rng.normal(size=parts) * spread * np.sqrt(200 / n)
        curve.append(Learnt(n, (hard < _share(n) + off[:, None]).astype(float)))
    return curve


def test_the_law_is_followed_a_little_further() -> None:
    exact = [Learnt(n, np.arange(_Q)[None] < round(_share(n) * _Q)) for n in (200, 400, 800)]
    found = expected_gain(exact, 400, _sampling(), np.random.default_rng(0))
    assert found.value == pytest.approx(_share(1200) - _share(800), abs=0.003)  # 6/7 − 4/5 = 5.7 points
    assert found.low is not None and found.high is not None and found.low < found.value < found.high


def test_intervals_hold_the_true_gain() -> None:
    rng, hits, wide = np.random.default_rng(1), 0, 0
    for _ in range(100):
        found = expected_gain(_curve(rng, 0.02), 400, _sampling(), rng, 500)
        assert found.low is not None and found.high is not None
        hits += found.low <= _share(1200) - _share(800) <= found.high
        wide += found.high - found.low > 0.25
    assert hits >= 92 and wide <= 5


def test_a_curve_that_does_not_rise_promises_nothing() -> None:
    rng, promised = np.random.default_rng(2), 0
    for _ in range(100):
        flat = [Learnt(n, (rng.random((parts, _Q)) < 0.8) * 1.0) for n, parts in ((100, 4), (200, 2), (400, 1))]
        found = expected_gain(flat, 400, _sampling(), rng, 500)
        promised += found.low is not None and found.low > 0
    assert promised <= 5


def test_all_right_and_a_single_cluster() -> None:
    right = [Learnt(n, np.ones((1, _Q))) for n in (100, 200, 400)]
    found = expected_gain(right, 400, _sampling(), np.random.default_rng(0), 200)
    assert (found.value, found.low) == (pytest.approx(0), pytest.approx(0))
    one = over_questions([None] * _Q, [0] * _Q)
    assert expected_gain(right, 400, one, np.random.default_rng(0)).low is None
