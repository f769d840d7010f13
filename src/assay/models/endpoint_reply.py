"""What an endpoint sends, read: a server that is none of its kind may send anything. Knows no network."""

import json
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, Field, ValidationError

__all__ = ["ChatReply", "Vector", "parse_chat", "parse_vectors"]

_SHOWN = 200  # characters of a reply that is none

T = TypeVar("T", bound=BaseModel)


class ChatReply(NamedTuple):
    """What was answered; the tokens read and written where the endpoint tells them."""

    text: str
    is_cut: bool
    n_prompt_tokens: int | None
    n_new_tokens: int | None
    model: str = ""  # what the endpoint calls the model that answered


class Vector(BaseModel):
    """One text's vector, and the place of the text among those that were asked for."""

    index: int
    embedding: list[float]


class _Part(BaseModel):
    text: str = ""  # a part that is no text, such as a picture or a thought, has none


class _Message(BaseModel):
    content: str | list[_Part] | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: Any = None


class _Chat(BaseModel):
    choices: list[_Choice] = Field(min_length=1)
    usage: Any = None
    model: Any = None


class _Embeddings(BaseModel):
    data: list[Vector]


def parse_chat(body: bytes) -> ChatReply:
    """The first choice of a chat completion, white space at its ends aside.

    Raises:
        ValueError: it is none; the message begins with what it is instead.
    """
    chat = _parse(body, _Chat)
    content = chat.choices[0].message.content or ""
    text = content if isinstance(content, str) else "".join(part.text for part in content)
    n_prompt, n_new = (_count(chat.usage, name) for name in ("prompt_tokens", "completion_tokens"))
    model = chat.model if isinstance(chat.model, str) else ""
    return ChatReply(text.strip(), chat.choices[0].finish_reason == "length", n_prompt, n_new, model)


def parse_vectors(body: bytes) -> list[Vector]:
    """The vectors, in the order of the texts.

    Raises:
        ValueError: there are none; the message begins with what it is instead.
    """
    return sorted(_parse(body, _Embeddings).data, key=lambda vector: vector.index)


def _parse(body: bytes, kind: type[T]) -> T:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:  # a page, for instance
        raise ValueError("it sent no JSON") from error
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        shown = " ".join(body.decode("utf-8", "replace").split())[:_SHOWN]
        raise ValueError(f"it answered {shown}") from error


def _count(usage: Any, name: str) -> int | None:
    """A number of tokens; None where none is told, or what is told is no number."""
    told = usage.get(name) if isinstance(usage, dict) else None
    return told if isinstance(told, int) and not isinstance(told, bool) and told >= 0 else None
