"""What a context is: what the model may read for a question. Knows no prompts and no engine."""

from collections.abc import Sequence
from typing import Protocol

from assay.corpus.document import Passage
from assay.questions.question import Question

__all__ = ["Context"]


class Context(Protocol):
    """One row of the grid."""

    @property
    def name(self) -> str:
        """Its row of the grid."""

    def passages(self, questions: Sequence[Question]) -> list[tuple[Passage, ...]]:
        """A tuple a question, in the order of the questions; the first passage is read first."""
        ...
