"""What was chosen on some questions is judged on others. Knows the scores of several things, not what these are."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["best_elsewhere", "choose_elsewhere", "make_folds"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

FOLDS = 5
_DIGITS = 6  # means that differ by less are equal


def choose_elsewhere(table: Floats, folds: Sequence[Sequence[int]]) -> Ints:
    """Of each question the row that is best on the questions of the *other* folds, Q; of equals the first.

    Args:
        table: K×Q scores; NaN is left out of the means by which is chosen.
        folds: the places of all questions, each in one fold; see `make_folds`.
    """
    chosen = np.zeros(table.shape[1], dtype=np.intp)
    for held_out in folds:
        rest = np.setdiff1d(np.arange(table.shape[1]), held_out)
        means = [_mean(row) for row in table[:, rest if len(rest) else held_out]]
        chosen[list(held_out)] = int(np.argmax(np.round(means, _DIGITS)))
    return chosen


def best_elsewhere(table: Floats, folds: Sequence[Sequence[int]]) -> Floats:
    """Of each question the score of the row that `choose_elsewhere` chooses, Q.

    Its mean is that of choosing the best one, without the luck that the choice has on the questions it is made on.
    """
    scores: Floats = table[choose_elsewhere(table, folds), np.arange(table.shape[1])]
    return scores


def make_folds(groups: Sequence[object], seed: int, n_folds: int = FOLDS) -> list[list[int]]:
    """The places of the questions in at most `n_folds` parts; a group is never divided, no part is empty."""
    names = list(dict.fromkeys(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    fold_of = {names[name]: number % n_folds for number, name in enumerate(order)}
    folds = [[place for place, group in enumerate(groups) if fold_of[group] == fold] for fold in range(n_folds)]
    return [fold for fold in folds if fold]


def _mean(row: Floats) -> float:
    known = row[~np.isnan(row)]
    return float(known.mean()) if len(known) else -np.inf
