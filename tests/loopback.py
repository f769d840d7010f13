"""An OpenAI-compatible server on loopback: one model, "tiny", which echoes messages and measures texts.

It also speaks POST /v1/systemone.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["Endpoint", "serve_endpoint"]


_POLL_S = 0.01  # how soon a server that is told to stop does: half a second otherwise, in every test


class Endpoint(ThreadingHTTPServer):
    """What a test sets to make it fail, and what it was asked."""

    page: bytes | None = None  # sent as it is, with status 200, whatever is asked
    completion: object = None  # sent in the place of a completion
    failures = 0  # how many requests are still to be refused
    takes_keys = True  # False: none is good enough
    delay_s = 0.0
    calls_itself = ""  # the model's name in completions; none is sent where it is empty
    dimension = 3
    n_missing = 0  # vectors left out of a reply
    asked: tuple[dict[str, Any], ...] = ()  # the requests so far
    lines: tuple[str, ...] = ()  # their request lines
    headers: tuple[Message, ...] = ()

    def reply(self, prompt: str) -> str:
        """What is answered to the last message."""
        return "echo " + prompt

    def judge(self, body: dict[str, Any]) -> object:
        """What is sent for a typed question."""
        return {"probability": 0.75}

    def name(self, model: str = "tiny") -> str:
        """URL#MODEL."""
        return f"http://127.0.0.1:{self.server_port}/v1#{model}"


@contextmanager
def serve_endpoint() -> Iterator[Endpoint]:
    """A server that is gone afterwards."""
    with Endpoint(("127.0.0.1", 0), _Handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(_POLL_S,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_GET(self) -> None:
        if self.server.page is not None:
            self._send(200, self.server.page, "text/html")
            return
        self._reply(200, {"object": "list", "data": [{"id": "tiny", "object": "model"}]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked += (body,)
        self.server.lines += (self.requestline,)
        self.server.headers += (self.headers,)
        if self.server.page is not None:
            self._send(200, self.server.page, "text/html")
            return
        time.sleep(self.server.delay_s)
        if not self.server.takes_keys:
            self._reply(401, {"error": {"message": "no such key"}})
        elif self.server.failures:
            self.server.failures -= 1
            self._reply(503, {"error": {"message": "overloaded"}})
        elif self.path.partition("?")[0] == "/v1/systemone":
            self._reply(200, self.server.judge(body))
        elif body["model"] != "tiny":
            key = self.headers["Authorization"]  # some servers repeat it
            self._reply(404, {"error": {"message": f"no such model for {key}"}})
        else:
            self._reply(200, self._embed(body) if "input" in body else self._echo(body))

    def _embed(self, body: dict[str, Any]) -> dict[str, Any]:
        """Vectors (length of the text, 1, 0...), the last first: their order is told by the index."""
        rest = [0.0] * (self.server.dimension - 2)
        rows = list(enumerate(body["input"]))[self.server.n_missing :]
        data = [{"object": "embedding", "index": i, "embedding": [float(len(text)), 1.0, *rest]} for i, text in rows]
        return {"object": "list", "model": "tiny", "data": data[::-1]}

    def _echo(self, body: dict[str, Any]) -> object:
        if self.server.completion is not None:
            return self.server.completion
        text = self.server.reply(body["messages"][-1]["content"])
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        usage = {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}
        named = {"model": self.server.calls_itself} if self.server.calls_itself else {}
        return {"id": "1", "object": "chat.completion", "choices": [choice], "usage": usage, **named}

    def _reply(self, status: int, body: object) -> None:
        self._send(status, json.dumps(body).encode(), "application/json")

    def _send(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with suppress(BrokenPipeError):  # a client that would not wait
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass
