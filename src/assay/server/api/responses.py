"""`/v1/responses`, as far as a question and its answer go: text in, text out, nothing kept."""

import time
import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from assay.server.answering import Failed, Given, Piece
from assay.server.api.asker import WhoAsks
from assay.server.api.being_answered import BeingAnswered, answer_in
from assay.server.api.citations import told_of
from assay.server.api.errors import error_body
from assay.server.api.events import named_event
from assay.server.api.models import check_model
from assay.server.api.turns import Part, Turn, asked_of, check_conversation, likeliest
from assay.server.served import served_by

__all__ = ["ResponseRequest", "router"]

router = APIRouter(prefix="/v1", tags=["responses"])


class TextPart(Part):
    """A piece of a turn, as responses name it."""

    type: Literal["input_text", "output_text"]  # type: ignore[assignment]
    annotations: list[Any] | None = None
    logprobs: list[Any] | None = None


class Item(Turn):
    """A turn of the conversation; what our own responses carry may come back with them."""

    content: str | list[TextPart]  # type: ignore[assignment]
    type: Literal["message"] = "message"
    id: str | None = None
    status: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_what_is_not_there(cls, item: Any) -> Any:
        """OpenAI's client sends our items back with every field that it knows, None where we gave none."""
        return {k: v for k, v in item.items() if v is not None} if isinstance(item, dict) else item


class TextFormat(BaseModel):
    """Plain text is all that there is."""

    model_config = ConfigDict(extra="forbid")

    class Kind(BaseModel):
        """Of a format."""

        model_config = ConfigDict(extra="forbid")
        type: Literal["text"] = "text"

    format: Kind | None = None


class ResponseRequest(BaseModel):
    """What may be asked; see `ChatRequest`."""

    model_config = ConfigDict(extra="forbid")
    model: str
    input: str | Annotated[list[Item], Field(min_length=1)]
    stream: bool | None = False
    max_output_tokens: Annotated[int, Field(ge=1)] | None = None
    temperature: Annotated[float | None, AfterValidator(likeliest)] = None
    top_p: Annotated[float | None, AfterValidator(likeliest)] = None
    text: TextFormat | None = None
    metadata: Annotated[dict[str, str], Field(max_length=16)] | None = None
    store: Literal[False] | None = None
    background: Literal[False] | None = None
    user: str | None = None
    only: str | None = None  # ours, as of a chat

    @property
    def turns(self) -> list[Turn]:
        """The conversation."""
        return [Turn(role="user", content=self.input)] if isinstance(self.input, str) else [*self.input]


@router.post("/responses")
async def respond(request: Request, body: ResponseRequest, asker: WhoAsks) -> Response:
    """The answer of a cell, with its quotes."""
    served = served_by(request)
    check_model(served.current.needed(), body.model)
    check_conversation(body.turns, served.limits.n_messages, "input")
    asked = asked_of(body.turns, body.model, asker.groups, body.only, max_new_tokens=body.max_output_tokens)
    return await answer_in(_Response(body, request), request, asked, bool(body.stream))


class _Response:
    """One answer in the shape of OpenAI's responses."""

    def __init__(self, body: ResponseRequest, request: Request) -> None:
        self._body, self._request, self._n_events = body, request, 0
        self._id, self._item_id = f"resp_{uuid.uuid4().hex}", f"msg_{uuid.uuid4().hex}"
        self._created = int(time.time())

    async def whole(self, given: Given) -> dict[str, Any]:
        """All at once."""
        is_cut, reply = given.reply.is_cut, given.reply
        status = "incomplete" if is_cut else "completed"
        usage = {
            "input_tokens": reply.n_prompt_tokens,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": reply.n_new_tokens,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": reply.n_prompt_tokens + reply.n_new_tokens,
        }
        why = {"reason": "max_output_tokens"} if is_cut else None
        more = {"incomplete_details": why, "output": [self._item(given)], "usage": usage}
        return self._frame(status) | more | await told_of(given, self._request)

    async def events(self, answer: BeingAnswered, first: Piece | Given) -> AsyncIterator[str]:
        """As server-sent events, each with its type and number."""
        place = {"item_id": self._item_id, "output_index": 0, "content_index": 0}
        frame = self._frame("in_progress")
        yield self._event("created", {"response": frame})
        yield self._event("in_progress", {"response": frame})
        begun = {"id": self._item_id, "type": "message", "status": "in_progress", "role": "assistant", "content": []}
        yield self._event("output_item.added", {"output_index": 0, "item": begun})
        yield self._event("content_part.added", place | {"part": _part("")})
        async for one in answer.events(first):
            if isinstance(one, Failed):
                error = {"code": "server_error", "message": error_body(one.error)["error"]["message"]}
                yield self._event("failed", {"response": self._frame("failed") | {"error": error}})
            elif isinstance(one, Piece):
                if one.marked:
                    yield self._event("output_text.delta", place | {"delta": one.marked, "logprobs": []})
            else:
                item = self._item(one)
                (part,) = item["content"]
                yield self._event("output_text.done", place | {"text": one.marked, "logprobs": []})
                yield self._event("content_part.done", place | {"part": part})
                yield self._event("output_item.done", {"output_index": 0, "item": item})
                whole = await self.whole(one)
                yield self._event(whole["status"], {"response": whole})

    def _event(self, kind: str, row: dict[str, Any]) -> str:
        self._n_events += 1
        name = f"response.{kind}"
        return named_event(name, {"type": name, "sequence_number": self._n_events - 1, **row})

    def _item(self, given: Given) -> dict[str, Any]:
        status = "incomplete" if given.reply.is_cut else "completed"
        _, quotes = given.reply.marked()
        annotations = [
            {"type": "file_citation", "index": number, "file_id": quote.passage, "filename": quote.document}
            for number, quote in enumerate(quotes)
        ]
        return {
            "id": self._item_id,
            "type": "message",
            "status": status,
            "role": "assistant",
            "content": [_part(given.marked, annotations)],
        }

    def _frame(self, status: str) -> dict[str, Any]:
        body = self._body
        return {
            "id": self._id,
            "object": "response",
            "created_at": self._created,
            "status": status,
            "background": False,
            "error": None,
            "incomplete_details": None,
            "instructions": None,
            "max_output_tokens": body.max_output_tokens,
            "metadata": body.metadata or {},
            "model": body.model,
            "output": [],
            "parallel_tool_calls": False,
            "previous_response_id": None,
            "reasoning": {"effort": None, "summary": None},
            "store": False,
            "temperature": body.temperature,
            "text": {"format": {"type": "text"}},
            "tool_choice": "none",
            "tools": [],
            "top_p": body.top_p,
            "truncation": "disabled",
            "usage": None,
            "user": body.user,
        }


def _part(text: str, annotations: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": annotations or [], "logprobs": []}
