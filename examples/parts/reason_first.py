"""A column: the model names the passage's words that answer first, then the answer, which is its last line.

assay run DOCS QUESTIONS --parts examples/parts/reason_first.py --cells reason-first,none/zero-shot
"""

from collections.abc import Sequence

from assay.corpus.document import Passage
from assay.grid.column import Column
from assay.models.engine import Conversation, Message
from assay.models.prompt import render_question
from assay.questions.question import Question

_REASON = {
    "en": "First write the words that the answer follows from. Then write the answer alone, on a line of its own.",
    "zh": "先写出答案所依据的原文，然后另起一行，只写答案。",
}


class ReasonFirst:
    """The question with one more instruction; see `assay.grid.column.Behaviour`."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def conversation(self, question: Question, passages: Sequence[Passage]) -> Conversation:
        """One user turn."""
        asked = render_question(question.text, passages, self._lang)
        return (Message("user", f"{asked.content}\n\n{_REASON[self._lang]}"),)


def last_line(text: str) -> str:
    """The answer of a text that gives its reason before; all of a text of one line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


REASON_FIRST = Column(
    name="reason-first",
    title={"en": "Reason first", "zh": "先给理由"},
    note={"en": "then the answer", "zh": "再作答"},
    cells={"en": "reason first", "zh": "先给理由"},
    behaviour=lambda pipelines, cell: ReasonFirst(pipelines.exam.lang),
    read=last_line,
    n_new_tokens=lambda n: n + 48,  # room for the reason
    depends_on=lambda pipelines, cell: {},
)
