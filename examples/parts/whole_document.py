"""A row: the model reads the whole document of the best passage, as far as its window reaches.

assay run DOCS QUESTIONS --parts examples/parts/whole_document.py --cells whole-document,retrieved
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.corpus.document import Passage
from assay.grid.pipelines import Pipelines
from assay.grid.row import Row
from assay.questions.question import Question
from assay.retrieval.readable import FindRetriever, retrieve_readable


@dataclass(frozen=True)
class WholeDocument:
    """The best passage, then the others of its document in their order; what does not fit is left out from the end."""

    find: FindRetriever

    def passages(self, questions: Sequence[Question]) -> list[tuple[Passage, ...]]:
        """Those of the document that the asker may read; none where nothing is found."""
        best = retrieve_readable(self.find, questions, 1)
        return [self._around(question, found) for question, found in zip(questions, best, strict=True)]

    def _around(self, question: Question, found: tuple[Passage, ...]) -> tuple[Passage, ...]:
        readable = self.find(question.groups).corpus.passages
        return found + tuple(p for one in found for p in readable if p.document == one.document and p is not one)


def _look_up(pipelines: Pipelines, passages: Sequence[str]) -> list[Passage]:
    return [pipelines.search.corpus.by_id[id] for id in passages]


WHOLE_DOCUMENT = Row(
    name="whole-document",
    title={"en": "The whole document", "zh": "整份文档"},
    note={"en": "of the best passage", "zh": "最佳段落所在的文档"},
    cells={"en": "whole document", "zh": "整份文档"},
    context=lambda pipelines: WholeDocument(pipelines.search.retriever_for),
    depends_on=lambda pipelines: {"retrieval": pipelines.search.key},
    preparation=lambda pipelines, cell: pipelines.search.preparation,
    look_up=_look_up,
    colour="routing",
)
