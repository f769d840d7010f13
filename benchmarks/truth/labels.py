"""Whether intervals of macro-F1 hold the truth, and what chance gives of a calibration error."""

from collections.abc import Iterator

import numpy as np
from simulated_exams import Row, met, percent

from assay.statistics.inference import estimate_mean
from assay.statistics.sampling import over_questions
from assay.studies.labels.label_marks import calibrate, f1_values

SHAPES = ((77, 120), (20, 120), (10, 120), (4, 120), (20, 400), (40, 400))  # labels, texts


def section(quick: bool) -> Iterator[Row]:
    """By labels and texts, all equally common or like 1, 1/2, 1/3; then calibration."""
    rng = np.random.default_rng(15)
    for n_labels, n in SHAPES:
        for name, shares in (("even", np.ones(n_labels)), ("uneven", 1 / np.arange(1, n_labels + 1))):
            yield _covered(rng, name, shares / shares.sum(), n, 50 if quick else 500)
    yield _calibrated(rng, 20 if quick else 200)


def _covered(rng: np.random.Generator, name: str, shares: np.ndarray, n: int, n_exams: int) -> Row:
    n_labels, right = len(shares), 0.75
    said = shares * right + (shares.sum() - shares) * (1 - right) / (n_labels - 1)
    f1 = 2 * shares * right / (shares + said)
    sampling, hits, texts = over_questions([None] * n, range(n)), 0, []
    for _ in range(n_exams):
        gold = rng.choice(n_labels, n, p=shares)
        guess = np.where(rng.random(n) < right, gold, (gold + rng.integers(1, n_labels, n)) % n_labels)
        counts = np.zeros((n, n_labels, 3))
        counts[np.arange(n), gold, 2] = counts[np.arange(n), guess, 1] = 1
        counts[np.arange(n), gold, 0] = gold == guess
        found = estimate_mean(f1_values(counts, macro=True), sampling, rng)
        met_labels = np.unique(gold)
        hits += found.low <= f1[met_labels].mean() <= found.high
        texts.append(n / len(met_labels))
    share, each = hits / n_exams, float(np.mean(texts))
    setting = f"macro-F1, {n_labels} labels, {name}, {n} texts: {each:.1f} a label"
    if each < 5:
        return setting, f"would be {percent(share)}", "none is shown", "yes"
    return setting, percent(share), "93% to 97%", met(0.93 <= share <= 0.97)


def _calibrated(rng: np.random.Generator, n_exams: int) -> Row:
    errors, told = [], []
    for _ in range(n_exams):
        sure = rng.beta(5, 2, 120)
        found = calibrate(sure, (rng.random(120) < sure).astype(float))
        errors.append(found.error)
        told.append(found.chance)
    measured = f"error {100 * np.mean(errors):.1f} points, told as chance {100 * np.mean(told):.1f}"
    is_met = abs(np.mean(errors) - np.mean(told)) < 0.005
    return "a way that is right as often as it claims, 120 texts", measured, "the same", met(is_met)
