"""A conversation as programs send it, and the question that it ends with."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assay.errors import InputError
from assay.plain_text import plain_text
from assay.server.api.models import find_cell_name
from assay.serving.asked import Asked
from assay.serving.follow_up import stand_alone

__all__ = ["Part", "Turn", "asked_of", "check_conversation", "likeliest"]


class Part(BaseModel):
    """A piece of a turn."""

    model_config = ConfigDict(extra="forbid")
    type: Literal["text"]
    text: str


class Turn(BaseModel):
    """A turn of the conversation; what our own answers carry may come back with them, and is not read."""

    model_config = ConfigDict(extra="forbid")
    role: Literal["user", "assistant"]
    content: str | list[Part]
    name: str | None = None
    refusal: None = None
    annotations: list[Any] | None = None
    audio: None = None
    function_call: None = None
    tool_calls: Annotated[list[Any], Field(max_length=0)] | None = None
    citations: list[Any] | None = None
    assay: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """All of its text, without half characters."""
        parts = [self.content] if isinstance(self.content, str) else [part.text for part in self.content]
        return plain_text("\n".join(parts))


def check_conversation(turns: Sequence[Turn], most: int, field: str = "messages") -> None:
    """Nothing where somebody asks, in not too many turns.

    Raises:
        InputError: too many turns, or the last is no question.
    """
    if len(turns) > most:
        raise InputError(f"{field}: a conversation of {len(turns):,} turns is too long; at most {most:,} are read")
    if turns[-1].role != "user":
        raise InputError(f'{field}: the last one is no question: it needs the role "user"')


def asked_of(
    turns: Sequence[Turn],
    model: str,
    groups: tuple[str, ...] | None,
    only: str | None,
    stop: tuple[str, ...] = (),
    max_new_tokens: int | None = None,
) -> Asked:
    """The last turn as a question that stands alone, to the cell of a model's name, for whoever has these groups."""
    text = stand_alone(turns[-1].text, [turn.text for turn in turns[:-1] if turn.role == "user"])
    return Asked(text, find_cell_name(model), groups, only, stop=stop, max_new_tokens=max_new_tokens)


def likeliest(value: float | None) -> float | None:
    """A temperature or a share of likelihood that may be asked for, and changes nothing.

    Raises:
        ValueError: another one.
    """
    if value is not None and not 0 <= value <= 1:
        raise ValueError("only 0 to 1 is supported: a cell answers as it was measured, by the likeliest text")
    return value
