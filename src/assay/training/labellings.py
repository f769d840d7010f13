"""What a linear classifier is fitted to and says: exactly one label a text, or any number. Knows no features."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assay.labelled.labelled_text import LabelledText
from assay.training.linear_classifier import HeldOut, LinearClassifier, Solver

__all__ = ["ANY_LABELS", "ONE_LABEL", "Labelling"]

_LACKS_IT, _HAS_IT = "-", "+"

Texts = Sequence[LabelledText]


@dataclass(frozen=True)
class Labelling:
    """How labels become problems of a solver, and its sums become labels.

    Args:
        solve: a solver, features N×F, N texts, a strength and a seed -> the classifier.
        hold_out: what a classifier says of texts that it was not fitted to, with their features.
        say: a text, the labels and the sums L -> the text with those that are likeliest right, and the logarithm of
            the probability that they are.
    """

    solve: Callable[[Solver, Any, Texts, float, int], LinearClassifier]
    hold_out: Callable[[LinearClassifier, Any, Texts], list[HeldOut]]
    say: Callable[[str, Sequence[str], npt.NDArray[np.float64]], tuple[LabelledText, float]]


def _solve_one(solver: Solver, features: Any, texts: Texts, strength: float, seed: int) -> LinearClassifier:
    return solver.solve(features, [one.label for one in texts], strength, seed)


def _hold_out_one(found: LinearClassifier, features: Any, texts: Texts) -> list[HeldOut]:
    return [HeldOut(found.logprobs(features), [one.label for one in texts], found.labels)]


def _say_one(text: str, labels: Sequence[str], sums: npt.NDArray[np.float64]) -> tuple[LabelledText, float]:
    best = int(np.argmax(sums))
    return LabelledText("", text, labels[best]), float(sums[best] - np.logaddexp.reduce(sums))


def _solve_any(solver: Solver, features: Any, texts: Texts, strength: float, seed: int) -> LinearClassifier:
    """Each label against its absence: a sum above 0 means that the text has it."""
    names = sorted({name for one in texts for name in one.labels})
    found = [_solve_name(solver, features, [name in one.labels for one in texts], strength, seed) for name in names]
    weights, bias = zip(*found, strict=True)
    return LinearClassifier(tuple(names), np.stack(weights, axis=1), np.array(bias))


def _solve_name(solver: Solver, features: Any, has_it: Sequence[bool], strength: float, seed: int) -> tuple[Any, float]:
    """Weights F and bias. What all texts have is expected of the next by the rule of succession, whatever it says."""
    if all(has_it):
        return np.zeros(features.shape[1]), float(np.log(len(has_it) + 1))
    found = solver.solve(features, [_HAS_IT if one else _LACKS_IT for one in has_it], strength, seed)
    lacks, has = found.labels.index(_LACKS_IT), found.labels.index(_HAS_IT)
    return found.weights[:, has] - found.weights[:, lacks], float(found.bias[has] - found.bias[lacks])


def _hold_out_any(found: LinearClassifier, features: Any, texts: Texts) -> list[HeldOut]:
    """Of each label, the odds that a text has it."""
    sums = found.sums(features)
    return [
        HeldOut(
            np.stack([np.zeros(len(texts)), sums[:, place]], axis=1),
            [_HAS_IT if name in one.labels else _LACKS_IT for one in texts],
            (_LACKS_IT, _HAS_IT),
        )
        for place, name in enumerate(found.labels)
    ]


def _say_any(text: str, labels: Sequence[str], sums: npt.NDArray[np.float64]) -> tuple[LabelledText, float]:
    """Every label that is likelier than not, as if one told nothing of another."""
    chosen = tuple(label for label, value in zip(labels, sums, strict=True) if value > 0)
    return LabelledText("", text, labels=chosen), -float(np.logaddexp(0, -np.abs(sums)).sum())


ONE_LABEL = Labelling(_solve_one, _hold_out_one, _say_one)
ANY_LABELS = Labelling(_solve_any, _hold_out_any, _say_any)
