"""What answers cost, by the machine's hours or by an endpoint's tokens."""

from dataclasses import replace

import pytest

from assay.bench.preparation import Preparation
from assay.models import EndpointModel, ScriptedModel
from assay.questions.answer import Answer
from assay.settings import Settings
from assay.studies.costing import Price, measured_cost, price_of
from assay.verdict.costs import by_cost, total_cost
from assay.verdict.result import Cost

_SETTINGS = Settings(price_per_hour=3.6, token_prices=("small=0.5/2", "http://h/v1#large=5/20"))


def _cost(price: Price) -> Cost:
    """1,000 answers that read 200 tokens, write 10, and take a second each; ready after 100 seconds."""
    answer = Answer("q", "yes", (), 200, 10, None)
    asked = {"q": (answer, None)}
    return measured_cost(asked, Preparation(seconds=100), [{"seconds": 2.0, "n": 2}], price)


def test_tokens_or_hours() -> None:
    """An hour at 3.6 makes a second .001. 200,000 tokens read at .5 and 10,000 written at 2 a million: .1 + .02."""
    by_hours, by_tokens = _cost(Price(3.6)), _cost(Price(3.6, (0.5, 2.0)))
    assert by_hours.money_per_1000 == pytest.approx(1.0) and by_hours.prepare_money == pytest.approx(0.1)
    assert by_tokens.money_per_1000 == pytest.approx(0.12) and by_tokens.prepare_money == pytest.approx(0.1)
    assert total_cost(by_hours, 10_000, in_money=True) == pytest.approx(10.1)
    assert total_cost(replace(by_hours, prepare_money=None), 10_000, in_money=True) == pytest.approx(10.1)
    assert total_cost(by_tokens, 10_000, in_money=True) == pytest.approx(1.3)
    assert _cost(Price()).money_per_1000 is None
    assert by_cost({"here": by_hours, "there": by_tokens}) == ["there", "here"]


def test_an_endpoint_is_found_by_its_name_or_address() -> None:
    assert price_of(EndpointModel("small", "http://h/v1"), _SETTINGS) == Price(3.6, (0.5, 2.0))
    assert price_of(EndpointModel("large", "http://h/v1"), _SETTINGS) == Price(3.6, (5.0, 20.0))
    assert price_of(EndpointModel("large", "http://other/v1"), _SETTINGS) == Price(3.6)
    assert price_of(ScriptedModel(lambda conversation: "", name="small"), _SETTINGS) == Price(3.6)
