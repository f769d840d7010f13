"""A server that speaks POST /v1/systemone as the judge: a typed question in, a calibrated probability out.

The request is JSON: {"type": "answer_is_right", "question": …, "reference": …, "evidence": …, "answer": …}; the reply
is JSON, too: {"probability": 0.93}, from 0 to 1. Every other status than 200 is a failure.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import cached_property
from typing import Any

from assay.bench.keys import key_of
from assay.errors import EngineError, InputError
from assay.judges.judge import Judge, Opinion, Pair
from assay.masking import mask
from assay.models.endpoint import open_client
from assay.models.model import Say
from assay.settings import check_whole

__all__ = ["SystemOneJudge", "open_systemone"]

_PREFIX = "systemone:"
_TYPE = "answer_is_right"
_PARALLEL = 8
_TIMEOUT_S = 60.0
_RETRIES = 4  # with the client's exponential back-off
_SHOWN = 100  # characters of a reply that is none


def open_systemone(name: str, engine: str, say: Say) -> Judge | None:
    """The judge of systemone:URL; None for another name. Nobody is asked yet.

    Raises:
        InputError: what stands behind systemone: is no address, or was taken from a record that holds no keys.
    """
    if not name.startswith(_PREFIX):
        return None
    check_whole(name, "judge")
    url = name.removeprefix(_PREFIX)
    if not url.startswith(("http://", "https://")):
        raise InputError(
            f'"{name}" names no server: write systemone: and its address, for example systemone:http://localhost:8000'
        )
    return SystemOneJudge(url)


class SystemOneJudge:
    """The server of an address, asked once a pair; see `Judge` and `assay.models.endpoint.open_client`."""

    def __init__(self, url: str) -> None:
        address, mark, query = url.partition("?")
        self._base = address.rstrip("/").removesuffix("/v1") + "/v1" + mark + query
        self.name = self.sha256 = _PREFIX + mask(url)
        self.key = key_of(address=self.name, type=_TYPE)

    @cached_property
    def _client(self) -> Any:
        return open_client(self._base, _TIMEOUT_S, _RETRIES)

    def judge(self, pairs: Sequence[Pair]) -> list[Opinion]:
        """Its probabilities; None for a reply that holds none."""
        client = self._client
        with ThreadPoolExecutor(_PARALLEL) as pool:
            return list(pool.map(lambda pair: self._ask(client, pair), pairs))

    def _ask(self, client: Any, pair: Pair) -> Opinion:
        import httpx
        from openai import OpenAIError

        try:
            reply = client.post("/systemone", cast_to=httpx.Response, body={"type": _TYPE, **asdict(pair)})
        except OpenAIError as error:
            raise EngineError(
                f"{self.name} did not judge ({type(error).__name__}: {error}). What was judged is kept: run the same "
                "line again when the server is back"
            ) from error
        return self._read(reply.content)

    def _read(self, body: bytes) -> Opinion:
        try:
            told = json.loads(body)
        except (ValueError, RecursionError) as error:  # a page, for instance
            raise EngineError(f"{self.name} does not speak POST /v1/systemone: it sent no JSON") from error
        value = told.get("probability") if isinstance(told, dict) else None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            return Opinion(None, "reply", " ".join(body.decode("utf-8", "replace").split())[:_SHOWN])
        return Opinion(float(value))
