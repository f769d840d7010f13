"""Ask, with no example. A tuned model is asked the same way: what differs is its adapter."""

from collections.abc import Sequence

from assay.corpus.document import Passage
from assay.models.engine import Conversation
from assay.models.prompt import render_question
from assay.questions.question import Question

__all__ = ["ZeroShot"]


class ZeroShot:
    """The bare question, with its passages where there are some; see `Behaviour`."""

    def __init__(self, lang: str, name: str = "zero-shot") -> None:
        self.name = name
        self._lang = lang

    def conversation(self, question: Question, passages: Sequence[Passage]) -> Conversation:
        """One user turn."""
        return (render_question(question.text, passages, self._lang),)
