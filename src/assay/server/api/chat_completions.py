"""`/v1/chat/completions`: a conversation's last question, answered by a cell, at once or piece by piece."""

import time
import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assay.server.answering import Failed, Given, Piece
from assay.server.api.asker import WhoAsks
from assay.server.api.being_answered import BeingAnswered, answer_in
from assay.server.api.citations import told_of
from assay.server.api.errors import error_body
from assay.server.api.events import event
from assay.server.api.models import check_model
from assay.server.api.turns import Turn, asked_of, check_conversation, likeliest
from assay.server.served import served_by
from assay.serving.asked import Asked

__all__ = ["ChatRequest", "router"]

router = APIRouter(prefix="/v1", tags=["chat"])


class StreamOptions(BaseModel):
    """What a stream tells besides."""

    model_config = ConfigDict(extra="forbid")
    include_usage: bool = False
    include_obfuscation: Literal[False] = False


class TextFormat(BaseModel):
    """Plain text is all that there is."""

    model_config = ConfigDict(extra="forbid")
    type: Literal["text"]


def _stops(value: str | list[str] | None) -> str | list[str] | None:
    stops = [value] if isinstance(value, str) else value or []
    if len(stops) > 4 or not all(stops):
        raise ValueError("at most 4 texts, none of them empty")
    return value


class ChatRequest(BaseModel):
    """What may be asked. What is not here, or has another value, is refused by its name.

    `temperature` and `top_p` from 0 to 1, `seed` and `user` change nothing: the likeliest text is the same each time.
    """

    model_config = ConfigDict(extra="forbid")
    model: str
    messages: Annotated[list[Turn], Field(min_length=1)]
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    stop: Annotated[str | list[str] | None, AfterValidator(_stops)] = None
    seed: int | None = None
    temperature: Annotated[float | None, AfterValidator(likeliest)] = None
    top_p: Annotated[float | None, AfterValidator(likeliest)] = None
    n: Literal[1] | None = None
    user: str | None = None
    response_format: TextFormat | None = None
    modalities: list[Literal["text"]] | None = None
    logprobs: Literal[False] | None = None
    store: Literal[False] | None = None
    presence_penalty: Literal[0] | None = None
    frequency_penalty: Literal[0] | None = None
    only: str | None = None  # ours: a pattern of document paths, as of `assay ask --only`

    def asked(self, groups: tuple[str, ...] | None) -> Asked:
        """The question, for whoever has these groups."""
        stop = (self.stop,) if isinstance(self.stop, str) else tuple(self.stop or ())
        most = [n for n in (self.max_tokens, self.max_completion_tokens) if n is not None]
        return asked_of(self.messages, self.model, groups, self.only, stop, min(most, default=None))


@router.post("/chat/completions")
async def complete_chat(request: Request, body: ChatRequest, asker: WhoAsks) -> Response:
    """The answer of a cell, with its quotes."""
    served = served_by(request)
    check_model(served.current.needed(), body.model)
    check_conversation(body.messages, served.limits.n_messages)
    return await answer_in(_Completion(body, request), request, body.asked(asker.groups), bool(body.stream))


class _Completion:
    """One answer in OpenAI's shape."""

    def __init__(self, body: ChatRequest, request: Request) -> None:
        self._body, self._request = body, request
        self._head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": body.model}

    async def whole(self, given: Given) -> dict[str, Any]:
        """All at once."""
        message = {"role": "assistant", "content": given.marked, "refusal": None, **await told_of(given, self._request)}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _why_ended(given)}
        return self._head | {"object": "chat.completion", "choices": [choice], "usage": _usage(given)}

    async def events(self, answer: BeingAnswered, first: Piece | Given) -> AsyncIterator[str]:
        """As server-sent events."""
        yield self._chunk({"role": "assistant", "content": ""})
        async for one in answer.events(first):
            if isinstance(one, Failed):
                yield event(error_body(one.error))
                return
            if isinstance(one, Piece):
                if one.marked:
                    yield self._chunk({"content": one.marked})
                continue
            yield self._chunk(await told_of(one, self._request), _why_ended(one))
            if self._body.stream_options and self._body.stream_options.include_usage:
                yield event(self._head | {"object": "chat.completion.chunk", "choices": [], "usage": _usage(one)})
        yield "data: [DONE]\n\n"

    def _chunk(self, delta: dict[str, Any], why_ended: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": why_ended}
        return event(self._head | {"object": "chat.completion.chunk", "choices": [choice]})


def _why_ended(given: Given) -> str:
    return "length" if given.reply.is_cut else "stop"


def _usage(given: Given) -> dict[str, int]:
    n_prompt, n_new = given.reply.n_prompt_tokens, given.reply.n_new_tokens
    return {"prompt_tokens": n_prompt, "completion_tokens": n_new, "total_tokens": n_prompt + n_new}
