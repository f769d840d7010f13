"""The endpoint engine against a real server on loopback."""

import socket
from importlib.util import find_spec

import pytest

from assay.errors import EngineError, InputError, MissingExtra
from assay.models import EndpointModel, Message, open_model
from assay.models.endpoint import is_here, open_client
from assay.models.engine import Completion
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


def test_a_key_that_is_refused_is_said_plainly(endpoint: Endpoint) -> None:
    engine, endpoint.takes_keys = _model(endpoint).load(), False
    with pytest.raises(EngineError, match=r"refuses the key.*ASSAY_API_KEY"):
        engine.generate([(Message("user", "hi"),)], 8)


@pytest.mark.parametrize("page", [b"<html><body>Sign in</body></html>", b"", b"{not json"])
def test_a_page_instead_of_an_endpoint(page: bytes, endpoint: Endpoint) -> None:
    endpoint.page = page
    with pytest.raises(EngineError, match="no OpenAI-compatible endpoint") as raised:
        open_model(endpoint.name()).load()
    assert "\n" not in str(raised.value)


_NONE = [
    *({}, [], "busy", {"error": "out of credit"}, {"choices": []}, {"choices": [None]}, {"choices": "abc"}),
    *({"choices": [{"message": None}]}, {"choices": [{"text": "Bob"}]}, {"choices": [{"message": {"content": 25}}]}),
    {"choices": [{"message": {"content": [25]}}]},
]


@pytest.mark.parametrize("completion", _NONE)
def test_a_completion_that_is_none(completion: object, endpoint: Endpoint) -> None:
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


def _completion(content: object, **more: object) -> dict[str, object]:
    return {"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}], **more}


def _first(endpoint: Endpoint, completion: object) -> Completion:
    engine = _model(endpoint).load()
    endpoint.completion = completion
    return engine.generate([(Message("user", "Who?"),)], 5)[0]


@pytest.mark.parametrize(
    "usage", [None, {}, {"prompt_tokens": "ten"}, {"prompt_tokens": -1}, {"completion_tokens": True}, "much"]
)
def test_tokens_that_are_not_told_are_estimated(usage: object, endpoint: Endpoint) -> None:
    done = _first(endpoint, _completion("Mara Holt", usage=usage))
    assert (done.n_prompt_tokens, done.n_new_tokens) == (2, 3)  # a token for three letters


def test_parts_of_text_are_one_answer(endpoint: Endpoint) -> None:
    parts = [{"type": "thinking", "thinking": []}, {"type": "text", "text": "Mara "}, {"type": "text", "text": "Holt"}]
    assert _first(endpoint, _completion(parts)).text == "Mara Holt"


def test_an_answer_can_be_written_and_shown(endpoint: Endpoint) -> None:
    assert _first(endpoint, _completion("red \x1b[31m\0\a\ud83d \ud83d\ude00\n")).text == "red [31m\ufffd \U0001f600"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "a.localhost", "127.1.2.3", "[::1]", "0.0.0.0", "[::]"])
def test_names_of_this_machine(host: str) -> None:
    assert is_here(f"http://{host}:8000/v1")


def test_this_machine_by_its_own_name_and_others() -> None:
    assert is_here(f"http://{socket.gethostname()}:8000/v1")
    for other in ("example.org", "notlocalhost", "10.0.0.1", "127.0.0.1.example.org"):
        assert not is_here(f"http://{other}/v1")


def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALL_PROXY", "ftp://proxy.example:2")
    with pytest.raises(InputError, match="a proxy of the environment"):
        open_client("http://models.example/v1", 1, 0)
    if find_spec("socksio") is None:
        monkeypatch.setenv("ALL_PROXY", "socks5://proxy.example:1080")
        with pytest.raises(MissingExtra, match="pip install socksio"):
            open_client("http://models.example/v1", 1, 0)


@pytest.mark.parametrize("address", ["http://[::1", "http://models.example:x/v1"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(InputError, match="is no address"):
        open_client(address, 1, 0)
