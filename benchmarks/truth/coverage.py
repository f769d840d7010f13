"""Whether 95% intervals hold the truth in 95 of 100 exams."""

from collections.abc import Iterator

import numpy as np
from simulated_exams import SHAPES, Row, draw_documents, draw_scores, met, percent, true_rates

from assay.statistics.crossfit import best_elsewhere, make_folds
from assay.statistics.inference import estimate_difference, estimate_mean
from assay.statistics.sampling import over_documents, over_questions

RATES = (0.05, 0.5, 0.95)
LEAD = 0.03


def section(quick: bool) -> Iterator[Row]:
    """Means and paired differences by shape, size and base rate; the winner of equals; near-duplicates; documents."""
    rng = np.random.default_rng(11)
    for shape in SHAPES:
        for n in (40, 120, 400):
            yield _by_rate(rng, shape, n, 200 if quick else 2000)
    yield _winner(rng, 200 if quick else 2000)
    yield _near_duplicates(rng, 200 if quick else 2000)
    for n_documents in (5, 20, 40):
        yield _documents(rng, n_documents, 50 if quick else 500)


def _by_rate(rng: np.random.Generator, shape: str, n: int, n_exams: int) -> Row:
    means, differences = [], []
    for rate in RATES:
        better = rate + LEAD if rate < 0.9 else rate
        rates = (better, better - LEAD)
        hits = np.zeros(2)
        for _ in range(n_exams):
            documents = draw_documents(rng, shape, n, 2)
            scores, chances = draw_scores(rng, documents, rates), true_rates(documents, rates)
            mean = estimate_mean(scores[1], documents.sampling, rng)
            lead = estimate_difference(scores[0], scores[1], documents.sampling, rng).estimate
            hits += (
                mean.low <= chances[1].mean() <= mean.high,
                lead.low <= (chances[0] - chances[1]).mean() <= lead.high,
            )
        means.append(hits[0] / n_exams)
        differences.append(hits[1] / n_exams)
    told = f"means {_listed(means)}; differences {_listed(differences)}"
    is_met = all(0.93 <= one <= 0.97 for one in (*means, *differences))
    return f"{shape}, {n} questions, base rates {', '.join(map(str, RATES))}", told, "93% to 97%", met(is_met)


def _winner(rng: np.random.Generator, n_exams: int) -> Row:
    hits, values = 0, []
    for _ in range(n_exams):
        documents = draw_documents(rng, "few large", 120, 6)
        scores = draw_scores(rng, documents, [0.6] * 6)
        own = estimate_mean(scores[scores.mean(axis=1).argmax()], documents.sampling, rng)
        fitted = best_elsewhere(scores, make_folds(documents.sampling.clusters, 0))
        hits += own.low <= 0.6 <= own.high
        values.append((own.value, fitted.mean()))
    own_mean, fitted_mean = np.mean(values, axis=0)
    told = (
        f"its own score {percent(own_mean)} (interval: {percent(hits / n_exams)}), cross-fitted {percent(fitted_mean)}"
    )
    return "the best of six cells that get 60%", told, "cross-fitted 60%", met(abs(fitted_mean - 0.6) < 0.01)


def _near_duplicates(rng: np.random.Generator, n_exams: int) -> Row:
    hits, sampling = 0, over_questions(np.repeat([0, 1, 2], 40).tolist(), np.repeat(np.arange(60), 2).tolist())
    for _ in range(n_exams):
        rates = np.repeat(np.repeat([0.4, 0.6, 0.8], 20), 2)
        scores = (np.repeat(rng.random(60), 2) < rates).astype(float)
        found = estimate_mean(scores, sampling, rng)
        hits += found.low <= rates.mean() <= found.high
    share = hits / n_exams
    return "every question asked twice, 120 questions", percent(share), "93% to 97%", met(0.93 <= share <= 0.97)


def _documents(rng: np.random.Generator, n_documents: int, n_exams: int) -> Row:
    homes = np.repeat(np.arange(n_documents), 6)
    sampling, hits = over_documents(homes.tolist()), np.zeros(2)
    for _ in range(n_exams):
        rates = rng.beta(6 * 0.6, 6 * 0.4, n_documents)[homes]
        luck, other = rng.random((2, len(homes)))
        scores = (
            (luck < rates).astype(float),
            (np.where(rng.random(len(homes)) < 0.5, luck, other) < rates).astype(float),
        )
        mean = estimate_mean(scores[0], sampling, rng, 1000)
        lead = estimate_difference(*scores, sampling, rng, 1000).estimate
        hits += mean.low <= 0.6 <= mean.high, lead.low <= 0 <= lead.high
    shares = hits / n_exams
    told = f"mean {percent(shares[0])}; difference {percent(shares[1])}"
    return f"generalise = documents, {n_documents} documents of 6", told, "93% and more", met(min(shares) >= 0.93)


def _listed(shares: list[float]) -> str:
    return " ".join(percent(one) for one in shares)
