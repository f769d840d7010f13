"""What to do, and how sure that is. Knows scores and costs of cells, no texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np
import numpy.typing as npt

from assay.errors import InputError
from assay.grid.cell import Cell
from assay.statistics.clustered import holm, paired_difference, question_variance, questions_needed
from assay.statistics.estimate import Estimate
from assay.verdict.costs import VOLUME, break_even, by_cost
from assay.verdict.diagnosis import diagnose
from assay.verdict.next_action import next_action
from assay.verdict.result import BreakEven, Comparison, Cost, Verdict

__all__ = [
    "MARGIN",
    "MOST_QUESTIONS",
    "USEFUL_FLOOR",
    "Choice",
    "Decision",
    "choose_cell",
    "compare_cells",
    "decide",
    "recommend",
]

Floats = npt.NDArray[np.float64]
Scores = Mapping[str, Floats]

MARGIN = 0.05  # a cell that loses less than this to the best is as good
USEFUL_FLOOR = 0.5  # below this share of right answers no cell is worth serving
ALPHA = 0.05
MOST_QUESTIONS = 5000  # more than this is "too many to be worth it"


@dataclass(frozen=True)
class Choice:
    """The cell to serve, the best one, the cheaper ones that may be as good, and how many more questions would tell."""

    cell: str
    best: str
    undecided: list[str]
    more_questions: int | None


@dataclass(frozen=True)
class Decision:
    """What is read off scores and costs alone, whatever was compared."""

    kind: Literal["decided", "cannot_tell", "none_works"]
    choice: Choice
    comparisons: list[Comparison]
    break_even: list[BreakEven]


def recommend(
    scores: Mapping[Cell, Floats],
    costs: Mapping[str, Cost],
    question_ids: Sequence[str],
    clusters: Sequence[object],
    has_evidence: npt.NDArray[np.bool_],
    margin: float = MARGIN,
    volume: int = VOLUME,
    useful_floor: float = USEFUL_FLOOR,
    rng: int | np.random.Generator = 0,
    n_resamples: int = 4000,
) -> Verdict:
    """The verdict over all cells' scores; see `choose_cell` for the rule and `next_action` for what to try next.

    Raises:
        InputError: no cell that can be served has a score.
    """
    cells = {str(cell): cell for cell in scores}
    generator = np.random.default_rng(rng)
    decision = decide(_servable(scores), costs, clusters, margin, volume, useful_floor, generator, n_resamples)
    choice = decision.choice
    diagnosis = diagnose(scores, question_ids, clusters, has_evidence, cells[choice.cell], generator)
    return Verdict(
        kind=decision.kind,
        cell=choice.cell,
        best=choice.best,
        margin=margin,
        undecided=choice.undecided,
        more_questions=choice.more_questions,
        next_action=next_action(diagnosis, cells[choice.cell], bool(choice.undecided)),
        break_even=decision.break_even,
    )


def decide(
    scores: Scores,
    costs: Mapping[str, Cost],
    clusters: Sequence[object],
    margin: float = MARGIN,
    volume: int = VOLUME,
    useful_floor: float = USEFUL_FLOOR,
    rng: int | np.random.Generator = 0,
    n_resamples: int = 4000,
) -> Decision:
    """The choice among things that can all be served, each with a score; see `choose_cell` for the rule."""
    cheapest_first = by_cost({name: costs[name] for name in scores}, volume)
    best = _best({name: scores[name] for name in cheapest_first})
    generator = np.random.default_rng(rng)
    comparisons = _compare(scores, clusters, generator, best, n_resamples)
    choice = choose_cell(scores, comparisons, cheapest_first, clusters, margin)
    is_useful = float(np.nanmean(scores[best])) >= useful_floor
    kind: Literal["decided", "cannot_tell", "none_works"] = "cannot_tell" if choice.undecided else "decided"
    return Decision(
        kind if is_useful else "none_works",
        choice,
        comparisons,
        break_even({name: costs[name] for name in scores}),
    )


def compare_cells(
    scores: Mapping[Cell, Floats],
    clusters: Sequence[object],
    rng: int | np.random.Generator,
    best: str | None = None,
    n_resamples: int = 4000,
) -> list[Comparison]:
    """The best servable cell against each other one, in the order of the scores; p-values adjusted by Holm over all
    of them.

    The best is picked on the same questions, which flatters it. Adjusting over every cell that could have been the
    best, not just the cheaper ones, keeps the chance small that equal cells are told apart.
    """
    servable = _servable(scores)
    return _compare(servable, clusters, np.random.default_rng(rng), best or _best(servable), n_resamples)


def _compare(
    scores: Scores, clusters: Sequence[object], rng: np.random.Generator, best: str, n_resamples: int
) -> list[Comparison]:
    others = [name for name in scores if name != best]
    tested = [paired_difference(scores[best], scores[name], clusters, rng, n_resamples=n_resamples) for name in others]
    adjusted = holm([p for _, p in tested])
    return [
        Comparison(best, name, difference, p, p_holm)
        for name, (difference, p), p_holm in zip(others, tested, adjusted, strict=True)
    ]


def choose_cell(
    scores: Scores,
    comparisons: Sequence[Comparison],
    cheapest_first: Sequence[str],
    clusters: Sequence[object],
    margin: float = MARGIN,
) -> Choice:
    """The cheapest cell shown not worse than the best, and the cheaper cells of which that is open.

    Not worse: the interval of the difference ends below the margin. Worse: the difference is above 0 with an adjusted
    p below 5%. A cell cheaper than the chosen one that is neither is undecided.
    """
    best = comparisons[0].a if comparisons else cheapest_first[0]
    by_cell = {comparison.b: comparison for comparison in comparisons}
    undecided = []
    for name in cheapest_first:
        if name == best or _is_not_worse(by_cell[name].difference, margin):
            break
        if not _is_worse(by_cell[name]):
            undecided.append(name)
    needed = [
        _more_questions(scores[best], scores[other], clusters, by_cell[other].difference, margin) for other in undecided
    ]
    known = [n for n in needed if n is not None]
    return Choice(name, best, undecided, max(known) if known and len(known) == len(needed) else None)


def _servable(scores: Mapping[Cell, Floats]) -> Scores:
    found = {str(cell): values for cell, values in scores.items() if cell.can_be_served and not np.isnan(values).all()}
    if not found:
        raise InputError("no cell that can be served has a score: run at least one cell that is no ceiling")
    return found


def _best(scores: Scores) -> str:
    """The cell with the highest mean; of equal ones the first."""
    return max(scores, key=lambda name: round(float(np.nanmean(scores[name])), 9))


def _is_not_worse(difference: Estimate, margin: float) -> bool:
    return difference.high is not None and difference.high < margin


def _is_worse(comparison: Comparison) -> bool:
    return comparison.difference.value > 0 and comparison.p_holm is not None and comparison.p_holm < ALPHA


def _more_questions(
    best: Floats, other: Floats, clusters: Sequence[object], difference: Estimate, margin: float
) -> int | None:
    """How many questions beyond these would show one or the other, if the difference stays what it is.

    Either the difference is told from 0 or from the margin, whichever is farther; it is never farther than half a
    margin from both, so an answer always exists. None with fewer than two clusters.
    """
    variance = question_variance(best - other, clusters)
    if np.isnan(variance):
        return None
    distance = max(difference.value, margin - difference.value)
    needed = questions_needed(distance, variance, questions_per_cluster=difference.n / difference.n_clusters)
    return _readable(max(1, needed - difference.n))


def _readable(n: int) -> int:
    """The number rounded up to tens, fifties or five hundreds, at most MOST_QUESTIONS."""
    step = 10 if n <= 200 else 50 if n <= 1000 else 500
    return min(MOST_QUESTIONS, ceil(n / step) * step)
