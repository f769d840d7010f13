"""Which cell is cheaper, and from how many answers on. Knows seconds and money, no scores."""

from collections.abc import Mapping
from itertools import combinations
from math import ceil

from assay.verdict.result import BreakEven, Cost

__all__ = ["VOLUME", "break_even", "by_cost", "total_cost"]

VOLUME = 10_000  # answers over which preparation is spread, unless the person says otherwise


def total_cost(cost: Cost, volume: int = VOLUME, in_money: bool = False) -> float:
    """Preparation and `volume` answers, in seconds of the machine, or in the person's money.

    Preparation takes the machine's time, whose price is that of answers, too, unless these are paid by their tokens.
    """
    seconds = cost.prepare_s + volume * cost.answer_s
    if not in_money or cost.money_per_1000 is None:
        return seconds
    answers = volume * cost.money_per_1000 / 1000
    if cost.prepare_money is not None:
        return cost.prepare_money + answers
    return answers * seconds / (volume * cost.answer_s) if volume * cost.answer_s else answers


def by_cost(costs: Mapping[str, Cost], volume: int = VOLUME) -> list[str]:
    """The cells from cheapest to dearest; in money when every cell has a price, else in seconds."""
    in_money = all(cost.money_per_1000 is not None for cost in costs.values())
    return sorted(costs, key=lambda cell: total_cost(costs[cell], volume, in_money))


def break_even(costs: Mapping[str, Cost]) -> list[BreakEven]:
    """For every two cells of which one is dearer to prepare and faster to answer: from how many answers on it costs
    less.

    In seconds: the same for any price of the machine's time.
    """
    crossings = []
    for first, second in combinations(costs, 2):
        dear, lean = (first, second) if costs[first].prepare_s > costs[second].prepare_s else (second, first)
        more = costs[dear].prepare_s - costs[lean].prepare_s
        saved = costs[lean].answer_s - costs[dear].answer_s
        if more > 0 and saved > 0:
            crossings.append(BreakEven(dear, lean, ceil(more / saved)))
    return crossings
