"""The endpoint engine against a real server on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assay.errors import EngineError
from assay.models import EndpointModel, Message, open_model


class _Server(ThreadingHTTPServer):
    failures = 0  # how many requests are still to be refused
    n_asked = 0


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._reply(200, {"object": "list", "data": [{"id": "tiny", "object": "model"}]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.n_asked += 1
        if self.server.failures:
            self.server.failures -= 1
            self._reply(503, {"error": {"message": "overloaded"}})
            return
        text = "echo " + body["messages"][-1]["content"]
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        usage = {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}
        self._reply(200, {"id": "1", "object": "chat.completion", "choices": [choice], "usage": usage})

    def _reply(self, status: int, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server(("127.0.0.1", 0), _Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def _model(server: _Server, name: str = "tiny") -> EndpointModel:
    model = open_model(f"http://127.0.0.1:{server.server_port}/v1#{name}")
    assert isinstance(model, EndpointModel)
    return model


def test_answers_keep_their_order(server: _Server) -> None:
    engine = _model(server).load()
    answers = engine.generate([(Message("user", str(i)),) for i in range(20)], 8)
    assert [answer.text for answer in answers] == [f"echo {i}" for i in range(20)]
    assert (answers[0].n_prompt_tokens, answers[0].n_new_tokens) == (7, 2)


def test_a_busy_server_is_asked_again(server: _Server) -> None:
    engine = _model(server).load()
    server.failures = 2
    assert engine.generate([(Message("user", "hi"),)], 8)[0].text == "echo hi"
    assert server.n_asked == 3


def test_a_wrong_model_name_is_answered_with_those_there_are(server: _Server) -> None:
    with pytest.raises(EngineError, match=r'has no model "huge"; it has tiny'):
        _model(server, "huge").load()


def test_a_server_that_is_down_is_said_plainly() -> None:
    with pytest.raises(EngineError, match="did not answer"):
        open_model("http://127.0.0.1:9/v1#tiny").load()
