"""Which of some cells to use, and between which it cannot be told. Knows scores and their order of cost, no texts.

The right choice is the cheapest cell that the best is not ahead of by the margin. A cell is *safe* when fewer than 5%
of the joint draws have any other cell ahead of it by the margin, and no other cell alone may be. The cheapest safe cell
is chosen; the choice is decided when every cheaper cell is shown to be worse than the best.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assay.statistics.inference import N_RESAMPLES, draw_means, estimate_difference
from assay.statistics.sampling import Sampling
from assay.verdict.result import Comparison
from assay.verdict.standing import ALPHA, bounds_of, compare_pairs, may_be_ahead

__all__ = ["Choice", "best_of", "choose", "choose_within_bounds"]

Floats = npt.NDArray[np.float64]
Scores = Mapping[str, Floats]


@dataclass(frozen=True)
class Choice:
    """The cell to use, the best one, and the cells that it cannot be told from; none: decided.

    `comparisons` are of the best with each other cell, the cheapest first. `unanswered`: cells that left over 2% of the
    questions without a mark.
    """

    cell: str
    best: str
    undecided: list[str]
    comparisons: list[Comparison]
    unanswered: list[str]


@dataclass(frozen=True)
class _Candidates:
    """Cells with their scores, the cheapest first, and how they come out in one set of draws."""

    scores: Scores
    sampling: Sampling
    margin: float
    rng: np.random.Generator
    n_resamples: int
    draws: Floats  # R×K

    def is_safe(self, cell: str) -> bool:
        """Whether no other cell may be ahead of this one by the margin."""
        return self._risk(cell, list(self.scores)) < ALPHA and not self._ahead_alone(cell)

    def in_the_way(self, cell: str) -> list[str]:
        """The fewest cells for which it is not safe: without them it would be."""
        found = self._ahead_alone(cell)
        rest = [name for name in self.scores if name not in found and name != cell]
        rest.sort(key=lambda name: -self._risk(cell, [name]))
        while rest and self._risk(cell, rest) >= ALPHA:
            found.append(rest.pop(0))
        return found

    def _risk(self, cell: str, others: Sequence[str]) -> float:
        """The share of the draws in which one of the others is ahead by the margin."""
        place = {name: number for number, name in enumerate(self.scores)}
        columns = [place[name] for name in others if name != cell]
        if not columns:
            return 0.0
        lead = self.draws[:, columns].max(axis=1) - self.draws[:, place[cell]]
        return float(np.mean(lead >= self.margin))

    def _ahead_alone(self, cell: str) -> list[str]:
        return [name for name in self.scores if name != cell and self._may_lead(name, cell)]

    def _may_lead(self, name: str, cell: str) -> bool:
        a, b = self.scores[name], self.scores[cell]
        difference = estimate_difference(a, b, self.sampling, self.rng, self.n_resamples)
        return may_be_ahead(difference, self.margin)


def choose(
    scores: Scores,
    sampling: Sampling,
    margin: float,
    rng: np.random.Generator,
    n_resamples: int = N_RESAMPLES,
) -> Choice:
    """The choice, as if what was not answered had never been asked.

    The best is picked on the same questions, which flatters it. Its comparisons are adjusted over every cell that could
    have been the best, not just the cheaper ones: that keeps the chance small that equal cells are told apart.

    Args:
        scores: of each cell, the cheapest first: 1 right, 0 wrong, NaN not scored, one a question.
        sampling: what the draws are of.
        margin: a lead that does not matter.
        rng: of the draws; the same one gives the same choice.
        n_resamples: the number of draws.
    """
    table = np.vstack(list(scores.values()))
    found = _Candidates(scores, sampling, margin, rng, n_resamples, draw_means(table, sampling, rng, n_resamples))
    best = best_of(scores)
    pairs = [(best, name) for name in scores if name != best]
    comparisons = compare_pairs(pairs, scores, sampling, margin, rng, n_resamples)
    safe = next((name for name in scores if found.is_safe(name)), None)
    cell = safe or best
    worse = {one.b for one in comparisons if one.standing == "better"}
    cheaper = list(scores)[: list(scores).index(cell)]
    in_the_way = [] if safe else found.in_the_way(cell)
    open_cells = [name for name in scores if (name in cheaper and name not in worse) or name in in_the_way]
    return Choice(cell, best, open_cells, comparisons, _unanswered(scores))


def choose_within_bounds(
    scores: Scores,
    sampling: Sampling,
    margin: float,
    rng: np.random.Generator,
    n_resamples: int = N_RESAMPLES,
) -> Choice:
    """The choice, decided only if it is so whatever the questions without an answer would have brought.

    Where a cell left over 2% of them, the choice is made again with all its missing answers wrong,
    with all of them right, and with those of the chosen cell wrong and those of the others right.
    """
    seen = choose(scores, sampling, margin, rng, n_resamples)
    if not seen.unanswered or seen.undecided:
        return seen
    rivals = []
    for bound in _bounds(scores, seen):
        other = choose(bound, sampling, margin, rng, n_resamples)
        rivals += [name for name in (other.cell, *other.undecided) if name != seen.cell]
    open_cells = [name for name in scores if name in rivals]
    return replace(seen, undecided=open_cells)


def best_of(scores: Scores) -> str:
    """The cell with the highest mean; of equal ones the first."""
    return max(scores, key=lambda name: round(float(np.nanmean(scores[name])), 9))


def _bounds(scores: Scores, seen: Choice) -> list[Scores]:
    def filled(value: Mapping[str, float]) -> Scores:
        bounded = {name: np.nan_to_num(scores[name], nan=value[name]) for name in seen.unanswered}
        return {**scores, **bounded}

    wrong, right = ({name: value for name in seen.unanswered} for value in (0.0, 1.0))
    return [filled(wrong), filled(right), filled({name: float(name != seen.cell) for name in seen.unanswered})]


def _unanswered(scores: Scores) -> list[str]:
    """The cells that left over 2% of the questions without a mark, in order."""
    return [name for name, values in scores.items() if bounds_of(values) is not None]
