"""One question to a cell, step by step: what its engine is to be asked comes out, what that said goes in.

Whoever goes through the steps decides how the engine is asked: at once, or among other questions and read as it comes.
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Protocol, TypeVar, runtime_checkable

from assay.models.engine import Completion, Conversation, Engine
from assay.questions.answer import Answer, Answerer
from assay.questions.question import Question

__all__ = ["Asking", "Prompt", "Steps", "answer_at_once", "begin_asking"]

R = TypeVar("R")


@dataclass(frozen=True)
class Prompt:
    """What an engine is asked next.

    Args:
        engine: which one.
        conversation: and what.
        max_new_tokens: how long its text may be.
        passages: ids of those in the conversation, in that order.
        is_last: what it says is what is answered; no other step may follow.
        is_as_written: and all of that is the answer, so that it can be shown as it comes.
    """

    engine: Engine
    conversation: Conversation
    max_new_tokens: int
    passages: tuple[str, ...] = ()
    is_last: bool = True
    is_as_written: bool = True


Steps = Generator[Prompt, Completion, R]
Asking = Steps[Answer]


@runtime_checkable
class _AskedStepwise(Protocol):
    def ask(self, question: Question, is_last: bool = True) -> Asking: ...


def begin_asking(answerer: Answerer, question: Question, is_last: bool = True) -> Asking:
    """The steps of one question; an answerer from outside that knows none answers at once."""
    if isinstance(answerer, _AskedStepwise):
        return (yield from answerer.ask(question, is_last))
    (answer,) = answerer.answer([question])
    return answer


def answer_at_once(steps: Steps[R]) -> R:
    """The end of the steps, each engine asked for this one question alone.

    Raises:
        EngineError: an engine failed.
    """
    try:
        prompt = next(steps)
        while True:
            (done,) = prompt.engine.generate([prompt.conversation], prompt.max_new_tokens)
            prompt = steps.send(done)
    except StopIteration as end:
        answered: R = end.value
        return answered
