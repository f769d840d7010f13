"""Many at once: a queue with an end, clients that leave or do not read, a server that ends in good order."""

import json
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from server_process import Server, wait_until

_LONG = {
    "model": "none/zero-shot",
    "messages": [{"role": "user", "content": "Tell a long story of a fisherman and his three sons."}],
}


def _begin(server: Server, body: dict[str, object]) -> socket.socket:
    """A request of which nothing is read; it is left when the socket is closed."""
    sent, where = json.dumps(body).encode(), urlsplit(server.address)
    begun = socket.create_connection((where.hostname, where.port))
    begun.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    head = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    begun.sendall(f"{head}Content-Length: {len(sent)}\r\n\r\n".encode() + sent)
    return begun


@pytest.fixture(scope="module")
def narrow(serve: Callable[..., Server]) -> Server:
    """One that answers two at once and lets three wait."""
    return serve("--at-once", "2", "--waiting", "3")


def test_what_is_too_much_is_turned_away_and_the_rest_is_answered(narrow: Server) -> None:
    with ThreadPoolExecutor(40) as pool:
        replies = list(pool.map(lambda i: narrow.ask(f"What does lunch cost in Osk on day {i}?"), range(40)))
    statuses = [reply.status_code for reply in replies]
    assert set(statuses) == {200, 429} and statuses.count(200) >= 5
    turned_away = next(reply for reply in replies if reply.status_code == 429)
    assert int(turned_away.headers["Retry-After"]) >= 1
    assert turned_away.json()["error"]["code"] == "rate_limit_exceeded"
    counts = narrow.counts()
    assert counts["assay_answered_total"] == statuses.count(200)
    assert counts["assay_turned_away_total"] == statuses.count(429)


def test_openais_client_waits_and_asks_again(narrow: Server) -> None:
    client = narrow.client().with_options(max_retries=20)
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda i: client.chat.completions.create(**_LONG, max_tokens=8), range(8)))
    assert all(reply.choices[0].finish_reason for reply in replies)


def test_answers_of_many_are_those_of_one(server: Server) -> None:
    questions = [f"What does lunch cost in {town}?" for town in ("Osk", "Veld", "Tarn", "Lira")]
    alone = [server.ask(question).json()["usage"]["prompt_tokens"] for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(server.ask, questions * 2))
    assert [reply.json()["usage"]["prompt_tokens"] for reply in together] == alone * 2


def test_the_engine_stops_for_whoever_leaves(server: Server) -> None:
    def leave_a_stream() -> None:
        stream = server.client().chat.completions.create(**_LONG, stream=True)
        next(iter(stream))
        stream.close()

    def leave_before_the_answer() -> None:
        with _begin(server, _LONG):
            time.sleep(0.05)

    for leave in (leave_a_stream, leave_before_the_answer):
        assert any(_is_cancelled(server, leave) for _ in range(20))  # an answer may be done before


def _is_cancelled(server: Server, leave: Callable[[], None]) -> bool:
    """Whether the engine stops for a question that is left so."""
    before = server.counts()
    leave()
    wait_until(lambda: server.counts()["assay_asked_total"] > before["assay_asked_total"])
    wait_until(lambda: server.counts()["assay_questions_in_work"] == 0)
    return server.counts()["assay_cancelled_total"] > before["assay_cancelled_total"]


def test_a_client_that_does_not_read_holds_nobody_up(serve: Callable[..., Server]) -> None:
    hasty = serve("--seconds", "40")
    deaf = [_begin(hasty, _LONG | {"stream": True}) for _ in range(5)]
    assert hasty.ask("What does lunch cost in Osk?").status_code == 200
    wait_until(lambda: hasty.counts()["assay_questions_in_work"] == 0)
    for one in deaf:
        one.close()


def test_half_a_request_is_no_request(server: Server) -> None:
    where = urlsplit(server.address)
    with socket.create_connection((where.hostname, where.port)) as begun:
        begun.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        assert server.ask("What does lunch cost in Osk?").status_code == 200


def test_what_was_begun_is_ended_when_the_server_ends(serve: Callable[..., Server]) -> None:
    ending = serve()
    told: list[httpx.Response] = []
    asking = threading.Thread(target=lambda: told.append(ending.ask("What does lunch cost in Osk?")))
    asking.start()
    wait_until(lambda: ending.counts()["assay_asked_total"] == 1)
    assert ending.stop() == 0
    asking.join(30)
    assert told[0].status_code == 200 and told[0].json()["choices"][0]["finish_reason"]
    with pytest.raises(httpx.ConnectError):
        ending.get("/health")


def test_an_end_without_work_is_quick(serve: Callable[..., Server]) -> None:
    idle = serve()
    began = time.monotonic()
    assert idle.stop() == 0 and time.monotonic() - began < 30
