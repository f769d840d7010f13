"""Whether means and differences corrected by 60 labels hold the truth, with a scorer up to 20 points off."""

from collections.abc import Iterator

import numpy as np
from simulated_exams import Row, draw_documents, draw_scores, met, percent, true_rates

from assay.statistics.prediction_powered import Marked, prediction_powered_difference, prediction_powered_mean

LABELS = 60
SCORERS = {"good": (0.03, 0.05), "misses right ones": (0.0, 0.33), "lets wrong ones pass": (0.45, 0.02)}


def section(quick: bool) -> Iterator[Row]:
    """By scorer, size and base rate; labels drawn at random, or half of them where the scorer says wrong."""
    rng = np.random.default_rng(14)
    for name, errors in SCORERS.items():
        for n in (130, 400):
            for rate in (0.3, 0.6, 0.9):
                for is_even in (False, True):
                    yield _covered(rng, name, errors, n, rate, is_even, 100 if quick else 1500)


def _covered(
    rng: np.random.Generator, name: str, errors: tuple[float, float], n: int, rate: float, is_even: bool, n_exams: int
) -> Row:
    hits, off, raw = np.zeros(2), [], []
    for _ in range(n_exams):
        documents = draw_documents(rng, "few large", n, 2)
        rates = (rate, rate - 0.1)
        right, chances = draw_scores(rng, documents, rates), true_rates(documents, rates)
        scored = [_mark(rng, one, errors) for one in right]
        drawn, weights = _draw(rng, scored[0], is_even)
        a, b = (Marked(s, np.where(drawn, r, np.nan), weights) for s, r in zip(scored, right, strict=True))
        mean = prediction_powered_mean(a, documents.sampling)
        lead = prediction_powered_difference(a, b, documents.sampling).estimate
        truth = chances.mean(axis=1)
        hits += mean.estimate.low <= truth[0] <= mean.estimate.high, lead.low <= truth[0] - truth[1] <= lead.high
        off.append(mean.estimate.value - truth[0])
        raw.append(mean.uncorrected - truth[0])
    shares = hits / n_exams
    told = f"mean {percent(shares[0])}, difference {percent(shares[1])}"
    told += f"; off by {_points(off)} points (the scorer alone {_points(raw)})"
    drawn_how = "half where it says wrong" if is_even else "at random"
    setting = f"scorer {name}, {n} questions, base rate {rate}, {LABELS} labels {drawn_how}"
    return setting, told, "93% to 97%", met(all(0.93 <= share <= 0.97 for share in shares))


def _mark(rng: np.random.Generator, right: np.ndarray, errors: tuple[float, float]) -> np.ndarray:
    return (rng.random(len(right)) < np.where(right == 1, 1 - errors[1], errors[0])).astype(float)


def _draw(rng: np.random.Generator, scored: np.ndarray, is_even: bool) -> tuple[np.ndarray, np.ndarray]:
    """Which questions are labelled, and one over the chance of each."""
    n = len(scored)
    if not is_even:
        return rng.permutation(n) < LABELS, np.ones(n)
    drawn, weights = np.zeros(n, dtype=bool), np.ones(n)
    wrong = int(min((scored == 0).sum(), max(LABELS // 2, LABELS - (scored == 1).sum())))
    for said, wanted in ((0.0, wrong), (1.0, LABELS - wrong)):
        places = np.flatnonzero(scored == said)
        drawn[rng.permutation(places)[:wanted]] = True
        weights[places] = len(places) / max(1, wanted)
    return drawn, weights


def _points(values: list[float]) -> str:
    return f"{100 * float(np.mean(values)):+.1f}"
