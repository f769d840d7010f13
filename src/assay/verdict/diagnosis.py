"""Why answers fail: gaps between cells, a waterfall, and a cause per question. Knows scores, no texts and no costs."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assay.grid.cell import BEHAVIOURS, Cell, parse_cell
from assay.statistics.clustered import clustered_mean, paired_difference
from assay.statistics.estimate import Estimate
from assay.verdict.result import Cause, Diagnosis, Gap, GapName, WaterfallStep
from assay.verdict.routing import routing_gap

__all__ = ["diagnose"]

Floats = npt.NDArray[np.float64]
Scores = Mapping[str, Floats]

_BASE, _RAG = "none/zero-shot", "retrieved/zero-shot"
_CEILING, _TUNED_CEILING = "oracle/zero-shot", "oracle/tuned"


def diagnose(
    scores: Scores,
    question_ids: Sequence[str],
    clusters: Sequence[object],
    has_evidence: npt.NDArray[np.bool_],
    recommended: str,
    rng: int | np.random.Generator,
) -> Diagnosis:
    """The gaps, the waterfall and the cause of each wrong answer of the recommended cell.

    Gaps and waterfall are over the questions with evidence; a negative gap is reported as it is. Knowledge and
    retrieval are those of the recommended cell's behaviour; an adaptive cell's retrieval gap is its own, with the
    searches that it skipped. Capability is what the tuned oracle cell gets wrong, or
    the best oracle cell where that one was not run. What the cells that were run cannot tell is left out, never
    guessed.

    Args:
        scores: Cell name -> 1 right, 0 wrong, NaN not scored, one a question.
        question_ids: The questions, in the order of the scores.
        clusters: The cluster of each question.
        has_evidence: Which questions are answerable with evidence that was found in the corpus.
        recommended: Name of the cell whose failures get a cause; it must be among the scores.
        rng: A seed or a generator; the same one gives the same intervals.
    """
    generator = np.random.default_rng(rng)
    wanted = np.asarray(has_evidence, dtype=bool)
    within = {name: np.asarray(values, dtype=float)[wanted] for name, values in scores.items()}
    labels = [cluster for cluster, yes in zip(clusters, wanted, strict=True) if yes]
    return Diagnosis(
        gaps=_gaps(within, labels, parse_cell(recommended), generator) if labels else [],
        waterfall=_waterfall(within, labels, generator) if labels else [],
        n_questions=int(wanted.sum()),
        n_without_evidence=int((~wanted).sum()),
        cause=_causes(scores, question_ids, wanted, parse_cell(recommended)),
    )


def _gaps(scores: Scores, clusters: Sequence[object], cell: Cell, rng: np.random.Generator) -> list[Gap]:
    ceiling, zero_shot = f"oracle/{cell.behaviour}", "oracle/zero-shot"
    pairs: list[tuple[GapName, str, str]] = [
        ("knowledge", ceiling, f"none/{cell.behaviour}"),
        ("retrieval", ceiling, str(cell) if cell.context == "adaptive" else f"retrieved/{cell.behaviour}"),
        ("behaviour", _TUNED_CEILING, zero_shot),
    ]
    gaps = [
        Gap(name, upper, lower, paired_difference(scores[upper], scores[lower], clusters, rng)[0])
        for name, upper, lower in pairs
        if upper in scores and lower in scores
    ]
    best_ceiling = _best_ceiling(scores)
    if best_ceiling:
        gaps.append(Gap("capability", "all right", best_ceiling, _missing(scores[best_ceiling], clusters, rng)))
    routing = routing_gap(scores, clusters, rng)
    if routing:
        gaps.append(routing)
    return [gap for gap in gaps if gap.estimate.n]


def _best_ceiling(scores: Scores) -> str | None:
    """The tuned oracle cell, else the best oracle cell that was run."""
    if _is_scored(scores, _TUNED_CEILING):
        return _TUNED_CEILING
    run = [name for name in scores if name.startswith("oracle/") and _is_scored(scores, name)]
    return max(run, key=lambda name: float(np.nanmean(scores[name])), default=None)


def _is_scored(scores: Scores, name: str) -> bool:
    return name in scores and not bool(np.isnan(scores[name]).all())


def _missing(values: Floats, clusters: Sequence[object], rng: np.random.Generator) -> Estimate:
    """What a cell lacks to all right."""
    return clustered_mean(1 - values, clusters, rng)


def _waterfall(scores: Scores, clusters: Sequence[object], rng: np.random.Generator) -> list[WaterfallStep]:
    """The steps from the base model to all right; empty where one of the three zero-shot cells was not run.

    All steps are over the questions that every cell here has scored, so that they sum to 1. Without the tuned oracle
    cell, the behaviour step is left out and capability holds it.
    """
    names = [_BASE, _RAG, _CEILING, *([_TUNED_CEILING] if _is_scored(scores, _TUNED_CEILING) else [])]
    if not all(_is_scored(scores, name) for name in names):
        return []
    scored = np.asarray(~np.isnan(np.vstack([scores[name] for name in names])).any(axis=0))
    if not scored.any():
        return []
    cells = [scores[name][scored] for name in names]
    labels = [cluster for cluster, yes in zip(clusters, scored, strict=True) if yes]
    estimates = [clustered_mean(cells[0], labels, rng)]
    estimates += [paired_difference(after, before, labels, rng)[0] for before, after in pairwise(cells)]
    estimates.append(_missing(cells[-1], labels, rng))
    steps = ("base", "reading", "retrieval", *(("behaviour",) if len(cells) == 4 else ()), "capability")
    return [WaterfallStep(step, e.value, e) for step, e in zip(steps, estimates, strict=True)]


def _causes(
    scores: Scores, question_ids: Sequence[str], has_evidence: npt.NDArray[np.bool_], cell: Cell
) -> dict[str, Cause]:
    return {
        question: _cause({name: float(values[i]) for name, values in scores.items()}, bool(has_evidence[i]), cell)
        for i, question in enumerate(question_ids)
    }


def _cause(score: Mapping[str, float], has_evidence: bool, cell: Cell) -> Cause:
    """Why the recommended cell failed on one question: the first change that makes it right."""
    if score[str(cell)] == 1:
        return "right"
    same = score.get(f"oracle/{cell.behaviour}", np.nan)
    if np.isnan(score[str(cell)]) or not has_evidence or np.isnan(same):
        return "unknown"
    if same == 1:
        return "knowledge" if cell.context == "none" else "retrieval"
    if any(score.get(f"oracle/{behaviour}") == 1 for behaviour in BEHAVIOURS):
        return "behaviour"
    return "capability"
