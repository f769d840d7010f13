"""Which of some cells to use, and between which it cannot be told. Knows scores and their order of cost, no texts.

The right choice is the cheapest cell that the best is not ahead of by the margin. A cell is *safe* when fewer than 5%
of the joint draws have any other cell ahead of it by the margin, and no other cell alone may be. The cheapest safe cell
is chosen; the choice is decided when every cheaper cell is shown to be worse than the best.

Where questions were asked again, a safe cell of which a dearer safe one may be steadier by the margin is passed over;
it stands in the way of a decision until it is shown to be less steady. See `assay.verdict.steadier`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from assay.statistics.inference import N_RESAMPLES, draw_means, estimate_difference
from assay.statistics.sampling import Sampling
from assay.verdict.result import Comparison
from assay.verdict.standing import ALPHA, bounds_of, compare_pairs, may_be_ahead
from assay.verdict.steadier import Repeated, Steadier, compare_steadiness

__all__ = ["Choice", "best_of", "choose", "choose_within_bounds", "in_contention"]

Floats = npt.NDArray[np.float64]
Scores = Mapping[str, Floats]


@dataclass(frozen=True)
class Choice:
    """The cell to use, the best one, and the cells that it cannot be told from; none: decided.

    `comparisons` are of the best with each other cell, the cheapest first. `unanswered`: cells that left over 2% of the
    questions without a mark. `steadier`: pairs of a dearer cell and a cheaper one that are as often right; the cheaper
    one is that which is to be used, or was passed over because the dearer one may be steadier.
    """

    cell: str
    best: str
    undecided: list[str]
    comparisons: list[Comparison]
    unanswered: list[str]
    steadier: list[Comparison] = field(default_factory=list)


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
    repeated: Repeated | None = None,
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
        repeated: marks of questions that were asked again, by cell; see `assay.verdict.steadier`.
    """
    table = np.vstack(list(scores.values()))
    found = _Candidates(scores, sampling, margin, rng, n_resamples, draw_means(table, sampling, rng, n_resamples))
    best = best_of(scores)
    comparisons = _against_all(best, scores, sampling, margin, rng, n_resamples)
    safe: Iterable[str] = (name for name in scores if found.is_safe(name))
    pairs: list[Steadier] = []
    if repeated:
        safe = list(safe)
        pairs = compare_steadiness(safe, repeated, sampling, margin, rng, n_resamples)
    chosen = next((name for name in safe if name not in {one.comparison.b for one in pairs if one.may_be}), None)
    cell = chosen or best
    cheaper = list(scores)[: list(scores).index(cell)]
    steadier = [one.comparison for one in pairs if one.comparison.b in (cheaper if one.may_be else [cell])]
    ruled_out = {one.b for one in (*comparisons, *steadier) if one.standing == "better"}
    in_the_way = [] if chosen else found.in_the_way(cell)
    open_cells = [name for name in scores if (name in cheaper and name not in ruled_out) or name in in_the_way]
    return Choice(cell, best, open_cells, comparisons, _unanswered(scores), steadier)


def in_contention(scores: Scores, sampling: Sampling, margin: float, rng: np.random.Generator) -> list[str]:
    """The cells that are not shown to be worse than the best, in order."""
    comparisons = _against_all(best_of(scores), scores, sampling, margin, rng, N_RESAMPLES)
    return [name for name in scores if name not in {one.b for one in comparisons if one.standing == "better"}]


def _against_all(
    best: str, scores: Scores, sampling: Sampling, margin: float, rng: np.random.Generator, n_resamples: int
) -> list[Comparison]:
    pairs = [(best, name) for name in scores if name != best]
    return compare_pairs(pairs, scores, sampling, margin, rng, n_resamples)


def choose_within_bounds(
    scores: Scores,
    sampling: Sampling,
    margin: float,
    rng: np.random.Generator,
    n_resamples: int = N_RESAMPLES,
    repeated: Repeated | None = None,
) -> Choice:
    """The choice, decided only if it is so whatever the questions without an answer would have brought.

    Where a cell left over 2% of them, the choice is made again with all its missing answers wrong,
    with all of them right, and with those of the chosen cell wrong and those of the others right.
    """
    seen = choose(scores, sampling, margin, rng, n_resamples, repeated)
    if not seen.unanswered or seen.undecided:
        return seen
    rivals = []
    for bound in _bounds(scores, seen):
        other = choose(bound, sampling, margin, rng, n_resamples, repeated)
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
