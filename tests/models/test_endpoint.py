"""The endpoint engine against a real server on loopback."""

import pytest

from assay.errors import EngineError
from assay.models import EndpointModel, Message, open_model
from loopback import Endpoint


def _model(endpoint: Endpoint, name: str = "tiny") -> EndpointModel:
    model = open_model(endpoint.name(name))
    assert isinstance(model, EndpointModel)
    return model


def test_answers_keep_their_order(endpoint: Endpoint) -> None:
    engine = _model(endpoint).load()
    answers = engine.generate([(Message("user", str(i)),) for i in range(20)], 8)
    assert [answer.text for answer in answers] == [f"echo {i}" for i in range(20)]
    assert (answers[0].n_prompt_tokens, answers[0].n_new_tokens) == (7, 2)


def test_a_busy_server_is_asked_again(endpoint: Endpoint) -> None:
    engine = _model(endpoint).load()
    endpoint.failures = 2
    assert engine.generate([(Message("user", "hi"),)], 8)[0].text == "echo hi"
    assert len(endpoint.asked) == 3


def test_a_wrong_model_name_is_answered_with_those_there_are(endpoint: Endpoint) -> None:
    with pytest.raises(EngineError, match=r'has no model "huge"; it has tiny'):
        _model(endpoint, "huge").load()


def test_a_server_that_is_down_is_said_plainly() -> None:
    with pytest.raises(EngineError, match="did not answer"):
        open_model("http://127.0.0.1:9/v1#tiny").load()
