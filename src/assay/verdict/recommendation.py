"""What to do, and how sure that is. Knows scores and costs of cells, no texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from assay.errors import InputError
from assay.grid.cell import Cell
from assay.statistics.crossfit import best_elsewhere, make_folds
from assay.statistics.inference import N_RESAMPLES, draw_means
from assay.statistics.sampling import Sampling
from assay.verdict.cell_choice import Choice, choose_within_bounds, in_contention
from assay.verdict.costs import VOLUME, break_even, by_cost
from assay.verdict.more_questions import questions_to_decide
from assay.verdict.next_action import next_action
from assay.verdict.result import BreakEven, Comparison, Cost, Diagnosis, NextAction, Verdict
from assay.verdict.steadier import Repeated

__all__ = [
    "MARGIN",
    "USEFUL_FLOOR",
    "Decision",
    "Recommendation",
    "as_verdict",
    "decide",
    "recommend",
    "undiagnosed_verdict",
    "worth_asking_again",
]

Floats = npt.NDArray[np.float64]
Scores = Mapping[str, Floats]

MARGIN = 0.05  # a cell that loses less than this to the best is as good
USEFUL_FLOOR = 0.5  # below this share of right answers no cell is worth serving
_FOLD_SEED = 0


@dataclass(frozen=True)
class Decision:
    """What is read off scores and costs alone, whatever was compared."""

    kind: Literal["decided", "cannot_tell", "none_works"]
    choice: Choice
    elsewhere: float | None
    more_questions: int | None
    break_even: list[BreakEven]


@dataclass(frozen=True)
class Recommendation:
    """The verdict of a grid, the comparisons that it rests on, and why answers fail."""

    verdict: Verdict
    comparisons: list[Comparison]
    diagnosis: Diagnosis


def recommend(
    scores: Mapping[Cell, Floats],
    costs: Mapping[str, Cost],
    sampling: Sampling,
    explain: Callable[[Cell], Diagnosis],
    margin: float = MARGIN,
    volume: int = VOLUME,
    useful_floor: float = USEFUL_FLOOR,
    rng: int | np.random.Generator = 0,
    n_resamples: int = N_RESAMPLES,
    repeated: Repeated | None = None,
) -> Recommendation:
    """The verdict over all cells' scores; see `assay.verdict.cell_choice` for the rule, `next_action` for what to try.

    `explain` tells why the answers of the cell that is chosen fail; `repeated` are marks of questions asked again, by
    cell, none where none were.

    Raises:
        InputError: no cell that can be served has a score.
    """
    cells = {str(cell): cell for cell in scores}
    decision = decide(_servable(scores), costs, sampling, margin, volume, useful_floor, rng, n_resamples, repeated)
    chosen = cells[decision.choice.cell]
    diagnosis = explain(chosen)
    step = next_action(diagnosis, chosen, bool(decision.choice.undecided))
    return Recommendation(as_verdict(decision, margin, step), decision.choice.comparisons, diagnosis)


def decide(
    scores: Scores,
    costs: Mapping[str, Cost],
    sampling: Sampling,
    margin: float = MARGIN,
    volume: int = VOLUME,
    useful_floor: float = USEFUL_FLOOR,
    rng: int | np.random.Generator = 0,
    n_resamples: int = N_RESAMPLES,
    repeated: Repeated | None = None,
) -> Decision:
    """The choice among things that can all be served, each with a score; the rule: `assay.verdict.cell_choice`."""
    generator = np.random.default_rng(rng)
    cheapest_first = {name: scores[name] for name in by_cost({name: costs[name] for name in scores}, volume)}
    choice = choose_within_bounds(cheapest_first, sampling, margin, generator, n_resamples, repeated)
    is_useful = float(np.nanmean(scores[choice.best])) >= useful_floor
    kind: Literal["decided", "cannot_tell", "none_works"] = "cannot_tell" if choice.undecided else "decided"
    table = np.vstack(list(cheapest_first.values()))
    fitted = best_elsewhere(table, make_folds(sampling.clusters, _FOLD_SEED))
    elsewhere = float(np.nanmean(fitted)) if len(table) > 1 else None
    more = None
    open_otherwise = {*choice.unanswered, *(one.b for one in choice.steadier if one.b != choice.cell)}
    if choice.undecided and not {choice.cell, *choice.undecided} & open_otherwise:
        draws = draw_means(table, sampling, generator, n_resamples)
        more = questions_to_decide(draws, len(sampling), margin)
    return Decision(
        kind if is_useful else "none_works", choice, elsewhere, more, break_even({name: costs[name] for name in scores})
    )


def worth_asking_again(scores: Mapping[Cell, Floats], sampling: Sampling, margin: float = MARGIN) -> list[str]:
    """The cells whose steadiness could matter: they can be served, and are not shown to be worse than the best.

    Raises:
        InputError: no cell that can be served has a score.
    """
    return in_contention(_servable(scores), sampling, margin, np.random.default_rng(0))


def as_verdict(decision: Decision, margin: float, step: NextAction) -> Verdict:
    """A decision as it is kept."""
    choice = decision.choice
    return Verdict(
        kind=decision.kind,
        cell=choice.cell,
        best=choice.best,
        margin=margin,
        undecided=choice.undecided,
        more_questions=decision.more_questions,
        next_action=step,
        break_even=decision.break_even,
        unanswered=choice.unanswered,
        steadier=choice.steadier,
        elsewhere=decision.elsewhere,
    )


def undiagnosed_verdict(decision: Decision, margin: float) -> Verdict:
    """A decision as it is kept where nothing tells why answers fail: what is next is more questions, or nothing."""
    step = NextAction("more_questions" if decision.choice.undecided else "none", None, None)
    return as_verdict(decision, margin, step)


def _servable(scores: Mapping[Cell, Floats]) -> Scores:
    found = {str(cell): values for cell, values in scores.items() if cell.can_be_served and not np.isnan(values).all()}
    if not found:
        raise InputError("no cell that can be served has a score: run at least one cell that is no ceiling")
    return found
