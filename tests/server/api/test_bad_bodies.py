"""What no client should send, and some do: each is told why, in OpenAI's shape, and the next one is answered."""

import gzip
import json

import httpx
import pytest

from server_process import Server

_TURN = {"role": "user", "content": "What does lunch cost in Osk?"}


def _asking(**more: object) -> dict[str, object]:
    return {"model": "none/zero-shot", "messages": [_TURN], "max_tokens": 2} | more


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ("no json", 400, "the body is no JSON"),
        ("", 400, "a body is needed"),
        ("[]", 400, "a body is needed"),
        (b"\xff\xfe{}", 400, ""),
        ("[" * 100_000, 400, "cannot be read as JSON"),
        ('{"a":' * 50_000 + "1" + "}" * 50_000, 400, "cannot be read as JSON"),
        ('{"model": "none/zero-shot", "max_tokens": ' + "9" * 5_000 + "}", 400, "cannot be read as JSON"),
        (_asking(messages="hi"), 400, "messages must be a list"),
        (_asking(messages=[None]), 400, "messages.0 must be an object"),
        (_asking(messages=[{"role": "user", "content": [{"type": "image_url"}]}]), 400, "'image_url' is not supported"),
        (_asking(messages=[{"role": "system", "content": "Be kind."}]), 400, "'system' is not supported"),
        (_asking(tools=[]), 400, "tools is not supported"),
        (_asking(logprobs=True), 400, "logprobs"),
        (_asking(n=2), 400, "n: '2' is not supported, only 1"),
        (_asking(**{"x" * 100_000: 1}), 400, "x is not supported"),
        ({"model": "none/zero-shot"}, 400, "messages is missing"),
        (_asking(messages=[]), 400, "messages must have at least 1"),
        (_asking(model="gpt-4"), 404, 'no model "gpt-4"'),
        (_asking(model="\ud800"), 404, "no model"),
        (_asking(model="oracle/zero-shot"), 404, "no model"),
        (_asking(messages=[_TURN] * 1_001), 400, "1,001 turns"),
        (_asking(messages=[{"role": "user", "content": "x"}] * 100_000), 413, "longer than 2,000,000 bytes"),
        (_asking(messages=[{"role": "user", "content": "x" * 9_000}]), 400, "9,000 characters"),
        (_asking(messages=[{"role": "user", "content": " \n "}]), 400, "empty"),
        (_asking(messages=[_TURN, {"role": "assistant", "content": "EUR 4.50"}]), 400, "no question"),
        (_asking(max_tokens=0), 400, "max_tokens"),
        (_asking(stop=["a", "b", "c", "d", "e"]), 400, "stop"),
        (_asking(**{"\udcff": 1}), 400, "half a character"),
        (_asking(model="retrieved/zero-shot", only="nowhere/*"), 404, "no document matches"),
    ],
)
def test_it_is_told_why(server: Server, body: object, status: int, said: str) -> None:
    reply = server.post("/v1/chat/completions", body)
    assert reply.status_code == status, reply.text
    error = reply.json()["error"]
    assert said in error["message"] and error["type"] == "invalid_request_error" and {"param", "code"} <= set(error)


def test_a_lone_surrogate_is_answered(server: Server) -> None:
    reply = server.post("/v1/chat/completions", _asking(messages=[{"role": "user", "content": "Lunch \ud83d?"}]))
    assert reply.status_code == 200 and reply.json()["choices"]


def test_a_body_whose_length_is_not_told_is_no_longer_than_others(server: Server) -> None:
    pieces = (b"x" * 100_000 for _ in range(50))
    reply = httpx.post(server.address + "/v1/chat/completions", content=pieces, timeout=60)
    assert reply.status_code == 413


def test_a_packed_body_is_not_read(server: Server) -> None:
    packed = gzip.compress(json.dumps(_asking()).encode())
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    reply = httpx.post(server.address + "/v1/chat/completions", content=packed, headers=headers, timeout=60)
    assert reply.status_code == 415 and "gzip is not read" in reply.json()["error"]["message"]


def test_of_too_many_texts_the_number_is_told(server: Server) -> None:
    reply = server.post("/v1/embeddings", {"model": "assay", "input": ["a"] * 2_049})
    assert reply.status_code == 400 and "input must have at most 2048" in reply.json()["error"]["message"]


def test_whatever_watches_may_ask_for_the_head_alone(server: Server) -> None:
    assert (
        httpx.head(server.address + "/health").status_code == httpx.head(server.address + "/ready").status_code == 200
    )
    wrong = httpx.delete(server.address + "/health")
    assert wrong.status_code == 405 and "takes GET" in wrong.json()["error"]["message"]


def test_addresses_and_methods_that_are_none(server: Server) -> None:
    assert "POST /v1/completions" in server.post("/v1/completions", {}).json()["error"]["message"]
    wrong = server.get("/v1/chat/completions")
    assert wrong.status_code == 405 and "takes POST" in wrong.json()["error"]["message"]


def test_another_name_that_leads_here_is_no_way_in(server: Server) -> None:
    reply = httpx.get(server.address + "/v1/models", headers={"Host": "assay.example"})
    assert reply.status_code == 401 and "assay.example" in reply.json()["error"]["message"]


def test_the_server_answers_still(server: Server) -> None:
    reply = server.post("/v1/chat/completions", json.dumps(_asking()))
    assert reply.status_code == 200 and server.get("/health").json() == {"status": "ok"}
