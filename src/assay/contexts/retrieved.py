"""Open book: the model reads what the retriever finds."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assay.corpus.document import Passage
from assay.questions.question import Question
from assay.retrieval.retriever import Retriever

__all__ = ["FindRetriever", "RetrievedContext", "retrieve_readable"]

FindRetriever = Callable[
    [tuple[str, ...] | None], Retriever
]  # groups -> a search that never held what they may not read


@dataclass(frozen=True)
class RetrievedContext:
    """The k best passages a question, of those that its asker may read, the best first; fewer where fewer match."""

    find: FindRetriever
    k: int = 3
    name: str = field(default="retrieved", init=False)

    def passages(self, questions: Sequence[Question]) -> list[tuple[Passage, ...]]:
        """The passages of each question in rank order; only its text and its groups are looked at."""
        return retrieve_readable(self.find, questions, self.k)


def retrieve_readable(find: FindRetriever, questions: Sequence[Question], k: int) -> list[tuple[Passage, ...]]:
    """The k best passages for each question, in the order of the questions, each from the index of its groups."""
    places: dict[tuple[str, ...] | None, list[int]] = defaultdict(list)
    for place, question in enumerate(questions):
        places[question.groups].append(place)
    found: dict[int, tuple[Passage, ...]] = {}
    for groups, asked in places.items():
        retriever = find(groups)
        rows = retriever.retrieve([questions[place].text for place in asked], k)
        found |= {place: retriever.passages(hits) for place, hits in zip(asked, rows, strict=True)}
    return [found[place] for place in range(len(questions))]
