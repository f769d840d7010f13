"""When cells that search should decline: questions that the documents are not about. Asks no model anything."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assay.grid.cell import Cell
from assay.grid.pipelines import Pipelines
from assay.probes import general_probes
from assay.questions.exam import Exam
from assay.questions.question import REFUSAL_TEXT
from assay.retrieval.nearness import NearLine, fit_near_line, measure_nearness
from assay.scoring.scorer import Scorer
from assay.statistics.inference import estimate_difference, estimate_mean
from assay.verdict.result import Declining

__all__ = ["judge_declining"]

Floats = npt.NDArray[np.float64]

_FEWEST = 20  # questions about the documents that a line is fitted to
_FOLDS = 5
_LEAST_REFUSED, _MOST_LOST = 0.5, 0.03  # of questions that a line was not fitted to; else it is not used
_SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)  # of the questions that are answered, for the curve


def judge_declining(exam: Exam, pipelines: Pipelines, cell: Cell, correct: Floats, scorer: Scorer) -> Declining | None:
    """Where the line between questions that the documents are about and others lies, and what it does to a cell.

    The line is fitted to training and validation questions against general ones that no documents of a team answer.
    Whether it is used follows from questions of both kinds that each fold's line was not fitted to. None where the cell
    does not search, or where there are too few questions.

    Args:
        exam: whose questions and language.
        pipelines: whose search.
        cell: the recommended one.
        correct: of its answers to the test questions, 1 right, 0 wrong, NaN not scored.
        scorer: marks declining.
    """
    own = [question for question in (*exam.train, *exam.validation) if question.answerable]
    if pipelines.settings.decline == "off" or not cell.searches or len(own) < _FEWEST:
        return None
    general = [probe.question for probe in general_probes().probes if probe.lang == exam.lang]
    find = pipelines.search.retriever_for
    near, far = measure_nearness(find, own), measure_nearness(find, general)
    lost, refused = _tried(near, far, pipelines.settings.seed)
    line = fit_near_line(near, far)
    measured = measure_nearness(find, exam.test)
    is_near = line.is_near(measured)
    declined = np.array([scorer.mark(REFUSAL_TEXT[exam.lang], question).value for question in exam.test])
    after = np.where(is_near | np.isnan(correct), correct, declined)
    sampling, rng = exam.sampling(pipelines.settings.generalise), np.random.default_rng(pipelines.settings.seed)
    return Declining(
        cell=str(cell),
        weights=line.weights,
        least=line.least,
        is_used=bool(refused >= _LEAST_REFUSED and lost <= _MOST_LOST),
        n_own=len(own),
        n_general=len(general),
        lost=lost,
        refused=refused,
        declined=float(1 - is_near.mean()),
        right=estimate_mean(correct, sampling, rng),
        right_with=estimate_mean(after, sampling, rng),
        difference=estimate_difference(after, correct, sampling, rng).estimate,
        curve=_curve(line, measured, correct),
    )


def _tried(near: Floats, far: Floats, seed: int) -> tuple[float, float]:
    """Shares of near and of far questions that lines decline which were fitted without them."""
    rng = np.random.default_rng(seed)
    folds_near, folds_far = rng.permutation(len(near)) % _FOLDS, rng.permutation(len(far)) % _FOLDS
    lost, refused = np.zeros(len(near)), np.zeros(len(far))
    for fold in range(_FOLDS):
        line = fit_near_line(near[folds_near != fold], far[folds_far != fold])
        lost[folds_near == fold] = ~line.is_near(near[folds_near == fold])
        refused[folds_far == fold] = ~line.is_near(far[folds_far == fold])
    return float(lost.mean()), float(refused.mean())


def _curve(line: NearLine, measured: Floats, correct: Floats) -> list[tuple[float, float]]:
    """Share of the test questions answered, the nearest, and the share of right ones among these answers."""
    scored = ~np.isnan(correct)
    nearest_first: Sequence[int] = np.argsort(-line.scores(measured[scored]), kind="stable").tolist()
    right = correct[scored][nearest_first]
    sizes = [(share, max(1, round(share * len(right)))) for share in _SHARES]
    return [(share, float(right[:n].mean())) for share, n in sizes] if len(right) else []
