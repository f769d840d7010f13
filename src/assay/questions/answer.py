"""An answer to a question, and what gives answers. Knows no model and not what is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assay.questions.question import Question

__all__ = ["Answer", "Answerer"]


@dataclass(frozen=True)
class Answer:
    """What a cell answered to one question, and what it read to do so."""

    question_id: str
    text: str
    passages: tuple[str, ...]  # ids, in the order the model read them
    n_prompt_tokens: int
    n_new_tokens: int
    logprob: float | None
    skipped_search: bool = False  # an adaptive cell kept the answer from memory
    is_cut: bool = False  # it stopped at the limit of new tokens
    is_echo: bool = False  # it repeats what the model was told, and would hold an answer that stands there


class Answerer(Protocol):
    """What a cell is: questions in, answers out."""

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """One answer a question, in order, asked together."""
        ...

    def warm_up(self) -> None:
        """Make ready for the first question."""
