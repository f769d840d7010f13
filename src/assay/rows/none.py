"""Closed book: the model reads nothing."""

from collections.abc import Sequence

from assay.corpus.document import Passage
from assay.grid.row import Row
from assay.questions.question import Question
from assay.words import catalogued

__all__ = ["NONE", "NoContext"]


class NoContext:
    """No passages for any question; what is right is what the model knew."""

    def passages(self, questions: Sequence[Question]) -> list[tuple[Passage, ...]]:
        """An empty tuple a question."""
        return [() for _ in questions]


NONE = Row(
    name="none",
    title=catalogued("row.none"),
    note=catalogued("row.none.note"),
    cells=catalogued("row.none.cells"),
    context=lambda pipelines: NoContext(),
    place=0,
    on_request=False,
    depends_on=lambda pipelines: {},
    reads=False,
    searches=False,
    gap="knowledge",
    colour="base",
)
