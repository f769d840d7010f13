"""Exams whose truth is known: cells that share luck and what is hard about a document. Rows of the table."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assay.statistics.sampling import Sampling, over_questions

Floats = np.ndarray
Row = tuple[str, str, str, str]  # setting, measured, goal, met

SHAPES = {
    "one manual": lambda n: [n],
    "few large": lambda n: [n // 4] * 4,
    "many small": lambda n: [2] * (n // 2),
    "unequal": lambda n: [n // 2, n // 5, n // 10, *[1] * (n - n // 2 - n // 5 - n // 10)],
}


@dataclass(frozen=True)
class Documents:
    """How hard each document is for each of some cells, and of which document each question is."""

    homes: np.ndarray  # Q
    hard: Floats  # D: for all cells alike
    own: Floats  # K×D: for each cell

    @property
    def sampling(self) -> Sampling:
        """New questions on these documents."""
        return over_questions(self.homes.tolist(), range(len(self.homes)))

    def more(self, n: int) -> "Documents":
        """The same documents with n further questions in the same shares."""
        return Documents(np.concatenate([self.homes, np.resize(self.homes, n)]), self.hard, self.own)


def draw_documents(rng: np.random.Generator, shape: str, n: int, n_cells: int, spread: float = 0.1) -> Documents:
    """Documents of one shape; over all n questions none is harder on average."""
    sizes = SHAPES[shape](n)
    homes = np.repeat(np.arange(len(sizes)), sizes)

    def centred(values: Floats) -> Floats:
        return values - values[..., homes].mean(axis=-1, keepdims=True)

    hard = centred(rng.normal(0, spread, len(sizes)))
    return Documents(homes, hard, centred(rng.normal(0, spread / 3, (n_cells, len(sizes)))))


def draw_scores(rng: np.random.Generator, documents: Documents, rates: Sequence[float], shared: float = 0.5) -> Floats:
    """Right or wrong, K×Q. Two cells share their luck on a share of the questions."""
    return (_draw_luck(rng, documents, len(rates), shared) < true_rates(documents, rates)).astype(float)


def true_rates(documents: Documents, rates: Sequence[float]) -> Floats:
    """The chance of a right answer, K×Q, whose mean is the rate wherever the rate leaves room for it."""
    room = np.minimum(np.array(rates), 1 - np.array(rates))[:, None]
    shift = np.clip((documents.hard + documents.own)[:, documents.homes], -0.9 * room, 0.9 * room)
    return np.array(rates)[:, None] + shift - shift.mean(axis=1, keepdims=True)


def _draw_luck(rng: np.random.Generator, documents: Documents, n_cells: int, shared: float) -> Floats:
    n = len(documents.homes)
    luck = rng.random(n)
    return np.where(rng.random((n_cells, n)) < shared, luck, rng.random((n_cells, n)))


def percent(share: float) -> str:
    """A share as percent with a digit."""
    return f"{100 * share:.1f}%"


def met(is_so: bool) -> str:
    """Whether a goal is met."""
    return "yes" if is_so else "no"
