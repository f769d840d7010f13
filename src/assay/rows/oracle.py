"""The right page handed over: a ceiling for the diagnosis, never shipped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.corpus.document import Passage
from assay.grid.pipelines import Pipelines
from assay.grid.row import Row
from assay.models import Model
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.words import Text, catalogued, told

__all__ = ["ORACLE", "OracleContext"]


@dataclass(frozen=True)
class OracleContext:
    """The passages that hold the evidence, by question id; nothing for a question whose evidence was not found."""

    gold: Mapping[str, tuple[Passage, ...]]

    def passages(self, questions: Sequence[Question]) -> list[tuple[Passage, ...]]:
        """The gold passages of each question, or an empty tuple."""
        return [self.gold.get(question.id, ()) for question in questions]


def _why_not(exam: Exam, model: Model) -> Text | None:
    has_evidence = any(question.answerable and question.id in exam.gold for question in exam.test)
    return None if has_evidence else told("left_out.no_evidence")


def _as_handed_over(pipelines: Pipelines, passages: Sequence[str]) -> list[Passage]:
    return [pipelines.exam.corpus.by_id[id] for id in passages]


ORACLE = Row(
    name="oracle",
    title=catalogued("row.oracle"),
    note=catalogued("row.oracle.note"),
    cells=catalogued("row.oracle.cells"),
    context=lambda pipelines: OracleContext(pipelines.exam.gold_passages),
    place=90,
    on_request=False,
    depends_on=lambda pipelines: {},
    why_not=_why_not,
    searches=False,
    gap=None,
    look_up=_as_handed_over,
    colour="muted",
)
