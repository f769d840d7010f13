"""What an engine is: conversations in, completions out. Knows no grid, no documents, no scoring."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

__all__ = ["Completion", "Conversation", "Engine", "Message"]


@dataclass(frozen=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


Conversation = tuple[Message, ...]


@dataclass(frozen=True)
class Completion:
    """What an engine answered to one conversation."""

    text: str
    n_prompt_tokens: int
    n_new_tokens: int
    logprob: float | None = None  # of the whole completion; None where the engine does not tell


class Engine(Protocol):
    """One base model with at most one adapter, ready to answer.

    `window` is in tokens, prompt and answer together. `generate` is greedy and returns one completion a conversation, in order;
    it raises EngineError when the engine fails and InputError when a conversation does not fit the window.
    """

    name: str
    window: int

    def generate(self, conversations: Sequence[Conversation], max_new_tokens: int) -> list[Completion]: ...

    def count_tokens(self, text: str) -> int: ...
