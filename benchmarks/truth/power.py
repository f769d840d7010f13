"""Whether the difference that an exam is said to show is found four times out of five."""

from collections.abc import Iterator

import numpy as np
from simulated_exams import Row, draw_documents, draw_scores, met, percent

from assay.statistics.clustered import holm
from assay.statistics.inference import estimate_difference
from assay.statistics.power import TYPICAL_DISAGREEMENT, design_of, detectable_difference

VALIDATION = 30


def section(quick: bool) -> Iterator[Row]:
    """By base rate, luck that two cells share, and number of comparisons: seen on validation questions, or assumed."""
    rng = np.random.default_rng(13)
    for rate in (0.25, 0.45, 0.7):
        for shared in (0.3, 0.7):
            for n_compared, is_ahead_of_all in ((1, True), (5, True), (5, False)):
                yield _found(rng, rate, shared, n_compared, is_ahead_of_all, True, 100 if quick else 1500)
    yield _found(rng, 0.45, 0.3, 5, False, False, 100 if quick else 1500)


def _found(
    rng: np.random.Generator,
    rate: float,
    shared: float,
    n_compared: int,
    is_ahead_of_all: bool,
    is_seen: bool,
    n_exams: int,
    n: int = 130,
) -> Row:
    found, printed, true_lead = 0, [], 0.1
    for _ in range(20):  # the lead that is found four times out of five depends on the disagreement, and that on it
        seen = _true_disagreement(rate, true_lead, shared)
        true_lead = detectable_difference(n, n - 4, seen, n_compared)
    for _ in range(n_exams):
        documents = draw_documents(rng, "few large", n, n_compared + 1)
        df, effect = design_of(documents.sampling)
        disagreement = _seen(rng, rate, true_lead, shared) if is_seen else TYPICAL_DISAGREEMENT
        lead = detectable_difference(n, df, disagreement, n_compared, effect)
        others = [rate] * n_compared if is_ahead_of_all else [rate, *[rate + lead] * (n_compared - 1)]
        scores = draw_scores(rng, documents, [rate + lead, *others], shared)
        tests = [estimate_difference(scores[0], other, documents.sampling, rng).p for other in scores[1:]]
        p_holm = holm(tests)[0]
        found += p_holm is not None and p_holm < 0.05
        printed.append(lead)
    share = found / n_exams
    basis = f"disagreement seen on {VALIDATION} questions" if is_seen else "disagreement assumed to be 30%"
    ahead = "ahead of all" if is_ahead_of_all else "ahead of one, level with the others"
    setting = f"{n} questions, base rate {rate}, luck shared {shared}, comparisons: {n_compared}, {ahead}, {basis}"
    told = f"found {percent(share)} (printed: {100 * np.mean(printed):.0f} points)"
    return setting, told, "75% to 85%", met(0.75 <= share <= 0.85) if is_seen else "-"


def _seen(rng: np.random.Generator, rate: float, lead: float, shared: float) -> float:
    """As `assay.studies.grid.disagreement` sees it, of the better cell and one that it leads."""
    luck = rng.random((3, VALIDATION))
    own = np.where(rng.random((2, VALIDATION)) < shared, luck[0], luck[1:])
    n_differing = int(((own[0] < rate + lead) != (own[1] < rate)).sum())
    return (n_differing + 1) / (VALIDATION + 2)


def _true_disagreement(rate: float, lead: float, shared: float) -> float:
    """Both share their luck: the lead. Else: one right, one wrong, independently."""
    better = rate + lead
    return shared**2 * lead + (1 - shared**2) * (better * (1 - rate) + rate * (1 - better))
