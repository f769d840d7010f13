"""Fitting a linear classifier to labelled texts: its strength and its temperature by texts that are held out.

Then it is fitted again to all of them. Knows no way of labelling.
"""

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from assay.labelled.label_splits import near_duplicates
from assay.labelled.labelled_text import LabelledText
from assay.models.cache import build_once
from assay.training.labellings import Labelling
from assay.training.linear_classifier import HeldOut, LinearClassifier, Solver, held_out_loss, temperature
from assay.training.training_settings import TrainingLog

__all__ = ["Features", "FitFeatures", "train_classifier"]

_ENOUGH = 50  # validation texts; with fewer all texts are held out in turn
_FOLDS = 5

Texts = Sequence[LabelledText]


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
    labelling: Labelling,
    train: Texts,
    validation: Texts,
    seed: int,
    folder: Path,
    progress: Callable[[int, int, str], None] = lambda done, total, note: None,
) -> TrainingLog:
    """Fit, calibrate and write `folder`, whole or not at all. The texts are of two different labels at least."""
    started = time.perf_counter()
    learnt = [*train, *validation]
    folds = [(train, validation)] if len(validation) >= _ENOUGH else _folds(learnt, seed)
    total = len(solver.strengths) + 1
    strength, heat, loss = _choose(fit, solver, labelling, folds, seed, lambda done: progress(done, total, ""))
    features = fit([one.text for one in learnt])
    read = features.features([one.text for one in learnt])
    classifier = labelling.solve(solver, read, learnt, strength, seed).at_temperature(heat)
    build_once(folder, lambda empty: _save(features, classifier, empty))
    progress(total, total, "")
    return TrainingLog(
        method="linear",
        seed=seed,
        seconds=time.perf_counter() - started,
        n_examples=len(learnt),
        best_loss=loss,
        temperature=heat,
    )


def _folds(texts: Texts, seed: int) -> list[tuple[Texts, Texts]]:
    """What is learnt from and what is held out, five times: every label alike in each, near-duplicates together."""
    groups = near_duplicates(texts)
    random.Random(seed).shuffle(groups)
    groups.sort(key=lambda group: sorted(texts[group[0]].names))
    held = [{place for group in groups[number::_FOLDS] for place in group} for number in range(_FOLDS)]
    return [
        ([one for place, one in enumerate(texts) if place not in out], [texts[place] for place in sorted(out)])
        for out in held
    ]


def _choose(
    fit: FitFeatures,
    solver: Solver,
    labelling: Labelling,
    folds: Sequence[tuple[Texts, Texts]],
    seed: int,
    progress: Callable[[int], None],
) -> tuple[float, float, float]:
    """Strength and temperature with the lowest held-out loss, and that loss; the middle strength where none can be."""
    able = [(rest, out) for rest, out in folds if len({one.items for one in rest}) > 1]
    read = [_read(fit, rest, out) for rest, out in able]
    tried = []
    for done, strength in enumerate(solver.strengths, start=1):
        held: list[HeldOut] = []
        for (rest, out), (features, asked) in zip(able, read, strict=True):
            held += labelling.hold_out(labelling.solve(solver, features, rest, strength, seed), asked, out)
        heat = temperature(held)
        tried.append((held_out_loss(held, heat), strength, heat))
        progress(done)
    usual = solver.strengths[len(solver.strengths) // 2]
    loss, strength, heat = min(tried, key=lambda one: (one[0], one[1] != usual))
    return strength, heat, loss


def _read(fit: FitFeatures, rest: Texts, held_out: Texts) -> tuple[Any, Any]:
    """Features of what is learnt from, and of what is held out."""
    features = fit([one.text for one in rest])
    learnt, asked = (features.features([one.text for one in texts]) for texts in (rest, held_out))
    return learnt, asked


def _save(features: Features, classifier: LinearClassifier, folder: Path) -> None:
    features.save(folder)
    classifier.save(folder)
