"""Why answers fail: gaps between cells, a waterfall, and a cause per question. Knows scores, no texts and no costs."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assay.grid.cell import Cell
from assay.statistics.crossfit import best_elsewhere, make_folds
from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_difference, estimate_mean
from assay.statistics.sampling import Sampling
from assay.verdict.next_action import gaps_of_cell
from assay.verdict.result import Cause, Diagnosis, Gap, GapName, WaterfallStep
from assay.verdict.routing import routing_gap

__all__ = ["diagnose"]

Floats = npt.NDArray[np.float64]
Scores = Mapping[Cell, Floats]

_FOLD_SEED = 0


def diagnose(
    scores: Scores,
    question_ids: Sequence[str],
    sampling: Sampling,
    has_evidence: npt.NDArray[np.bool_],
    recommended: Cell,
    rng: int | np.random.Generator,
) -> Diagnosis:
    """The gaps, the waterfall and the cause of each wrong answer of the recommended cell.

    Gaps and waterfall are over the questions with evidence; a negative gap is reported as it is. Knowledge and
    retrieval are those of the recommended cell's column; a cell that searches has a retrieval gap of its own, with the
    searches that it skipped. Capability is what the tuned ceiling gets wrong, or the best ceiling where that one was
    not run. What the cells that were run cannot tell is left out, never guessed.

    Args:
        scores: Cell -> 1 right, 0 wrong, NaN not scored, one a question.
        question_ids: The questions, in the order of the scores.
        sampling: What intervals are about.
        has_evidence: Which questions are answerable with evidence that was found in the corpus.
        recommended: The cell whose failures get a cause; it must be among the scores.
        rng: A seed or a generator; the same one gives the same intervals.
    """
    generator = np.random.default_rng(rng)
    wanted = np.asarray(has_evidence, dtype=bool)
    within = {cell: np.asarray(values, dtype=float)[wanted] for cell, values in scores.items()}
    part = sampling.take(wanted)
    gaps = _gaps(within, part, recommended, generator) if len(part) else []
    return Diagnosis(
        gaps=gaps,
        own_gaps=[gap.name for gap in gaps_of_cell(gaps, recommended)],
        waterfall=_waterfall(within, part, generator) if len(part) else [],
        n_questions=int(wanted.sum()),
        n_without_evidence=int((~wanted).sum()),
        cause=_causes(scores, question_ids, wanted, recommended),
    )


def _first(scores: Scores, wanted: Callable[[Cell], bool]) -> Cell | None:
    """The first cell in the grid's order of those run that is wanted."""
    in_order = sorted(scores, key=lambda cell: (cell.row.place, cell.column.place))
    return next((cell for cell in in_order if wanted(cell)), None)


def _closed_book(cell: Cell) -> bool:
    return cell.row.gap == "knowledge"


def _open_book(cell: Cell) -> bool:
    """Reads what is searched for, always."""
    return cell.row.gap == "retrieval" and not cell.row.made_of


def _is_ceiling(cell: Cell) -> bool:
    return not cell.row.is_served


def _gaps(scores: Scores, sampling: Sampling, cell: Cell, rng: np.random.Generator) -> list[Gap]:
    def beside(wanted: Callable[[Cell], bool]) -> Cell | None:
        return _first(scores, lambda one: wanted(one) and one.column is cell.column)

    ceiling = beside(_is_ceiling)
    pairs: list[tuple[GapName, Cell | None, Cell | None]] = [
        ("knowledge", ceiling, beside(_closed_book)),
        ("retrieval", ceiling, cell if cell.row.gap == "retrieval" else beside(_open_book)),
        ("behaviour", _tuned_ceiling(scores), _plain(scores, _is_ceiling)),
    ]
    gaps = [
        Gap(name, str(upper), str(lower), estimate_difference(scores[upper], scores[lower], sampling, rng).estimate)
        for name, upper, lower in pairs
        if upper and lower
    ]
    best, reached = _best_ceiling(scores, sampling)
    if best:
        gaps.append(Gap("capability", "all right", str(best), _missing(reached, sampling, rng)))
    routing = routing_gap(scores, sampling, rng)
    if routing:
        gaps.append(routing)
    return [gap for gap in gaps if gap.estimate.n]


def _plain(scores: Scores, wanted: Callable[[Cell], bool]) -> Cell | None:
    return _first(scores, lambda cell: wanted(cell) and cell.column.is_plain)


def _tuned_ceiling(scores: Scores) -> Cell | None:
    return _first(scores, lambda cell: _is_ceiling(cell) and cell.is_tuned)


def _best_ceiling(scores: Scores, sampling: Sampling) -> tuple[Cell | None, Floats]:
    """The tuned ceiling, else the best ceiling that was run; and what it reaches, cross-fitted where it was chosen."""
    tuned = _tuned_ceiling(scores)
    if tuned and _is_scored(scores, tuned):
        return tuned, scores[tuned]
    run = [cell for cell in scores if _is_ceiling(cell) and _is_scored(scores, cell)]
    if not run:
        return None, np.array([])
    reached = best_elsewhere(np.vstack([scores[cell] for cell in run]), make_folds(sampling.clusters, _FOLD_SEED))
    return max(run, key=lambda cell: float(np.nanmean(scores[cell]))), reached


def _is_scored(scores: Scores, cell: Cell) -> bool:
    return not bool(np.isnan(scores[cell]).all())


def _missing(values: Floats, sampling: Sampling, rng: np.random.Generator) -> Estimate:
    """What a cell lacks to all right."""
    return estimate_mean(1 - values, sampling, rng)


def _waterfall(scores: Scores, sampling: Sampling, rng: np.random.Generator) -> list[WaterfallStep]:
    """The steps from the base model to all right; empty where one of the three plain cells was not run.

    All steps are over the questions that every cell here has scored, so that they sum to 1. Without the tuned ceiling,
    the behaviour step is left out and capability holds it.
    """
    plain = [_plain(scores, wanted) for wanted in (_closed_book, _open_book, _is_ceiling)]
    found = [cell for cell in plain if cell is not None and _is_scored(scores, cell)]
    if len(found) < len(plain):
        return []
    tuned = _tuned_ceiling(scores)
    found += [tuned] if tuned and _is_scored(scores, tuned) else []
    scored = np.asarray(~np.isnan(np.vstack([scores[cell] for cell in found])).any(axis=0))
    if not scored.any():
        return []
    cells = [scores[cell][scored] for cell in found]
    part = sampling.take(scored)
    estimates = [estimate_mean(cells[0], part, rng)]
    estimates += [estimate_difference(after, before, part, rng).estimate for before, after in pairwise(cells)]
    estimates.append(_missing(cells[-1], part, rng))
    steps = ("base", "reading", "retrieval", *(("behaviour",) if len(cells) == 4 else ()), "capability")
    return [WaterfallStep(step, e.value, e) for step, e in zip(steps, estimates, strict=True)]


def _causes(
    scores: Scores, question_ids: Sequence[str], has_evidence: npt.NDArray[np.bool_], cell: Cell
) -> dict[str, Cause]:
    return {
        question: _cause({one: float(values[i]) for one, values in scores.items()}, bool(has_evidence[i]), cell)
        for i, question in enumerate(question_ids)
    }


def _cause(score: Mapping[Cell, float], has_evidence: bool, cell: Cell) -> Cause:
    """Why the recommended cell failed on one question: the first change that makes it right."""
    if score[cell] == 1:
        return "right"
    ceilings = {one.column: value for one, value in score.items() if _is_ceiling(one)}
    same = ceilings.get(cell.column, np.nan)
    if np.isnan(score[cell]) or not has_evidence or np.isnan(same):
        return "unknown"
    if same == 1:
        return cell.row.gap or "unknown"
    return "behaviour" if 1 in ceilings.values() else "capability"
