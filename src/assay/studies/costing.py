"""What a cell cost, from what was measured while it was prepared and asked. Measures nothing itself."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from assay.bench.preparation import Preparation
from assay.grid.answering import seconds_an_answer
from assay.questions.answer import Answer
from assay.verdict.result import Cost

__all__ = ["measured_cost"]


def measured_cost(
    answered: Mapping[str, tuple[Answer, float | None]],
    preparation: Preparation,
    batches: Sequence[dict[str, Any]],
    price_per_hour: float,
) -> Cost:
    """The cost of a cell.

    Args:
        answered: question id -> answer and latency in seconds, None when asked in a batch.
        preparation: what it took to make the cell ready, once.
        batches: seconds and size of every batch that was asked, see `Store.batches`.
        price_per_hour: of the machine; 0: no money.
    """
    answers = [answer for answer, _ in answered.values()]
    latencies = [latency for _, latency in answered.values() if latency is not None]
    p50, p95 = np.percentile(latencies, [50, 95]) if latencies else (None, None)
    answer_s = seconds_an_answer(batches)
    return Cost(
        prepare_s=preparation.seconds,
        prepare_tokens=preparation.tokens,
        prepare_peak_mb=preparation.peak_mb,
        answer_s=answer_s,
        latency_p50_s=None if p50 is None else float(p50),
        latency_p95_s=None if p95 is None else float(p95),
        n_latency=len(latencies),
        prompt_tokens=_mean([answer.n_prompt_tokens for answer in answers]),
        new_tokens=_mean([answer.n_new_tokens for answer in answers]),
        money_per_1000=answer_s * 1000 / 3600 * price_per_hour if price_per_hour else None,
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0
