"""Closed book: the model reads nothing."""

from collections.abc import Sequence

from assay.corpus.document import Passage
from assay.questions.question import Question

__all__ = ["NoContext"]


class NoContext:
    """No passages for any question; what is right is what the model knew."""

    name = "none"

    def passages(self, questions: Sequence[Question]) -> list[tuple[Passage, ...]]:
        """An empty tuple a question."""
        return [() for _ in questions]
