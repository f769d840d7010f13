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
            for n_compared in (1, 5):
                yield _found(rng, rate, shared, n_compared, True, 100 if quick else 1500)
    yield _found(rng, 0.45, 0.3, 5, False, 100 if quick else 1500)


def _found(
    rng: np.random.Generator, rate: float, shared: float, n_compared: int, is_seen: bool, n_exams: int, n: int = 130
) -> Row:
    found, printed = 0, []
    for _ in range(n_exams):
        documents = draw_documents(rng, "few large", n, n_compared + 1)
        df, effect = design_of(documents.sampling)
        disagreement = _seen(rng, rate, shared) if is_seen else TYPICAL_DISAGREEMENT
        lead = detectable_difference(n, df, disagreement, n_compared, effect)
        scores = draw_scores(rng, documents, [rate + lead, *[rate] * n_compared], shared)
        tests = [estimate_difference(scores[0], other, documents.sampling, rng).p for other in scores[1:]]
        p_holm = holm(tests)[0]
        found += p_holm is not None and p_holm < 0.05
        printed.append(lead)
    share = found / n_exams
    basis = f"disagreement seen on {VALIDATION} questions" if is_seen else "disagreement assumed to be 30%"
    setting = f"{n} questions, base rate {rate}, luck shared {shared}, comparisons: {n_compared}, {basis}"
    told = f"found {percent(share)} (printed: {100 * np.mean(printed):.0f} points)"
    return setting, told, "75% to 85%", met(0.75 <= share <= 0.85) if is_seen else "-"


def _seen(rng: np.random.Generator, rate: float, shared: float) -> float:
    """As `assay.studies.grid.disagreement` sees it, of two cells that are equally good."""
    luck = rng.random(VALIDATION)
    first, second = (np.where(rng.random(VALIDATION) < shared, luck, rng.random(VALIDATION)) < rate for _ in range(2))
    return (int((first != second).sum()) + 1) / (VALIDATION + 2)
