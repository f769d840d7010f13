"""The endpoint encoder against a real server on loopback."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from assay.errors import EngineError, InputError
from assay.retrieval import load_encoder
from assay.retrieval.endpoint_encoder import open_endpoint_encoder


class _Server(ThreadingHTTPServer):
    failures = 0  # how many requests are still to be refused
    dimension = 3
    delay_s = 0.0
    n_missing = 0  # vectors left out of a reply
    sizes: tuple[int, ...] = ()  # of the requests so far


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._reply(200, {"object": "list", "data": [{"id": "tiny", "object": "model"}]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.sizes += (len(body["input"]),)
        time.sleep(self.server.delay_s)
        if self.server.failures:
            self.server.failures -= 1
            self._reply(503, {"error": {"message": "overloaded"}})
        elif body["model"] != "tiny":
            self._reply(404, {"error": {"message": "no such model"}})
        else:
            rows = list(enumerate(body["input"]))[self.server.n_missing :]
            data = [{"object": "embedding", "index": i, "embedding": self._vector(text)} for i, text in rows]
            self._reply(200, {"object": "list", "model": "tiny", "data": data[::-1]})  # order is told by the index

    def _vector(self, text: str) -> list[float]:
        return [float(len(text)), 1.0, *[0.0] * (self.server.dimension - 2)]

    def _reply(self, status: int, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with suppress(BrokenPipeError):  # a client that would not wait
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


def _name(server: _Server, model: str = "tiny") -> str:
    return f"http://127.0.0.1:{server.server_port}/v1#{model}"


def test_vectors_come_in_the_order_of_the_texts(server: _Server) -> None:
    encoder = load_encoder(_name(server), "en")
    assert encoder is not None
    assert (encoder.dimension, encoder.name) == (3, _name(server))
    texts = ["x" * (1 + n % 90) for n in range(200)]
    vectors = encoder.encode_passages(texts)
    wanted = np.array([[len(text), 1, 0] for text in texts], dtype=np.float32)
    np.testing.assert_allclose(vectors, wanted / np.linalg.norm(wanted, axis=1, keepdims=True), rtol=1e-6)
    assert sorted(server.sizes[1:]) == [8, 64, 64, 64]
    assert encoder.encode_queries([]).shape == (0, 3)
    assert encoder.encode_queries([""]).shape == (1, 3)


def test_a_busy_server_is_asked_again(server: _Server) -> None:
    server.failures = 2
    assert open_endpoint_encoder(_name(server)).dimension == 3


def test_a_server_that_stays_busy_or_is_down_or_slow_is_said_plainly(server: _Server) -> None:
    server.failures = 99
    with pytest.raises(EngineError, match=r"refused to encode .*503"):
        open_endpoint_encoder(_name(server), retries=0)
    server.failures, server.delay_s = 0, 0.5
    with pytest.raises(EngineError, match=r"no vectors \(APITimeoutError"):
        open_endpoint_encoder(_name(server), timeout_s=0.1, retries=0)
    with pytest.raises(EngineError, match=r"no vectors \(APIConnectionError"):
        open_endpoint_encoder("http://127.0.0.1:9/v1#tiny", retries=0)


def test_a_wrong_model_is_answered_with_those_there_are(server: _Server) -> None:
    with pytest.raises(EngineError, match=r'"huge" \(404.*it has tiny'):
        open_endpoint_encoder(_name(server, "huge"))
    with pytest.raises(InputError, match="write URL#MODEL"):
        load_encoder("http://127.0.0.1:9/v1", "en")


def test_a_reply_of_another_shape_is_refused(server: _Server) -> None:
    encoder = open_endpoint_encoder(_name(server))
    server.dimension = 4
    with pytest.raises(EngineError, match=r"gave 2 vectors of 4 numbers, expected 2 of 3"):
        encoder.encode_passages(["a", "b"])
    server.dimension, server.n_missing = 3, 1
    with pytest.raises(EngineError, match=r"gave 1 vectors of 3 numbers, expected 2"):
        encoder.encode_passages(["a", "b"])
