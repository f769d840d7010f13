"""Ask as a chat user would: the question and nothing else. No column of the grid: what tuning may have cost."""

from collections.abc import Sequence

from assay.corpus.document import Passage
from assay.models.engine import Conversation, Message
from assay.questions.question import Question

__all__ = ["Plain"]


class Plain:
    """The question alone, without an instruction and without passages."""

    def conversation(self, question: Question, passages: Sequence[Passage]) -> Conversation:
        """One user turn."""
        return (Message("user", question.text),)
