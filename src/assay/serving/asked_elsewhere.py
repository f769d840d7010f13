"""A run that a server serves, asked over the network as the run itself is asked here. Knows no terminal."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from assay.errors import AssayError, EngineError, InputError, NotFound
from assay.serving.measured_run import Citation, Reply

__all__ = ["RemoteReply", "ServedElsewhere"]

_RECOMMENDED = "assay"


@dataclass(frozen=True)
class RemoteReply:
    """An answer, and when the documents that it was given from were synced; None: they are those of the run."""

    reply: Reply
    as_of: str | None


class _Cited(BaseModel):
    sentence: str
    passage: str | None
    document: str | None
    page: int | None
    quote: str | None
    support: float


class _Told(BaseModel):
    cell: str
    text: str
    passages: tuple[str, ...]
    as_of: str | None
    is_cut: bool
    is_declined: bool


class ServedElsewhere:
    """What `assay serve` serves at an address.

    Args:
        address: as the server says it; /v1 may stand behind it.
        key: as `assay keys add` told it; "" for a server without keys.
    """

    def __init__(self, address: str, key: str = "") -> None:
        from openai import OpenAI

        self._address = address.rstrip("/").removesuffix("/v1")
        if not self._address.startswith(("http://", "https://")):
            raise InputError(f'the address of a server begins with http:// or https://, got "{address}" (--server)')
        self._client = OpenAI(base_url=f"{self._address}/v1", api_key=key or "none", max_retries=4)

    def ask(self, text: str, cell: str | None = None, only: str | None = None) -> RemoteReply:
        """The answer of a cell, by default the recommended one; see `FinishedRun.ask`.

        Raises:
            InputError: a question or a key that the server does not take.
            NotFound: a cell or a document that is not there.
            EngineError: it cannot be reached, failed, or is no server of Assay's.
        """
        from openai import APIConnectionError, APIStatusError, OpenAIError

        try:
            told = self._client.chat.completions.create(
                model=cell or _RECOMMENDED,
                messages=[{"role": "user", "content": text}],
                extra_body={} if only is None else {"only": only},
            )
        except APIConnectionError as error:
            raise EngineError(f"nothing answers at {self._address}: is assay serve running there?") from error
        except APIStatusError as error:
            raise _as_ours(error.status_code, _message_of(error)) from error
        except OpenAIError as error:
            raise EngineError(f"{self._address} does not answer as a server does: {error}") from error
        return self._read(told)

    def _read(self, told: Any) -> RemoteReply:
        try:
            more = told.choices[0].message.model_extra
            answer = _Told.model_validate(more["assay"])
            cited = [_Cited.model_validate(row) for row in more["citations"]]
            usage = (told.usage.prompt_tokens, told.usage.completion_tokens)
        except (AttributeError, IndexError, KeyError, TypeError, ValidationError) as error:
            raise EngineError(f"what answers at {self._address} is no server of Assay's, or an older one") from error
        citations = tuple(Citation(**one.model_dump()) for one in cited)
        reply = Reply(
            answer.text,
            citations,
            answer.cell,
            answer.passages,
            is_cut=answer.is_cut,
            is_declined=answer.is_declined,
            n_prompt_tokens=usage[0],
            n_new_tokens=usage[1],
        )
        return RemoteReply(reply, answer.as_of)


def _message_of(error: Any) -> str:
    body = error.body if isinstance(error.body, dict) else {}
    return str(body.get("message") or error.message)


def _as_ours(status: int, said: str) -> AssayError:
    if status == 404:
        return NotFound(said)
    return InputError(f"{said} (--key)" if status == 401 else said) if status < 429 else EngineError(said)
