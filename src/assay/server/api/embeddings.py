"""`/v1/embeddings`: vectors of the encoder that the run searches by."""

import asyncio
import base64
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assay.errors import InputError, NotFound
from assay.plain_text import plain_text
from assay.retrieval import Encoder
from assay.server.api.asker import WhoAsks
from assay.server.api.errors import NoModel
from assay.server.api.models import RECOMMENDED
from assay.server.served import Served, served_by
from assay.serving.measured_run import FinishedRun

__all__ = ["EmbeddingRequest", "router"]

_MOST_TEXTS = 2_048
_AT_ONCE = 8  # texts between two steps of the answers that are being given
router = APIRouter(prefix="/v1", tags=["embeddings"])


def _not_empty(text: str) -> str:
    if not text:
        raise ValueError("an empty text has no vector")
    return text


Text = Annotated[str, AfterValidator(_not_empty)]


class EmbeddingRequest(BaseModel):
    """What may be asked; tokens in the place of texts are refused, for they are those of another model.

    `input_type` is ours: an encoder reads what is searched otherwise than what is asked.
    """

    model_config = ConfigDict(extra="forbid")
    model: str
    input: Text | Annotated[list[Text], Field(min_length=1, max_length=_MOST_TEXTS)]
    encoding_format: Literal["float", "base64"] | None = None
    input_type: Literal["query", "passage"] = "query"
    dimensions: None = None
    user: str | None = None


@router.post("/embeddings")
async def embed(request: Request, body: EmbeddingRequest, asker: WhoAsks) -> dict[str, Any]:
    """A vector of unit length for each text, in their order."""
    served = served_by(request)
    texts = [plain_text(text) for text in ([body.input] if isinstance(body.input, str) else body.input)]
    longest = max(map(len, texts))
    if longest > served.limits.n_characters:
        raise InputError(f"input: a text of {longest:,} characters; at most {served.limits.n_characters:,} are read")
    encoder = await _find_encoder(served, body.model)
    vectors = await _encode(served, encoder, texts, body.input_type == "query")
    data = [
        {"object": "embedding", "index": index, "embedding": _as_told(vector, body.encoding_format)}
        for index, vector in enumerate(vectors)
    ]
    n_tokens = sum(len(text.split()) for text in texts)
    usage = {"prompt_tokens": n_tokens, "total_tokens": n_tokens}
    return {"object": "list", "data": data, "model": body.model, "usage": usage}


async def _find_encoder(served: Served, model: str) -> Encoder:
    run = served.current.needed()
    encoder = await asyncio.wrap_future(served.answering.do(lambda: _encoder_of(run)))
    if encoder is None:
        raise NotFound("this run searches by words alone: it has no encoder, and there are no embeddings")
    if model not in (RECOMMENDED, encoder.name):
        raise NoModel(f'there is no encoder "{model[:200]}"; it is {encoder.name}, or {RECOMMENDED}')
    return encoder


def _encoder_of(run: FinishedRun) -> Encoder | None:
    return run.pipelines.search.encoder


async def _encode(served: Served, encoder: Encoder, texts: Sequence[str], are_queries: bool) -> list[np.ndarray]:
    """On the engine's thread, a few at a time: questions do not wait for a long list."""
    encode = encoder.encode_queries if are_queries else encoder.encode_passages
    vectors: list[np.ndarray] = []
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        vectors.extend(await asyncio.wrap_future(served.answering.do(lambda some=some: encode(some))))  # type: ignore[misc]
    return vectors


def _as_told(vector: np.ndarray, form: str | None) -> list[float] | str:
    if form == "base64":
        return base64.b64encode(np.asarray(vector, "<f4").tobytes()).decode()
    told: list[float] = np.asarray(vector, float).tolist()
    return told
