"""What a behaviour is: a question and its passages become a conversation. Knows no engine."""

from collections.abc import Sequence
from typing import Protocol

from assay.corpus.document import Passage
from assay.models.engine import Conversation
from assay.questions.question import Question

__all__ = ["Behaviour"]


class Behaviour(Protocol):
    """How the model is made to act. Deterministic: the same question and passages give the same conversation."""

    @property
    def name(self) -> str:
        """Its column of the grid."""

    def conversation(self, question: Question, passages: Sequence[Passage]) -> Conversation:
        """What the model is shown."""
