"""How much a server takes upon itself. Knows nothing of what is asked."""

from dataclasses import dataclass

__all__ = ["USUAL", "Limits"]


@dataclass(frozen=True)
class Limits:
    """Of one server.

    Args:
        n_at_once: questions in the engine's batch.
        n_waiting: questions that wait for a place in it; one more is turned away.
        n_characters: of a question.
        n_messages: of a conversation.
        n_bytes: of a request's body.
        seconds: from a question to the end of its answer.
    """

    n_at_once: int = 16
    n_waiting: int = 64
    n_characters: int = 8_000
    n_messages: int = 1_000
    n_bytes: int = 2_000_000
    seconds: float = 120.0


USUAL = Limits()
