"""Where the answer to a question stands, as passages of a corpus. Looks for what was told, never guesses."""

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property

from assay.corpus.document import Corpus, Document, Passage
from assay.corpus.file_names import normal_name
from assay.questions.normalising import squash
from assay.questions.passage_search import PassageSearch
from assay.questions.question import Evidence, Question, quote_parts

__all__ = ["EvidenceLocator", "States", "locate_evidence"]

States = Callable[[Question], Callable[[str], bool]]
"""Of a question, what tells whether a text states an accepted answer, in other words than the accepted ones too."""


class EvidenceLocator:
    """A corpus made ready to look up the evidence of many questions.

    Args:
        corpus: where it is looked for.
        states: finds an answer whose words stand nowhere, such as `assay.scoring.stated`; None: words decide.
    """

    def __init__(self, corpus: Corpus, states: States | None = None) -> None:
        self._states = states
        passages: dict[str, list[Passage]] = defaultdict(list)
        for passage in corpus.passages:
            passages[passage.document].append(passage)
        self._documents = corpus.documents
        self._searches = {document.id: PassageSearch(passages[document.id]) for document in corpus.documents}

    def locate(self, question: Question) -> tuple[str, ...]:
        """The ids of the passages that hold the evidence, in reading order; () if it is not told or not found.

        A quote is looked for without regard to case, spaces, punctuation and Markdown, and may span passages; failing
        that, by its words; where "[…]" leaves something out, part by part. The page narrows the search, unless the
        quote stands only elsewhere in the document.
        Without a quote: the passages of the named document, or of its page, that contain an accepted
        answer, as `states` has it where its words stand in none; if none does, the whole page.
        """
        evidence = question.evidence
        if not question.answerable or evidence is None:
            return ()
        documents = self.documents_of(evidence.document) if evidence.document else self._documents
        searches = [self._searches[document.id] for document in documents]
        if evidence.quote and squash(evidence.quote):
            parts = [part for part in quote_parts(evidence.quote) if squash(part)]
            found = [passage for part in parts for passage in _find_quote(searches, part, evidence.page)]
        elif evidence.document:
            found = self._find_answers(searches, question, evidence)
        else:
            found = []
        return tuple(dict.fromkeys(passage.id for passage in found))

    def _find_answers(self, searches: list[PassageSearch], question: Question, evidence: Evidence) -> list[Passage]:
        page = evidence.page
        found = [passage for search in searches for passage in search.with_answer(question.answers, page)]
        if not found and self._states is not None:
            states = self._states(question)
            found = [passage for search in searches for passage in search.that_state(states, page)]
        if not found and page is not None:
            # A long answer in the person's own words is nowhere as it is, but the page is what they named.
            found = [passage for search in searches for passage in search.of_page(page)]
        return found

    def documents_of(self, name: str) -> tuple[Document, ...]:
        """The documents that a person may mean by `name`: by id, by the end of the path, by file name, by title."""
        wanted = _comparable(name)
        return next((tuple(reading[wanted]) for reading in self._readings if wanted in reading), ())

    @cached_property
    def _readings(self) -> list[dict[str, list[Document]]]:
        """Name to documents, from the strictest reading of a name to the loosest."""
        readings: list[dict[str, list[Document]]] = [defaultdict(list) for _ in range(4)]
        ids, path_ends, stems, titles = readings
        for document in self._documents:
            path = _comparable(document.id)
            parts = path.split("/")
            ids[path].append(document)
            for start in range(1, len(parts)):
                path_ends["/".join(parts[start:])].append(document)
            stems[parts[-1].rsplit(".", 1)[0]].append(document)
            titles[_comparable(document.title)].append(document)
        return [dict(reading) for reading in readings]


def locate_evidence(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """The ids of the passages that hold one question's evidence; for many questions build one EvidenceLocator."""
    return EvidenceLocator(corpus).locate(question)


def _find_quote(searches: list[PassageSearch], quote: str, page: int | None) -> list[Passage]:
    """The quote wherever it stands word for word; else the first document with something like it."""
    found = [passage for search in searches for passage in search.exact(quote, page)]
    if found:
        return found
    for where in dict.fromkeys((page, None)):
        for search in searches:
            similar = search.similar(quote, where)
            if similar:
                return similar
    return []


def _comparable(name: str) -> str:
    return normal_name(name).strip()
