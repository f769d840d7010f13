"""The endpoint encoder against a real server on loopback."""

import json

import numpy as np
import pytest

from assay.errors import EngineError, InputError
from assay.questions.question import Question
from assay.retrieval import ExactIndex, Retriever, load_encoder
from assay.retrieval.endpoint_encoder import open_endpoint_encoder
from assay.retrieval.last_question import LastQuestion
from assay.retrieval.nearness import measure_nearness
from loopback import Endpoint


def test_vectors_come_in_the_order_of_the_texts(endpoint: Endpoint) -> None:
    encoder = load_encoder(endpoint.name(), "en")
    assert encoder is not None
    assert (encoder.dimension, encoder.name) == (3, endpoint.name())
    texts = ["x" * (1 + n % 90) for n in range(200)]
    vectors = encoder.encode_passages(texts)
    wanted = np.array([[len(text), 1, 0] for text in texts], dtype=np.float32)
    np.testing.assert_allclose(vectors, wanted / np.linalg.norm(wanted, axis=1, keepdims=True), rtol=1e-6)
    assert sorted(len(body["input"]) for body in endpoint.asked[1:]) == [8, 64, 64, 64]
    assert encoder.encode_queries([]).shape == (0, 3)
    assert encoder.encode_queries([""]).shape == (1, 3)


def test_one_request_tells_how_near_a_question_is_and_finds_its_passages(endpoint: Endpoint, make_corpus) -> None:
    corpus = make_corpus(["Lunch is at noon.", "Parking costs five euros."])
    encoder = LastQuestion(open_endpoint_encoder(endpoint.name()))
    vectors = encoder.encode_passages([passage.text for passage in corpus.passages])
    search, before = Retriever(ExactIndex(corpus, vectors), encoder, corpus), len(endpoint.asked)
    asked = Question("a", "When is lunch?", ())
    (measured,) = measure_nearness(lambda groups: search, [asked])
    (hits,) = search.retrieve([asked.text], 1)
    assert [body["input"] for body in endpoint.asked[before:]] == [[asked.text]]
    assert measured[0] > 0 and hits
    search.retrieve(["When is dinner?"], 1)
    search.retrieve([asked.text, asked.text], 1)  # together: as many are encoded as are asked
    assert [body["input"] for body in endpoint.asked[before + 1 :]] == [["When is dinner?"], [asked.text] * 2]


def test_a_busy_server_is_asked_again(endpoint: Endpoint) -> None:
    endpoint.failures = 2
    assert open_endpoint_encoder(endpoint.name()).dimension == 3


def test_a_server_that_stays_busy_or_is_down_or_slow_is_said_plainly(endpoint: Endpoint) -> None:
    endpoint.failures = 99
    with pytest.raises(EngineError, match=r"refused to encode .*503"):
        open_endpoint_encoder(endpoint.name(), retries=0)
    endpoint.failures, endpoint.delay_s = 0, 0.5
    with pytest.raises(EngineError, match=r"no vectors \(APITimeoutError"):
        open_endpoint_encoder(endpoint.name(), timeout_s=0.1, retries=0)
    with pytest.raises(EngineError, match=r"no vectors \(APIConnectionError"):
        open_endpoint_encoder("http://127.0.0.1:9/v1#tiny", retries=0)


def test_a_wrong_model_is_answered_with_those_there_are(endpoint: Endpoint) -> None:
    with pytest.raises(EngineError, match=r'"huge" \(404.*it has tiny'):
        open_endpoint_encoder(endpoint.name("huge"))
    with pytest.raises(InputError, match="write URL#MODEL"):
        load_encoder("http://127.0.0.1:9/v1", "en")


def test_a_reply_of_another_shape_is_refused(endpoint: Endpoint) -> None:
    encoder = open_endpoint_encoder(endpoint.name())
    endpoint.dimension = 4
    with pytest.raises(EngineError, match=r"gave 2 vectors of 4 numbers, expected 2 of 3"):
        encoder.encode_passages(["a", "b"])
    endpoint.dimension, endpoint.n_missing = 3, 1
    with pytest.raises(EngineError, match=r"gave 1 vectors of 3 numbers, expected 2"):
        encoder.encode_passages(["a", "b"])


@pytest.mark.parametrize("reply", [{"data": [None]}, {"data": [{"embedding": [1.0]}]}, {"data": "abc"}, "busy"])
def test_a_reply_without_vectors_is_refused(reply: object, endpoint: Endpoint) -> None:
    encoder = open_endpoint_encoder(endpoint.name())
    endpoint.page = json.dumps(reply).encode()
    with pytest.raises(EngineError, match="gave no vectors"):
        encoder.encode_passages(["a"])
