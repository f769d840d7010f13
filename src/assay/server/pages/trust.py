"""How far an answer can be trusted: how often answers like it were right in the exam."""

from dataclasses import dataclass

import numpy as np

from assay.serving.measured_run import Reply
from assay.statistics.clustered import clustered_mean
from assay.verdict.result import AnswerView, RunResult

__all__ = ["Trust", "trust_in"]

_FEWEST = 10  # exam answers of a kind, below which all of the cell's are told


@dataclass(frozen=True)
class Trust:
    """Of `n` exam answers of this kind `n_right` were right; the share's 95% interval, None where there is none.

    kind: "supported", "partly", "unread", "declined", or "all": those of the cell.
    """

    kind: str
    n: int
    n_right: int
    low: float | None
    high: float | None


def trust_in(reply: Reply, result: RunResult) -> Trust | None:
    """Of the exam answers of the reply's cell those of its kind; None where the exam scored none of the cell's."""
    kind = _kind([one.quote for one in reply.citations], reply.is_declined or not reply.citations, bool(reply.passages))
    scored = [
        (answer, question.cluster)
        for question in result.questions
        for answer in question.cells
        if answer.cell == reply.cell and answer.correct is not None
    ]
    alike = [(answer, cluster) for answer, cluster in scored if _kind_of(answer) == kind]
    chosen, told = (alike, kind) if len(alike) >= _FEWEST else (scored, "all")
    if not chosen:
        return None
    right = [float(bool(answer.correct)) for answer, _ in chosen]
    mean = clustered_mean(right, [cluster for _, cluster in chosen], np.random.default_rng(0))
    return Trust(told, len(chosen), int(sum(right)), mean.low, mean.high)


def _kind_of(answer: AnswerView) -> str:
    return _kind([one.quote for one in answer.citations], answer.refused, bool(answer.passages))


def _kind(quotes: list[str | None], is_declined: bool, has_read: bool) -> str:
    if not has_read:
        return "unread"
    if is_declined:
        return "declined"
    return "supported" if quotes and all(quotes) else "partly"
