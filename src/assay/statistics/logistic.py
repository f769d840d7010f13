"""Probabilities refitted to a few labels, each label judged by a fit that has not seen it. Knows numbers only."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from assay.statistics.crossfit import make_folds

__all__ = ["crossfit_probabilities", "crossfit_share", "fit_logistic"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_STEPS = 50
_RIDGE = 0.01  # on the slope: marks that never err would take it to infinity
_EDGE = 0.02  # probabilities nearer to 0 or 1 are taken as this near: few say 1 and are right as often


def crossfit_probabilities(probability: Floats, labels: Floats, groups: Sequence[object], seed: int) -> Floats:
    """N probabilities, refitted by logistic regression of the labels on their log-odds.

    A labelled one is that of a fit without its fold; the others are means over the folds' fits. The order is kept: a
    judge whose probability falls where labels rise tells nothing, and is not turned round.

    Args:
        probability: N, from 0 to 1.
        labels: N, 0 or 1; NaN where there is none. At least one.
        groups: N; of one group all lie in one fold.
        seed: of the folds.
    """
    odds = _log_odds(probability)

    def predict(known: Bools) -> Floats:
        intercept, slope = fit_logistic(odds[known], labels[known])
        return _sigmoid(intercept + slope * odds)

    return _crossfit(predict, labels, groups, seed)


def crossfit_share(labels: Floats, groups: Sequence[object], seed: int) -> Floats:
    """The same where nothing is known but the labels: N shares of 1, one label of either kind added."""

    def predict(known: Bools) -> Floats:
        return np.full(len(labels), (labels[known].sum() + 1) / (known.sum() + 2))

    return _crossfit(predict, labels, groups, seed)


def fit_logistic(x: Floats, labels: Floats) -> tuple[float, float]:
    """Intercept and slope (0 at least) of the log-odds of 1.

    The targets are Platt's (1999, "Probabilistic outputs for support vector machines"): (n₁ + 1) / (n₁ + 2) for a 1,
    1 / (n₀ + 2) for a 0, so that labels which x parts wholly give no certainty. Newton's steps, a small ridge on the
    slope.
    """
    n_one, n = labels.sum(), len(labels)
    target = np.where(labels == 1, (n_one + 1) / (n_one + 2), 1 / (n - n_one + 2))
    share = (target.sum() + 0.5) / (n + 1)
    flat = float(np.log(share / (1 - share)))
    X = np.column_stack([np.ones(n), x])
    beta, penalty = np.array([flat, 0.0]), np.diag([1e-6, _RIDGE])
    for _ in range(_STEPS):
        p = _sigmoid(X @ beta)
        gradient = X.T @ (target - p) - penalty @ beta
        step = np.linalg.solve(X.T @ (X * (p * (1 - p))[:, None]) + penalty, gradient)
        beta = beta + np.clip(step, -2.0, 2.0)
        if float(abs(step).max()) < 1e-9:
            break
    return (flat, 0.0) if beta[1] <= 0 else (float(beta[0]), float(beta[1]))


def _crossfit(predict: Callable[[Bools], Floats], labels: Floats, groups: Sequence[object], seed: int) -> Floats:
    """What fits on some of the labels predict; labels of a single group judge themselves."""
    known = ~np.isnan(labels)
    places = np.flatnonzero(known)
    folds = [places[fold] for fold in make_folds([groups[int(place)] for place in places], seed)]
    if len(folds) == 1:
        return predict(known)
    rest = [known & ~np.isin(np.arange(len(labels)), fold) for fold in folds]
    parts = np.stack([predict(some) for some in rest])  # folds × N
    found: Floats = parts.mean(axis=0)
    for fold, predicted in zip(folds, parts, strict=True):
        found[fold] = predicted[fold]
    return found


def _log_odds(probability: Floats) -> Floats:
    near = np.clip(probability, _EDGE, 1 - _EDGE)
    odds: Floats = np.log(near / (1 - near))
    return odds


def _sigmoid(x: Floats) -> Floats:
    value: Floats = 1 / (1 + np.exp(-np.clip(x, -40, 40)))
    return value
