"""How well two sorts of marks agree: shares, Cohen's kappa, bias. Knows weights and marks, no question and no cell.

Marks are of items drawn from a known number of them, each with a chance of its own: every mark is weighted by one over
it. What is estimated are shares of these very items, so that only the draw is left to chance; the n of an interval is
Kish's, (Σw)² / Σw² ("Survey Sampling", 1965).
"""

from math import sqrt

import numpy as np
import numpy.typing as npt

from assay.statistics.estimate import Estimate

__all__ = ["bias_of_scorer", "cohen_kappa", "weighted_kappa", "weighted_share"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_Z = 1.959964  # normal quantile of 97.5%


def weighted_share(values: Bools, weights: Floats) -> Estimate | None:
    """The weighted share of True with Wilson's 95% interval (1927) on Kish's effective number; None without a value."""
    if not len(values):
        return None
    n = effective_number(weights)
    share = float((weights * values).sum() / weights.sum())
    q = _Z**2 / n
    centre, half = (share + q / 2) / (1 + q), sqrt(q * (share * (1 - share) + q / 4)) / (1 + q)
    return Estimate(share, max(0.0, centre - half), min(1.0, centre + half), len(values), len(values))


def bias_of_scorer(false_right: Estimate | None, false_wrong: Estimate | None, right: float) -> Estimate:
    """The scorer's share of right items minus the true one: positive, it is too generous.

    The interval is put together from those of its two parts, which are drawn apart (MOVER, Zou & Donner 2008,
    "Construction of confidence limits about effect measures"): like theirs it never shrinks to a point. A part of which
    nothing was marked may be anything.

    Args:
        false_right: of the items that the scorer calls right, the share that is wrong.
        false_wrong: of those that it calls wrong, the share that is right.
        right: the share of items that the scorer calls right, which is known.
    """
    nothing = Estimate(0.0, 0.0, 1.0, 0, 0)
    up, down = false_right or nothing, false_wrong or nothing
    value = right * up.value - (1 - right) * down.value
    reach_low = sqrt((right * (up.value - _low(up))) ** 2 + ((1 - right) * (_high(down) - down.value)) ** 2)
    reach_high = sqrt((right * (_high(up) - up.value)) ** 2 + ((1 - right) * (down.value - _low(down))) ** 2)
    n = up.n + down.n
    return Estimate(value, value - reach_low, value + reach_high, n, n)


def weighted_kappa(a: Bools, b: Bools, weights: Floats) -> Estimate | None:
    """Cohen's kappa of the weighted table of two sorts of marks, with a 95% interval; None where chance is all.

    The interval is that of Fleiss, Cohen & Everitt (1969, "Large sample standard errors of kappa") on Kish's effective
    number with half a mark added to each field of the table: marks that all agree do not prove that they always do.
    """
    value = cohen_kappa(a, b, weights)
    if value is None:
        return None
    n = effective_number(weights)
    T = _table(a, b, weights) * n + 0.5
    padded, error = _kappa_and_error(T / T.sum(), n + 2)
    low, high = max(-1.0, padded - _Z * error), min(1.0, padded + _Z * error)
    return Estimate(value, min(low, value), max(high, value), len(a), len(a))


def cohen_kappa(a: Bools, b: Bools, weights: Floats | None = None) -> float | None:
    """How far two sorts of marks agree beyond chance, 1 at most (Cohen 1960); None where chance is all."""
    if not len(a):
        return None
    P = _table(a, b, np.ones(len(a)) if weights is None else weights)
    chance = float(P.sum(axis=1) @ P.sum(axis=0))
    return None if chance > 1 - 1e-12 else float((np.trace(P) - chance) / (1 - chance))


def effective_number(weights: Floats) -> float:
    """As many items of equal weight would tell as much."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def _table(a: Bools, b: Bools, weights: Floats) -> Floats:
    """Shares, 2×2: rows by a, columns by b."""
    counts = np.zeros((2, 2))
    np.add.at(counts, (a.astype(np.intp), b.astype(np.intp)), weights)
    shares: Floats = counts / counts.sum()
    return shares


def _kappa_and_error(P: Floats, n: float) -> tuple[float, float]:
    rows, columns = P.sum(axis=1), P.sum(axis=0)
    seen, chance = float(np.trace(P)), float(rows @ columns)
    kappa = (seen - chance) / (1 - chance)
    on = sum(P[i, i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in range(2))
    off = (1 - kappa) ** 2 * sum(P[i, 1 - i] * (columns[i] + rows[1 - i]) ** 2 for i in range(2))
    rest = (kappa - chance * (1 - kappa)) ** 2
    return kappa, sqrt(max(0.0, float(on + off - rest)) / n) / (1 - chance)


def _low(one: Estimate) -> float:
    return one.value if one.low is None else one.low


def _high(one: Estimate) -> float:
    return one.value if one.high is None else one.high
