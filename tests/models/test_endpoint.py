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


@pytest.mark.parametrize("page", [b"<html><body>Sign in</body></html>", b"", b"{not json"])
def test_a_page_instead_of_an_endpoint(page: bytes, endpoint: Endpoint) -> None:
    endpoint.page = page
    with pytest.raises(EngineError, match="no OpenAI-compatible endpoint") as raised:
        open_model(endpoint.name()).load()
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("completion", [{}, {"choices": []}, {"error": "out of credit"}, [], "busy"])
def test_a_completion_without_choices(completion: object, endpoint: Endpoint) -> None:
    engine = open_model(endpoint.name()).load()
    endpoint.completion = completion
    with pytest.raises(EngineError, match="no OpenAI-compatible endpoint") as raised:
        engine.generate([(Message("user", "Who?"),)], 5)
    assert "\n" not in str(raised.value)


def test_a_server_on_this_machine_is_asked_past_any_proxy(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert _model(endpoint).load().generate([(Message("user", "hi"),)], 8)[0].text == "echo hi"
