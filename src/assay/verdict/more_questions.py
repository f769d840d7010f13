"""About how many more questions would decide. Knows draws of the cells' means and their order of cost, no score.

What N further questions would bring is foretold from the draws at hand. With the true means as uncertain as these say,
the means over all n + N questions lie around those at hand by √(N / (n + N)) of the draws' spread, and their own spread
is then √(n / (n + N)) of it. So each draw, shrunk by the first factor, is a later exam; it is judged by the rule of
`assay.verdict.cell_choice`, with the draws shrunk by the second one around it.
"""

from bisect import bisect_left
from math import ceil, sqrt

import numpy as np
import numpy.typing as npt

from assay.verdict.standing import ALPHA

__all__ = ["MOST_QUESTIONS", "questions_to_decide"]

Floats = npt.NDArray[np.float64]

MOST_QUESTIONS = 5000  # more than this is "too many to be worth it"
_SURE = 0.93  # of the later exams decide: of those with the least favourable truth, three quarters
_LATER, _AROUND = 200, 300  # exams foretold, and draws around each
_STEPS = 45  # numbers of questions tried, each 15% above the one before: the more, the likelier a decision


def questions_to_decide(draws: Floats, n: int, margin: float) -> int | None:
    """How many questions beyond n would decide in `_SURE` of the exams foretold, rounded up; at most MOST_QUESTIONS.

    Args:
        draws: R×K, of each cell's mean, the cheapest first.
        n: the questions at hand.
        margin: a lead that does not matter.

    Returns:
        None where the draws do not spread: nothing tells what more questions would bring.
    """
    centre = draws.mean(axis=0)
    away = draws - centre
    if float(away.std()) < 1e-9:
        return None
    numbers = np.geomspace(10, MOST_QUESTIONS, _STEPS)
    place = bisect_left(numbers, _SURE, key=lambda more: _share_decided(centre, away, n, more, margin))
    return _readable(float(numbers[place])) if place < _STEPS else MOST_QUESTIONS


def _share_decided(centre: Floats, away: Floats, n: int, more: float, margin: float) -> float:
    later = centre + away[:_LATER] * sqrt(more / (n + more))  # L×K
    around = away[-_AROUND:] * sqrt(n / (n + more))  # A×K
    worse = _shown_worse(later, around)
    decided = np.zeros(len(later), dtype=bool)
    walking = np.arange(len(later))  # exams in which every cheaper cell is shown to be worse, and none was safe
    for cell in range(later.shape[1]):
        safe = _is_safe(later[walking], around, cell, margin)
        decided[walking[safe]] = True
        walking = walking[~safe & worse[walking, cell]]
    return float(decided.mean())


def _is_safe(later: Floats, around: Floats, cell: int, margin: float) -> npt.NDArray[np.bool_]:
    """Per later exam, whether fewer than 5% of the draws around it have another cell ahead by the margin: L."""
    ahead = np.zeros((len(later), len(around)), dtype=bool)
    for other in range(later.shape[1]):
        if other != cell:
            leads = (later[:, other] - later[:, cell])[:, None] + (around[:, other] - around[:, cell])[None]
            ahead |= leads >= margin
    safe: npt.NDArray[np.bool_] = ahead.mean(axis=1) < ALPHA
    return safe


def _shown_worse(later: Floats, around: Floats) -> npt.NDArray[np.bool_]:
    """Per later exam and cell, whether it is behind the best one of that exam by Holm's procedure: L×K."""
    from scipy.special import ndtr

    best = later.argmax(axis=1)
    pairs = np.std(around[:, :, None] - around[:, None, :], axis=0)  # K×K
    error = np.maximum(pairs[best], 1e-12)
    lead = later[np.arange(len(later)), best][:, None] - later
    p = 2 * ndtr(-lead / error)
    p[np.arange(len(later)), best] = np.inf  # not compared with itself
    order = np.argsort(p, axis=1)
    n_compared = later.shape[1] - 1
    times = np.maximum(n_compared - np.arange(later.shape[1]), 1)
    adjusted = np.maximum.accumulate(np.take_along_axis(p, order, axis=1) * times, axis=1)
    worse = np.zeros(later.shape, dtype=bool)
    np.put_along_axis(worse, order, adjusted < ALPHA, axis=1)
    return worse


def _readable(n: float) -> int:
    """The number rounded up to tens, fifties or hundreds, at most MOST_QUESTIONS."""
    step = 10 if n <= 200 else 50 if n <= 1000 else 100
    return min(MOST_QUESTIONS, ceil(n / step) * step)
