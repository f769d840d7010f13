"""Many marks of a scorer corrected by a few of people: prediction-powered inference. Knows marks, no cell and no text.

Angelopoulos, Duchi & Zrnic 2023, "PPI++: Efficient Prediction-Powered Inference" (arXiv 2311.01453): the mean of the
labels, plus λ times how far the scorer's mean over all questions is from its mean over the labelled ones. λ is the one
with the smallest variance (their equation for power tuning), held between 0, the labels alone, and 1, the plain
correction of "Prediction-powered inference" (Science 2023).

Here the labelled questions are some of the exam's own, drawn with chances that may differ, so each mean of labels is
weighted by one over the chance (Hájek's form), and the variance is taken over one value a question:

    ψ = w (y − ȳ) + λ ((f − f̄) − w (f − f̄_w))

f the scorer's mark, y the label, w the weight with mean 1 and 0 where there is no label, f̄ over all, ȳ and f̄_w
weighted. The variance of its mean is that of any score, clustered within strata as the sampling says, and
1 / (labels + 2)² for each cell, unequally weighted labels counted as the fewer that they are worth: as if one more
label had contradicted the scorer, half of it either way. A few labels that all agree with it do not prove that it
never errs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from assay.statistics.estimate import Estimate
from assay.statistics.sampling import Sampling

__all__ = ["Corrected", "Marked", "prediction_powered_difference", "prediction_powered_mean"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Marked:
    """One cell's marks of Q questions.

    Args:
        scored: the scorer's, Q, between 0 and 1; NaN where the cell has no answer: left out.
        labels: people's, Q; NaN where there is none.
        weights: Q, of a label one over the chance with which its question was drawn; by default all alike.
    """

    scored: Floats
    labels: Floats
    weights: Floats | None = None

    @property
    def used(self) -> npt.NDArray[np.bool_]:
        """Of which questions there is a mark of the scorer."""
        return ~np.isnan(self.scored)

    @property
    def labelled(self) -> npt.NDArray[np.bool_]:
        """Of which of these there is a label."""
        return self.used & ~np.isnan(self.labels)


@dataclass(frozen=True)
class Corrected:
    """The corrected mean or difference, the scorer's own, how many labels it rests on, and λ of each cell in it."""

    estimate: Estimate  # no interval with fewer than two labels of a cell, or where nothing tells the variance
    uncorrected: float
    n_labels: int
    weight: tuple[float, ...]


def prediction_powered_mean(marked: Marked, sampling: Sampling, level: float = 0.95) -> Corrected:
    """A cell's share of right answers as people would mark them, with its interval.

    Args:
        marked: the marks; at least one label.
        sampling: what the interval is about; see `Sampling`.
        level: share of exams whose interval holds the true mean.
    """
    return _corrected([(marked, 1.0)], sampling, level, (0.0, 1.0))


def prediction_powered_difference(a: Marked, b: Marked, sampling: Sampling, level: float = 0.95) -> Corrected:
    """What a − b would be as people mark; positive: a is better.

    Labels of one question for both cells are paired by themselves; they need not be of the same questions. Questions
    of which one cell has no answer are left out of both.
    """
    both = a.used & b.used
    pair = [(_only(a, both), 1.0), (_only(b, both), -1.0)]
    return _corrected(pair, sampling, level, (-1.0, 1.0))


def _only(marked: Marked, used: npt.NDArray[np.bool_]) -> Marked:
    return Marked(np.where(used, marked.scored, np.nan), marked.labels, marked.weights)


def _corrected(
    parts: Sequence[tuple[Marked, float]], sampling: Sampling, level: float, bounds: tuple[float, float]
) -> Corrected:
    used, n_labels = parts[0][0].used, min(int(one.labelled.sum()) for one, _ in parts)
    if not n_labels:
        raise ValueError("no label to correct by: give at least one for each cell")
    layout, n = sampling.layout(used), int(used.sum())
    columns = [
        (sign * of_labels, sign * of_scorer) for one, sign in parts for of_labels, of_scorer in [_residuals(one)]
    ]
    labels = sum(of_labels for of_labels, _ in columns)  # Q: what the labels alone rest on
    scorer = np.column_stack([of_scorer for _, of_scorer in columns])  # Q×P: what λ multiplies
    covariance = layout.covariance(np.column_stack([labels, scorer])[used]) / n**2
    tuned = -np.linalg.lstsq(covariance[1:, 1:], covariance[1:, 0], rcond=None)[0]
    weight = np.clip(np.round(tuned, 12), 0.0, 1.0)
    value = sum(sign * _mean(one, share) for (one, sign), share in zip(parts, weight, strict=True))
    uncorrected = sum(sign * float(one.scored[used].mean()) for one, sign in parts)
    direction = np.concatenate([[1.0], weight])
    effective = [_effective(one) for one, _ in parts]
    made_up = sum(1 / (one + 2) ** 2 for one in effective)
    error = sqrt(max(0.0, float(direction @ covariance @ direction)) + made_up)
    df = min(int(min(effective)) - 1, layout.degrees_of_freedom)
    low, high = (None, None) if df < 1 else _ends(value, error, df, level, bounds)
    estimate = Estimate(min(max(value, bounds[0]), bounds[1]), low, high, n, layout.n_clusters)
    return Corrected(estimate, uncorrected, n_labels, tuple(float(share) for share in weight))


def _hajek(marked: Marked) -> Floats:
    """Q: weights with mean 1 over the questions that are used, 0 without a label."""
    weights = np.ones(len(marked.scored)) if marked.weights is None else marked.weights
    drawn = np.where(marked.labelled, weights, 0.0)
    scaled: Floats = drawn * marked.used.sum() / drawn.sum()
    return scaled


def _effective(marked: Marked) -> float:
    """As many labels of equal weight would say as much (Kish 1965)."""
    w = _hajek(marked)
    return float(w.sum() ** 2 / (w**2).sum())


def _residuals(marked: Marked) -> Floats:
    """ψ's two parts, 2×Q: that of the labels, and that which λ multiplies."""
    w, f = _hajek(marked), np.where(marked.used, marked.scored, 0.0)
    y = np.where(marked.labelled, marked.labels, 0.0)
    n = marked.used.sum()
    of_labels = w * (y - (w * y).sum() / n)
    of_scorer = np.where(marked.used, f - f.sum() / n, 0.0) - w * (f - (w * f).sum() / n)
    return np.stack([of_labels, of_scorer])


def _mean(marked: Marked, share: float) -> float:
    w, f = _hajek(marked), np.where(marked.used, marked.scored, 0.0)
    y, n = np.where(marked.labelled, marked.labels, 0.0), marked.used.sum()
    return float((w * y).sum() / n + share * (f.sum() / n - (w * f).sum() / n))


def _ends(value: float, error: float, df: int, level: float, bounds: tuple[float, float]) -> tuple[float, float]:
    from scipy.special import stdtrit

    half = float(stdtrit(df, (1 + level) / 2)) * error
    return max(bounds[0], value - half), min(bounds[1], value + half)
