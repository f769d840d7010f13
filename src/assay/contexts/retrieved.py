"""Open book: the model reads what the retriever finds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assay.corpus.document import Passage
from assay.questions.question import Question
from assay.retrieval.retriever import Retriever

__all__ = ["RetrievedContext"]


@dataclass(frozen=True)
class RetrievedContext:
    """The k best passages a question, the best first; fewer where fewer match."""

    retriever: Retriever
    k: int = 3
    name: str = field(default="retrieved", init=False)

    def passages(self, questions: Sequence[Question]) -> list[tuple[Passage, ...]]:
        """The passages of each question in rank order; only its text is looked at."""
        found = self.retriever.retrieve([question.text for question in questions], self.k)
        return [self.retriever.passages(hits) for hits in found]
