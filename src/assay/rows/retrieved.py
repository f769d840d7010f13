"""Open book: the model reads what the retriever finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assay.corpus.document import Passage
from assay.grid.pipelines import Pipelines
from assay.grid.row import Row
from assay.questions.question import Question
from assay.retrieval.readable import FindRetriever, retrieve_readable
from assay.retrieval.step import Widen, as_found
from assay.words import catalogued

__all__ = ["RETRIEVED", "RetrievedContext"]


@dataclass(frozen=True)
class RetrievedContext:
    """The k best passages a question, of those that its asker may read, the best first; fewer where fewer match.

    Each is read as `widen` has it: with its neighbours, for instance.
    """

    find: FindRetriever
    k: int = 3
    widen: Widen = as_found

    def passages(self, questions: Sequence[Question]) -> list[tuple[Passage, ...]]:
        """The passages of each question in rank order; only its text, its groups and its documents are looked at."""
        found = retrieve_readable(self.find, questions, self.k)
        return [self._widen(question, passages) for question, passages in zip(questions, found, strict=True)]

    def _widen(self, question: Question, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        corpus = self.find(question.groups).corpus
        return tuple(self.widen(passage, corpus) for passage in passages)


def _context(pipelines: Pipelines) -> RetrievedContext:
    search = pipelines.search
    return RetrievedContext(search.retriever_for, pipelines.settings.passages, search.widen)


def depends_on(pipelines: Pipelines) -> dict[str, Any]:
    """What the passages depend on."""
    return {"retrieval": [*pipelines.search.key, pipelines.settings.passages]}


RETRIEVED = Row(
    name="retrieved",
    title=catalogued("row.retrieved"),
    note=catalogued("row.retrieved.note"),
    cells=catalogued("row.retrieved.cells"),
    context=_context,
    place=20,
    on_request=False,
    depends_on=depends_on,
    preparation=lambda pipelines, cell: pipelines.search.preparation,
    colour="accent",
)
