"""Ask, with no example: what every other column is compared with."""

from collections.abc import Sequence

from assay.corpus.document import Passage
from assay.grid.cell import Cell
from assay.grid.column import Column
from assay.grid.pipelines import Pipelines
from assay.models.engine import Conversation
from assay.models.prompt import render_question
from assay.questions.question import Question
from assay.words import catalogued

__all__ = ["ZERO_SHOT", "ZeroShot", "ask_plainly"]


class ZeroShot:
    """The bare question, with its passages where there are some; see `Behaviour`."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def conversation(self, question: Question, passages: Sequence[Passage]) -> Conversation:
        """One user turn."""
        return (render_question(question.text, passages, self._lang),)


def ask_plainly(pipelines: Pipelines, cell: Cell) -> ZeroShot:
    """The behaviour of every column whose cells are asked without an example."""
    return ZeroShot(pipelines.exam.lang)


ZERO_SHOT = Column(
    name="zero-shot",
    title=catalogued("column.zero-shot"),
    note=catalogued("column.zero-shot.note"),
    behaviour=ask_plainly,
    place=0,
    on_request=False,
    depends_on=lambda pipelines, cell: {},
    shape="circle",
)
