"""The passages that an asker may read, found in an index that never held any others."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from assay.corpus.document import Passage
from assay.questions.question import Question
from assay.retrieval.retriever import Retriever

__all__ = ["FindRetriever", "retrieve_readable"]

# groups -> a search that never held what they may not read
FindRetriever = Callable[[tuple[str, ...] | None], Retriever]


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
