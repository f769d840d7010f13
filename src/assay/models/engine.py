"""What an engine is: conversations in, completions out. Knows no grid, no documents, no scoring."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assay.plain_text import plain_text

__all__ = ["Completion", "Conversation", "Engine", "Message"]


@dataclass(frozen=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


Conversation = tuple[Message, ...]


@dataclass(frozen=True)
class Completion:
    """What an engine answered to one conversation; its text can be written and shown, whatever the engine said."""

    text: str
    n_prompt_tokens: int
    n_new_tokens: int
    logprob: float | None = None  # of the whole completion; None where the engine does not tell
    is_cut: bool = False  # it stopped at the limit of new tokens, not where the model ended

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain_text(self.text))


class Engine(Protocol):
    """One base model with at most one adapter, ready to answer.

    `window` is in tokens, prompt and answer together.
    """

    name: str
    window: int

    def generate(self, conversations: Sequence[Conversation], max_new_tokens: int) -> list[Completion]:
        """Greedy completions, one a conversation, in order.

        Raises:
            EngineError: the engine failed; none of these completions is to be used.
        """

    def count_tokens(self, text: str) -> int:
        """How many tokens a text is, at most."""
