"""How often a verdict is wrong about steadiness: two cells are as often right, the cheap one may turn more often."""

from collections.abc import Iterator

import numpy as np
from simulated_exams import Row, draw_documents, draw_scores, met, percent

from assay.verdict.cell_choice import choose

MARGIN, TIMES, DRAWS = 0.05, 4, 500
TURNING = ((0.02, 0.02), (0.05, 0.05), (0.1, 0.04), (0.15, 0.05), (0.25, 0.05))  # shares of questions: cheap, dear


def section(quick: bool) -> Iterator[Row]:
    """By the number of questions that are asked again, and the shares of them that turn: wrong and decided."""
    rng = np.random.default_rng(14)
    for n in (60, 200):
        for turning in TURNING:
            yield _judged(rng, n, turning, 60 if quick else 800)


def _judged(rng: np.random.Generator, n: int, turning: tuple[float, float], n_exams: int) -> Row:
    right = "cheap" if turning[0] - turning[1] < MARGIN - 1e-9 else "dear"
    decided = wrong = 0
    for _ in range(n_exams):
        documents = draw_documents(rng, "few large", n, 1)
        (own,) = draw_scores(rng, documents, (0.9,))
        scores = {"cheap": own, "dear": own}
        luck = rng.random(n)
        repeated = {cell: _marks(rng, own, luck, share) for cell, share in zip(scores, turning, strict=True)}
        choice = choose(scores, documents.sampling, MARGIN, rng, DRAWS, repeated)
        decided += not choice.undecided
        wrong += not choice.undecided and choice.cell != right
    told = f"wrong {percent(wrong / n_exams)}, decided {percent(decided / n_exams)}"
    shares = f"{percent(turning[0])} turn with the cheap cell, {percent(turning[1])} with the dear one"
    setting = f"{n} questions asked {TIMES} times, {shares}"
    return setting, told, "wrong at most 5%", met(wrong / n_exams <= 0.05)


def _marks(rng: np.random.Generator, own: np.ndarray, luck: np.ndarray, share: float) -> np.ndarray:
    """Q×T: a share of the questions turns at one of the later times; half of what turns does so in both cells."""
    turns = np.where(rng.random(len(own)) < 0.5, luck, rng.random(len(own))) < share
    when = rng.integers(1, TIMES, len(own))
    return np.where(turns[:, None] & (np.arange(TIMES) == when[:, None]), 1 - own[:, None], own[:, None])
