"""An encoder behind an OpenAI-compatible URL: vLLM, Ollama, text-embeddings-inference, a cloud. Knows no index."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from assay.errors import EngineError, InputError
from assay.masking import mask
from assay.models.endpoint import open_client
from assay.models.endpoint_reply import Vector, parse_vectors
from assay.settings import check_whole

__all__ = ["EndpointEncoder", "open_endpoint_encoder"]

BATCH = 64  # texts a request; servers commonly take up to a hundred
PARALLEL = 4
TIMEOUT_S = 60.0
RETRIES = 4  # with the client's exponential back-off


def open_endpoint_encoder(name: str, timeout_s: float = TIMEOUT_S, retries: int = RETRIES) -> EndpointEncoder:
    """The encoder of URL#MODEL, asked once to find its dimension.

    Raises:
        InputError: no model is named.
        EngineError: the endpoint does not answer, has no such model, or does not embed.
    """
    check_whole(name, "encoder")
    url, _, model = name.partition("#")
    if not model:
        raise InputError(f'"{name}" names no encoder: write URL#MODEL, for example http://localhost:11434/v1#bge-m3')
    return EndpointEncoder(url, model, timeout_s, retries)


class EndpointEncoder:
    """One embedding model behind a URL; implements `Encoder`. For keys see `assay.models.endpoint.open_client`.

    The weights behind a URL cannot be seen: the name is the URL and the model. Texts go as they are, without prompts.
    """

    def __init__(self, url: str, model: str, timeout_s: float, retries: int):
        self.name = f"{mask(url)}#{model}"
        self.dimension = 0  # until the first answer tells
        self._url, self._model = mask(url), model
        self._client = open_client(url, timeout_s, retries)
        self.dimension = self._ask(["dimension"]).shape[1]

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32.

        Raises:
            EngineError: the endpoint failed, or its vectors are not what they were.
        """
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32; raises as `encode_queries` does."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        batches = [list(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        with ThreadPoolExecutor(PARALLEL) as pool:
            vectors = list(pool.map(self._ask, batches))
        return np.concatenate(vectors) if vectors else np.zeros((0, self.dimension), dtype=np.float32)

    def _ask(self, texts: list[str]) -> np.ndarray:
        from openai import APIStatusError, OpenAIError

        asked: Any = [text or " " for text in texts]  # an empty text is refused by most servers
        try:
            reply = self._client.embeddings.with_raw_response.create(
                model=self._model, input=asked, encoding_format="float"
            )
            vectors = parse_vectors(reply.content)
        except APIStatusError as error:
            raise self._refused(error) from error
        except (OpenAIError, ValueError) as error:  # ValueError: what it sent holds none
            raise EngineError(
                f"{self._url} gave no vectors ({type(error).__name__}: {error}). What was encoded is kept: "
                "run the same line again when the endpoint is back"
            ) from error
        return self._check(vectors, len(texts))

    def _check(self, items: list[Vector], n_texts: int) -> np.ndarray:
        """The reply's vectors at unit length, in the order of the texts."""
        lengths = {len(item.embedding) for item in items}
        wanted = self.dimension or max(lengths, default=0)
        if len(items) != n_texts or lengths != {wanted}:
            got = f"{len(items)} vectors of {', '.join(map(str, sorted(lengths)))} numbers"
            raise EngineError(
                f'{self._url} was asked to encode {n_texts} texts with "{self._model}" and gave {got}, '
                f"expected {n_texts} of {wanted}. Another model may have taken its name: check the endpoint"
            )
        vectors = np.array([item.embedding for item in items], dtype=np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or (norms == 0).any():
            raise EngineError(f'{self._url} gave vectors without a direction for "{self._model}": it is no encoder')
        unit: np.ndarray = vectors / norms
        return unit

    def _refused(self, error: Any) -> EngineError:
        """The server answered with an error status; where it lists its models, they are named."""
        from openai import OpenAIError

        try:
            names = sorted(model.id for model in self._client.with_options(max_retries=0, timeout=10).models.list())
        except (OpenAIError, ValueError):
            names = []
        has = f"; it has {', '.join(names[:10])}" if names and self._model not in names else ""
        return EngineError(f'{self._url} refused to encode with "{self._model}" ({error.status_code}: {error}){has}')
