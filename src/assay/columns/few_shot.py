"""Ask after a few answered examples, chosen from the training split by their likeness to the question."""

from collections.abc import Sequence

from assay.corpus.document import Passage
from assay.grid.cell import Cell
from assay.grid.column import Column
from assay.grid.example_pool import ExamplePool, examples_of, open_pool
from assay.grid.pipelines import Pipelines
from assay.models import Model
from assay.models.engine import Conversation, Message
from assay.models.prompt import render_question
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.words import Text, catalogued, told

__all__ = ["FEW_SHOT", "FewShot"]


class FewShot:
    """Examples as earlier turns of the conversation, the most alike last; see `Behaviour`.

    Args:
        pool: whose examples.
        lang: "en" or "zh".
        n_examples: how many to show.
    """

    def __init__(self, pool: ExamplePool, lang: str, n_examples: int) -> None:
        self._pool, self._lang, self._n_examples = pool, lang, n_examples

    def conversation(self, question: Question, passages: Sequence[Passage]) -> Conversation:
        """Example turns, then the question. Examples carry a passage only when the question does."""
        turns: list[Message] = []
        for example in reversed(self._pool.nearest(question, self._n_examples)):
            turns += self._example_turns(example, with_passage=bool(passages))
        return (*turns, render_question(question.text, passages, self._lang))

    def _example_turns(self, example: Question, with_passage: bool) -> list[Message]:
        passage = self._pool.passages.get(example.id) if with_passage else None
        shown = [] if passage is None else [passage]
        answer = Message("assistant", example.model_answer(self._lang))
        return [render_question(example.text, shown, self._lang), answer]


def _behaviour(pipelines: Pipelines, cell: Cell) -> FewShot:
    return FewShot(open_pool(pipelines, cell.row.reads), pipelines.exam.lang, pipelines.settings.examples)


def _why_not(exam: Exam, model: Model) -> Text | None:
    return None if examples_of(exam) else told("left_out.no_training")


FEW_SHOT = Column(
    name="few-shot",
    title=catalogued("column.few-shot"),
    note=catalogued("column.few-shot.note"),
    cells=catalogued("column.few-shot.cells"),
    behaviour=_behaviour,
    place=10,
    on_request=False,
    depends_on=lambda pipelines, cell: {"examples": [*pipelines.search.key, pipelines.settings.examples]},
    why_not=_why_not,
    remedy="examples",
    shape="square",
)
