"""Fitting a linear classifier to labelled texts: its strength and its temperature by texts that are held out.

Then it is fitted again to all of them. Knows no way of labelling.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from assay.labelled.labelled_text import LabelledText
from assay.models.cache import build_once
from assay.training.linear_classifier import LinearClassifier, Solver, negative_log_likelihood, temperature
from assay.training.training_settings import TrainingLog

__all__ = ["Features", "FitFeatures", "train_classifier"]

_HELD_OUT = 5  # without validation texts every fifth is held out


class Features(Protocol):
    """Texts as numbers."""

    def features(self, texts: Sequence[str]) -> Any:
        """Dense or sparse, N×F."""
        ...

    def save(self, folder: Path) -> None:
        """What it takes to make the same numbers of the same texts again."""
        ...


FitFeatures = Callable[[Sequence[str]], Features]


def train_classifier(
    fit: FitFeatures,
    solver: Solver,
    train: Sequence[LabelledText],
    validation: Sequence[LabelledText],
    seed: int,
    folder: Path,
    progress: Callable[[int, int, str], None] = lambda done, total, note: None,
) -> TrainingLog:
    """Fit, calibrate and write `folder`, whole or not at all. The texts have two different labels at least."""
    started = time.perf_counter()
    learnt = [*train, *validation]
    total = len(solver.strengths) + 1
    strength, heat, loss = _choose(fit, solver, train, validation, seed, lambda done: progress(done, total, ""))
    features = fit([one.text for one in learnt])
    read = features.features([one.text for one in learnt])
    classifier = solver.solve(read, [one.label for one in learnt], strength, seed).at_temperature(heat)
    build_once(folder, lambda empty: _save(features, classifier, empty))
    progress(total, total, "")
    return TrainingLog(
        method="linear", seed=seed, seconds=time.perf_counter() - started, n_examples=len(learnt), best_loss=loss
    )


def _choose(
    fit: FitFeatures,
    solver: Solver,
    train: Sequence[LabelledText],
    validation: Sequence[LabelledText],
    seed: int,
    progress: Callable[[int], None],
) -> tuple[float, float, float]:
    """Strength and temperature with the lowest held-out loss, and that loss; the middle strength where none can be."""
    held_out = validation or train[::_HELD_OUT]
    rest = train if validation else [one for place, one in enumerate(train) if place % _HELD_OUT]
    names, known = [one.label for one in held_out], {one.label for one in rest}
    if len(known) < 2 or not known.intersection(names):
        return solver.strengths[len(solver.strengths) // 2], 1.0, 0.0
    features = fit([one.text for one in rest])
    read, asked = (features.features([one.text for one in texts]) for texts in (rest, held_out))
    tried = []
    for done, strength in enumerate(solver.strengths, start=1):
        found = solver.solve(read, [one.label for one in rest], strength, seed)
        heat = temperature(found.logprobs(asked), names, found.labels)
        loss = negative_log_likelihood(found.at_temperature(heat).logprobs(asked), names, found.labels)
        tried.append((loss, strength, heat))
        progress(done)
    loss, strength, heat = min(tried)
    return strength, heat, loss


def _save(features: Features, classifier: LinearClassifier, folder: Path) -> None:
    features.save(folder)
    classifier.save(folder)
