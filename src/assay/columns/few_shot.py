"""Ask after a few answered examples, chosen from the training split by their likeness to the question."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from assay.corpus.document import Passage
from assay.grid.cell import Cell
from assay.grid.column import Column
from assay.grid.pipelines import Pipelines
from assay.models import Model
from assay.models.engine import Conversation, Message
from assay.models.prompt import render_question
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.retrieval.bigrams import encode_bigrams
from assay.scoring.refusal import REFUSAL_TEXT
from assay.words import Text, catalogued, told

__all__ = ["FEW_SHOT", "FewShot"]


class FewShot:
    """Examples as earlier turns of the conversation, the most alike last; see `Behaviour`.

    Args:
        examples: the training questions.
        passages: question id -> the passage that an example is shown with; one each, so that the prompt stays short.
        encode: texts -> vectors of unit length (N, D); likeness is their cosine.
        lang: "en" or "zh".
        n_examples: how many to show.
        may_show: whether an example may be shown to the asker of a question; by default to everybody.
    """

    def __init__(
        self,
        examples: Sequence[Question],
        passages: Mapping[str, Passage],
        encode: Callable[[Sequence[str]], npt.NDArray[np.float32]],
        lang: str,
        n_examples: int,
        may_show: Callable[[Question, Question], bool] | None = None,
    ) -> None:
        self._examples = list(examples)
        self._passages = passages
        self._encode = encode
        self._lang = lang
        self._n_examples = n_examples
        self._may_show = may_show or _always
        self._vectors = encode([example.text for example in self._examples])  # N D

    def conversation(self, question: Question, passages: Sequence[Passage]) -> Conversation:
        """Example turns, then the question. Examples carry a passage only when the question does."""
        turns: list[Message] = []
        for example in reversed(self._nearest(question)):
            turns += self._example_turns(example, with_passage=bool(passages))
        return (*turns, render_question(question.text, passages, self._lang))

    def _nearest(self, question: Question) -> list[Question]:
        scores = self._vectors @ self._encode([question.text])[0]
        in_order = (self._examples[i] for i in np.argsort(-scores, kind="stable"))
        return list(islice((example for example in in_order if self._may_show(example, question)), self._n_examples))

    def _example_turns(self, example: Question, with_passage: bool) -> list[Message]:
        passage = self._passages.get(example.id) if with_passage else None
        answer = example.answers[0] if example.answerable else REFUSAL_TEXT[self._lang]
        shown = [] if passage is None else [passage]
        return [render_question(example.text, shown, self._lang), Message("assistant", answer)]


def _always(example: Question, question: Question) -> bool:
    return True


def _behaviour(pipelines: Pipelines, cell: Cell) -> FewShot:
    exam, search = pipelines.exam, pipelines.search
    encode = search.encoder.encode_queries if search.encoder is not None else encode_bigrams
    passages = pipelines.example_passages if cell.row.reads else {}
    return FewShot(_shown(exam), passages, encode, exam.lang, pipelines.settings.examples, pipelines.may_learn_from)


def _shown(exam: Exam) -> list[Question]:
    """No paraphrases: no example twice."""
    return [question for question in exam.train if question.origin != "paraphrased"]


def _why_not(exam: Exam, model: Model) -> Text | None:
    return None if _shown(exam) else told("left_out.no_training")


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
