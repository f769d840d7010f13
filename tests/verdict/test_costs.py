import pytest

from assay.verdict.costs import break_even, by_cost, total_cost
from assay.verdict.result import BreakEven, Cost


def cost(prepare_s: float, answer_s: float, money: float | None = None) -> Cost:
    return Cost(prepare_s, 0, 0.0, answer_s, None, None, 0, 100.0, 10.0, money)


COSTS = {"none/tuned": cost(300, 0.1), "retrieved/few-shot": cost(0, 0.4), "none/zero-shot": cost(0, 0.08)}


def test_total_and_order_depend_on_the_volume() -> None:
    assert total_cost(COSTS["none/tuned"], 10_000) == 1300
    assert by_cost(COSTS, 10_000) == ["none/zero-shot", "none/tuned", "retrieved/few-shot"]
    assert by_cost(COSTS, 100) == ["none/zero-shot", "retrieved/few-shot", "none/tuned"]


def test_money_counts_where_every_cell_has_a_price() -> None:
    # 1,000 answers of 0.1 s cost 2, so a second costs .02: 2 · 10 + 300 · .02 = 26
    dear = cost(300, 0.1, money=2.0)
    assert total_cost(dear, 10_000, in_money=True) == pytest.approx(26)
    assert by_cost({"none/tuned": dear, "retrieved/tuned": cost(0, 9.0, money=1.0)}) == [
        "retrieved/tuned",
        "none/tuned",
    ]
    assert by_cost({"none/tuned": dear, "retrieved/tuned": cost(0, 9.0)}) == ["none/tuned", "retrieved/tuned"]


def test_break_even_by_hand() -> None:
    # 300 s more to prepare, .3 s saved an answer: 1,000 answers; against the base model it never pays off
    assert break_even(COSTS) == [BreakEven("none/tuned", "retrieved/few-shot", 1000)]
    assert break_even({"none/tuned": COSTS["none/tuned"]}) == []
