"""A linear classifier over the features of texts: solved by scikit-learn, kept as plain arrays. Knows no texts."""

import math
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

__all__ = [
    "DENSE",
    "SPARSE",
    "HeldOut",
    "LinearClassifier",
    "Solver",
    "held_out_loss",
    "load_classifier",
    "temperature",
]

Floats = npt.NDArray[np.floating[Any]]

_FILE = "classifier.npz"
_MOST_STEPS = 300
_LOG_TEMPERATURES = (-5.0, 5.0)  # the bounds of its logarithm


@dataclass(frozen=True)
class LinearClassifier:
    """A weight for each feature and label; what the weighted sums mean is told by a `Labelling`."""

    labels: tuple[str, ...]  # L, in alphabetical order
    weights: Floats  # F×L
    bias: Floats  # L

    def sums(self, features: Any) -> npt.NDArray[np.float64]:
        """The weighted sums, N×L, for features N×F, dense or sparse."""
        return np.asarray(np.asarray(features @ self.weights) + self.bias, dtype=np.float64)

    def logprobs(self, features: Any) -> npt.NDArray[np.float64]:
        """The logarithms of the labels' probabilities where exactly one is right, N×L: those of the sums' softmax."""
        return np.asarray(log_softmax(self.sums(features), axis=1), dtype=np.float64)

    def at_temperature(self, value: float) -> "LinearClassifier":
        """The sums divided by it: the same labels are likeliest, the higher the less sure."""
        return LinearClassifier(self.labels, self.weights / value, self.bias / value)

    def save(self, folder: Path) -> None:
        """Into a file of a folder."""
        weights = np.ascontiguousarray(self.weights, dtype=np.float32)  # else sparse products copy them each time
        bias = self.bias.astype(np.float32)
        np.savez(folder / _FILE, labels=np.array(self.labels), weights=weights, bias=bias)


def load_classifier(folder: Path) -> LinearClassifier:
    """What `LinearClassifier.save` wrote."""
    with np.load(folder / _FILE, allow_pickle=False) as kept:
        return LinearClassifier(tuple(map(str, kept["labels"])), kept["weights"], kept["bias"])


@dataclass(frozen=True)
class HeldOut:
    """What a classifier said of texts that it was not fitted to."""

    logprobs: Floats  # N×L
    names: Sequence[str]  # right of each, N
    labels: Sequence[str]  # L

    def of_right(self, heat: float) -> list[float]:
        """The log-probabilities of the right labels at a temperature; where that label could not be said, none."""
        cooled = log_softmax(self.logprobs / heat, axis=1)
        place = {label: number for number, label in enumerate(self.labels)}
        return [float(row[place[name]]) for row, name in zip(cooled, self.names, strict=True) if name in place]


def held_out_loss(held_out: Sequence[HeldOut], heat: float) -> float:
    """In nats a text, at a temperature; 0 where nothing was held out."""
    said = [logprob for one in held_out for logprob in one.of_right(heat)]
    return -float(np.mean(said)) if said else 0.0


def temperature(held_out: Sequence[HeldOut]) -> float:
    """That by which the likelihood of texts that were held out is highest (Guo et al. 2017); 1 where there are none.

    With few texts, all of them right, any confidence would do: its logarithm is expected to be near 0 (normal, 1).
    """

    def badness(log: float) -> float:
        return log**2 / 2 - sum(sum(one.of_right(math.exp(log))) for one in held_out)

    return math.exp(minimize_scalar(badness, bounds=_LOG_TEMPERATURES).x)


@dataclass(frozen=True)
class Solver:
    """A way of finding weights.

    Args:
        strengths: inverse penalties on the weights, as scikit-learn takes them, that are worth trying.
        solve: features N×F, labels of N texts, two different ones at least, a strength and a seed -> the classifier.
    """

    strengths: tuple[float, ...]
    solve: Callable[[Any, Sequence[str], float, int], LinearClassifier]


def _solve_dense(features: Any, names: Sequence[str], strength: float, seed: int) -> LinearClassifier:
    """All labels against each other, the features centred: vectors of one encoder have most of their length in common.

    Nothing is drawn, whatever the seed.
    """
    from sklearn.linear_model import LogisticRegression

    middle, spread = features.mean(axis=0), float(features.std()) or 1.0
    model = LogisticRegression(C=strength, tol=1e-3, max_iter=_MOST_STEPS)
    with _quiet():
        model.fit((features - middle) / spread, list(names))
    weights = _by_label(model.coef_).T / spread
    return LinearClassifier(_labels(model), weights, _by_label(model.intercept_) - middle @ weights)


def _solve_sparse(features: Any, names: Sequence[str], strength: float, seed: int) -> LinearClassifier:
    """Each label against the rest: with tens of thousands of features a fraction of the time and memory."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    one = LogisticRegression(C=strength, solver="liblinear", dual=True, tol=1e-2, random_state=seed)
    model = OneVsRestClassifier(one)
    with _quiet():
        model.fit(features, list(names))
    weights = np.vstack([each.coef_ for each in model.estimators_])
    bias = np.concatenate([each.intercept_ for each in model.estimators_])
    return LinearClassifier(_labels(model), _by_label(weights).T, _by_label(bias))


def _by_label(found: Floats) -> Floats:
    """A row a label: of two labels one row is found, that of the second."""
    return np.concatenate([-found, found]) if len(found) == 1 else found


def _labels(model: Any) -> tuple[str, ...]:
    return tuple(map(str, model.classes_))


@contextmanager
def _quiet() -> Iterator[None]:
    """Weights that could be a little better are good enough, and labels with few texts are told by the plan."""
    with warnings.catch_warnings(action="ignore", category=UserWarning):
        yield


DENSE = Solver((0.01, 0.1, 1.0), _solve_dense)  # of vectors whose numbers spread by 1
SPARSE = Solver((3.0, 30.0, 300.0), _solve_sparse)  # of rows of length 1
