"""What an engine is: conversations in, completions out. Knows no grid, no documents, no scoring."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from assay.plain_text import plain_text

__all__ = ["Begun", "Completion", "Conversation", "Engine", "Message", "StepwiseEngine"]


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


class Begun(Protocol):
    """One answer of a `StepwiseEngine` that is being given."""

    def read(self) -> Completion:
        """What there is of it so far, in whole characters.

        Raises:
            EngineError: the engine gave it up, for want of memory.
        """
        ...

    @property
    def is_done(self) -> bool:
        """Whether nothing comes after what was read last."""
        ...

    def cancel(self) -> None:
        """Compute no more of it; nothing where it is done."""


@runtime_checkable
class StepwiseEngine(Engine, Protocol):
    """An engine that takes in questions while it answers others. One thread uses it."""

    def begin(self, conversation: Conversation, max_new_tokens: int) -> Begun:
        """An answer to which each `step` adds, together with all others that are being given."""
        ...

    def step(self) -> None:
        """Compute one token more, or a piece of a prompt, of everything that was begun.

        Raises:
            EngineError: the engine failed; nothing that was begun is to be used.
        """
