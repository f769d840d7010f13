"""`/v1/embeddings` through OpenAI's own client: the vectors that the run searches by."""

import numpy as np
import openai
import pytest

from assay.retrieval import load_encoder
from server_process import Server

TEXTS = ["What does lunch cost in Osk?", "午饭多少钱？", "Parking \ud83d", " x"]


def test_they_are_those_of_the_encoder(server: Server) -> None:
    encoder = load_encoder("auto", "en")
    assert encoder is not None
    told = server.client().embeddings.create(model="assay", input=TEXTS[:2])  # base64, as the client asks
    expected = encoder.encode_queries(TEXTS[:2])
    assert np.allclose([one.embedding for one in told.data], expected, atol=1e-5)
    assert [one.index for one in told.data] == [0, 1] and told.usage.prompt_tokens > 0
    one = server.post("/v1/embeddings", {"model": encoder.name, "input": TEXTS[0], "input_type": "passage"}).json()
    assert np.allclose(one["data"][0]["embedding"], encoder.encode_passages(TEXTS[:1])[0], atol=1e-5)


def test_any_text_has_one(server: Server) -> None:
    told = server.post("/v1/embeddings", {"model": "assay", "input": TEXTS * 5}).json()["data"]
    assert np.allclose(np.linalg.norm([one["embedding"] for one in told], axis=1), 1.0, atol=1e-3)


@pytest.mark.parametrize(
    ("field", "value"),
    [("dimensions", 64), ("input", [1, 2, 3]), ("input", ""), ("input", []), ("input", "x" * 9_000)],
)
def test_what_is_not_supported_is_refused_by_its_name(server: Server, field: str, value: object) -> None:
    reply = server.post("/v1/embeddings", {"model": "assay", "input": "x"} | {field: value})
    assert reply.status_code == 400 and field in reply.json()["error"]["message"]


def test_another_model_is_none(server: Server) -> None:
    with pytest.raises(openai.NotFoundError, match="text-embedding-3-small"):
        server.client().embeddings.create(model="text-embedding-3-small", input="x")
