"""What a cell cost, from what was measured while it was prepared and asked. Measures nothing itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assay.bench.preparation import Preparation
from assay.grid.answering import seconds_an_answer
from assay.models import EndpointModel, Model
from assay.questions.answer import Answer
from assay.settings import Settings, parse_token_price
from assay.verdict.result import Cost

__all__ = ["Price", "measured_cost", "price_of"]

_MILLION = 1_000_000


@dataclass(frozen=True)
class Price:
    """What answers are paid by: the machine's hours, or tokens where these have a price. 0: no money."""

    per_hour: float = 0.0
    per_million: tuple[float, float] | None = None  # tokens read, tokens written

    def of_time(self, seconds: float) -> float:
        """Of the machine."""
        return seconds / 3600 * self.per_hour

    def of_answers(self, n: int, answer_s: float, prompt_tokens: float, new_tokens: float) -> float | None:
        """Of so many answers, each of which takes so long and so many tokens; None without a price."""
        if self.per_million is not None:
            read, written = self.per_million
            return n * (prompt_tokens * read + new_tokens * written) / _MILLION
        return n * self.of_time(answer_s) if self.per_hour else None


def price_of(model: Model, settings: Settings) -> Price:
    """What the answers of a model are paid by: an endpoint's tokens, where these have a price."""
    if isinstance(model, EndpointModel):
        for name, *prices in filter(None, map(parse_token_price, settings.token_prices)):
            if name in (model.name, model.sha256):
                return Price(settings.price_per_hour, (prices[0], prices[1]))
    return Price(settings.price_per_hour)


def measured_cost(
    answered: Mapping[str, tuple[Answer, float | None]],
    preparation: Preparation,
    batches: Sequence[dict[str, Any]],
    price: Price,
) -> Cost:
    """The cost of a cell.

    Args:
        answered: question id -> answer and latency in seconds, None when asked in a batch.
        preparation: what it took to make the cell ready, once.
        batches: seconds and size of every batch that was asked, see `Store.batches`.
        price: what answers are paid by.
    """
    answers = [answer for answer, _ in answered.values()]
    latencies = [latency for _, latency in answered.values() if latency is not None]
    p50, p95 = np.percentile(latencies, [50, 95]) if latencies else (None, None)
    answer_s = seconds_an_answer(batches)
    prompt_tokens = _mean([answer.n_prompt_tokens for answer in answers])
    new_tokens = _mean([answer.n_new_tokens for answer in answers])
    money = price.of_answers(1000, answer_s, prompt_tokens, new_tokens)
    return Cost(
        prepare_s=preparation.seconds,
        prepare_tokens=preparation.tokens,
        prepare_peak_mb=preparation.peak_mb,
        answer_s=answer_s,
        latency_p50_s=None if p50 is None else float(p50),
        latency_p95_s=None if p95 is None else float(p95),
        n_latency=len(latencies),
        prompt_tokens=prompt_tokens,
        new_tokens=new_tokens,
        money_per_1000=money,
        prepare_money=None if money is None else price.of_time(preparation.seconds),
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0
