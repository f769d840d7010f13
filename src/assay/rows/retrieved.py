"""Open book: the model reads what the retriever finds."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assay.corpus.document import Passage
from assay.corpus.neighbours import expand
from assay.questions.question import Question
from assay.retrieval.retriever import Retriever

__all__ = ["FindRetriever", "RetrievedContext", "retrieve_readable"]

# groups -> a search that never held what they may not read
FindRetriever = Callable[[tuple[str, ...] | None], Retriever]


@dataclass(frozen=True)
class RetrievedContext:
    """The k best passages a question, of those that its asker may read, the best first; fewer where fewer match.

    Each is read together with up to `neighbours` passages before and after it in its section.
    """

    find: FindRetriever
    k: int = 3
    neighbours: int = 0
    name: str = field(default="retrieved", init=False)

    def passages(self, questions: Sequence[Question]) -> list[tuple[Passage, ...]]:
        """The passages of each question in rank order; only its text, its groups and its documents are looked at."""
        found = retrieve_readable(self.find, questions, self.k)
        return [self._widen(question, passages) for question, passages in zip(questions, found, strict=True)]

    def _widen(self, question: Question, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        corpus = self.find(question.groups).corpus
        return tuple(expand(passage, corpus, self.neighbours) for passage in passages)


def retrieve_readable(find: FindRetriever, questions: Sequence[Question], k: int) -> list[tuple[Passage, ...]]:
    """The k best passages for each question, in the order of the questions, each from the index of its groups.

    Of its documents only those that the question names, where it names any.
    """
    places: dict[tuple[tuple[str, ...] | None, tuple[str, ...] | None], list[int]] = defaultdict(list)
    for place, question in enumerate(questions):
        places[question.groups, question.only].append(place)
    found: dict[int, tuple[Passage, ...]] = {}
    for (groups, only), asked in places.items():
        retriever = find(groups)
        rows = retriever.retrieve([questions[place].text for place in asked], k, only)
        found |= {place: retriever.passages(hits) for place, hits in zip(asked, rows, strict=True)}
    return [found[place] for place in range(len(questions))]
