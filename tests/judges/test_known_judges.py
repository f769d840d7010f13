"""Judges behind real servers on loopback: both orders, other replies, failures; and names that are none."""

from pathlib import Path

import pytest

from assay.errors import AssayError, EngineError, InputError, NotFound
from assay.judges.judge import Pair
from assay.judges.known_judges import open_judge
from loopback import Endpoint

_PAIRS = [
    Pair("When does it open?", "It opens at nine.", "", "At nine."),
    Pair("When does it close?", "It closes at five.", "", "At six."),
    Pair("几点开门？", "上午九点开门。", "", "九点。"),
]


def test_an_endpoint_is_asked_in_both_orders_and_counted_where_they_agree(endpoint: Endpoint) -> None:
    replies = {"open": ("Yes.", "yes"), "close": ("no", "Yes"), "几点": ("否", "否。")}

    def reply(prompt: str) -> str:
        (both,) = [told for word, told in replies.items() if word in prompt]
        return both["\nAnswer" in prompt.partition("Reference")[0] or "回答：" in prompt.partition("参考")[0]]

    endpoint.reply = reply  # type: ignore[method-assign]
    one, two, three = open_judge(endpoint.name()).judge(_PAIRS)
    assert (one.probability, one.n_tokens) == (1.0, 18)
    assert (two.probability, two.why, two.said) == (None, "order", "")
    assert three.probability == 0.0
    asked = [body["messages"] for body in endpoint.asked]
    assert len(asked) == 6 and all(len(turns) == 14 and turns[0]["role"] == "system" for turns in asked)


def test_a_reply_that_is_neither_is_told_as_it_is(endpoint: Endpoint) -> None:
    endpoint.reply = lambda prompt: "I cannot say." if "At nine." in prompt else "no"  # type: ignore[method-assign]
    one, two, _ = open_judge(endpoint.name()).judge(_PAIRS)
    assert (one.probability, one.why, one.said) == (None, "reply", "I cannot say.")
    assert two.probability == 0.0


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/"])
def test_a_server_of_typed_questions(endpoint: Endpoint, ending: str) -> None:
    endpoint.judge = lambda body: {"probability": {"九点。": 1, "At six.": 0.25}.get(body["answer"], "high")}  # type: ignore[method-assign]
    judge = open_judge(f"systemone:http://127.0.0.1:{endpoint.server_port}{ending}")
    one, two, three = judge.judge(_PAIRS)
    assert (one.probability, one.why, one.said) == (None, "reply", '{"probability": "high"}')
    assert (two.probability, three.probability) == (0.25, 1.0)
    assert {line for line in endpoint.lines} == {"POST /v1/systemone HTTP/1.1"}
    first = next(body for body in endpoint.asked if body["answer"] == "At nine.")
    assert first == {
        "type": "answer_is_right",
        "question": "When does it open?",
        "reference": "It opens at nine.",
        "evidence": "",
        "answer": "At nine.",
    }


@pytest.mark.parametrize("told", [{}, {"probability": 1.2}, {"probability": True}, {"probability": None}, [0.5], 0.5])
def test_what_is_no_probability_is_never_guessed(endpoint: Endpoint, told: object) -> None:
    endpoint.judge = lambda body: told  # type: ignore[method-assign]
    (opinion,) = open_judge(f"systemone:http://127.0.0.1:{endpoint.server_port}").judge(_PAIRS[:1])
    assert opinion.probability is None and opinion.why == "reply" and opinion.said


def test_a_key_goes_along_and_is_not_told(endpoint: Endpoint) -> None:
    judge = open_judge(f"systemone:http://user:secret@127.0.0.1:{endpoint.server_port}?api-key=hidden")
    judge.judge(_PAIRS[:1])
    assert endpoint.lines == ("POST /v1/systemone?api-key=hidden HTTP/1.1",)
    assert "secret" not in judge.name + judge.sha256 and "hidden" not in judge.name + judge.sha256


def test_a_server_of_another_kind(endpoint: Endpoint) -> None:
    endpoint.page = b"<html>welcome</html>"
    with pytest.raises(EngineError, match="does not speak POST /v1/systemone: it sent no JSON"):
        open_judge(f"systemone:http://127.0.0.1:{endpoint.server_port}").judge(_PAIRS)


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("http://localhost:1/v1", InputError, "names no model: write URL#MODEL"),
        ("systemone:localhost:8000", InputError, "names no server: write systemone: and its address"),
        ("systemone:http://u:***@h", InputError, "set judge in assay.toml, or ASSAY_JUDGE"),
        ("http://u:***@h/v1#m", InputError, "set judge in assay.toml, or ASSAY_JUDGE"),
        ("nothing-like-it", NotFound, 'there is no model "nothing-like-it"'),
        ("gone.gguf", NotFound, "there is no file gone.gguf"),
    ],
)
def test_names_that_are_none(
    name: str, kind: type[AssayError], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(kind, match=said.replace("*", r"\*")):
        open_judge(name)


def test_a_server_that_is_gone_says_that_what_was_judged_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assay.judges.systemone._RETRIES", 0)
    with pytest.raises(EngineError, match="What was judged is kept: run the same line again"):
        open_judge("systemone:http://127.0.0.1:9").judge(_PAIRS[:1])
