from assay.corpus.document import Corpus, Document, Passage
from assay.corpus.neighbours import expand
from assay.questions.question import Question
from assay.retrieval import ExactIndex, Retriever
from assay.rows.none import NoContext
from assay.rows.oracle import OracleContext
from assay.rows.retrieved import RetrievedContext

PASSAGES = tuple(
    Passage(identifier, "a.md", None, "", text)
    for identifier, text in (("p0", "red car"), ("p1", "blue car car"), ("p2", "green tree"))
)
CORPUS = Corpus((Document("a.md", "", "", ()),), PASSAGES, (), "s")
QUESTIONS = [Question("q1", "which car?", ("red",)), Question("q2", "zebra", (), answerable=False)]


def retrieved(k: int = 3, neighbours: int = 0) -> RetrievedContext:
    search = Retriever(ExactIndex(CORPUS, None), None, CORPUS)
    return RetrievedContext(lambda groups: search, k, lambda passage, corpus: expand(passage, corpus, neighbours))


def test_none_reads_nothing() -> None:
    assert NoContext().passages(QUESTIONS) == [(), ()]


def test_retrieved_reads_what_is_found_best_first() -> None:
    assert [[p.id for p in found] for found in retrieved().passages(QUESTIONS)] == [["p1", "p0"], []]
    assert [[p.id for p in found] for found in retrieved(k=1).passages(QUESTIONS)] == [["p1"], []]


def test_oracle_reads_the_evidence_or_nothing() -> None:
    context = OracleContext({"q1": (PASSAGES[2], PASSAGES[0])})
    assert context.passages(QUESTIONS) == [(PASSAGES[2], PASSAGES[0]), ()]


def test_retrieved_passages_are_read_with_their_neighbours() -> None:
    (found, nothing) = retrieved(k=1, neighbours=1).passages(QUESTIONS)
    assert [(p.id, p.text) for p in found] == [("p1", "red car blue car car green tree")]
    assert nothing == ()
