from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from assay.corpus.document import Corpus, Document, Page, Passage
from assay.errors import InputError
from assay.questions.question import Question
from assay.retrieval import ExactIndex, Ranker, Retriever, build_index
from assay.retrieval.currency import in_force
from assay.retrieval.fitting import remember
from assay.retrieval.ranker import start_weights
from assay.retrieval.rerank import Reranking

TEXTS = [
    "Employees may take twenty-five days of paid vacation every year.",
    "Error code QX-4711 means that the pump has lost pressure.",
    "Error code QX-4712 means that the valve is stuck.",
    "The canteen serves lunch between noon and two o'clock.",
]


def ranked(retriever: Retriever, question: str, k: int = 2) -> list[str]:
    return [hit.passage_id for hit in retriever.retrieve([question], k)[0]]


@pytest.fixture(scope="module")
def retriever(encoder, make_corpus, tmp_path_factory) -> Retriever:
    corpus = make_corpus(TEXTS)
    return Retriever(build_index(corpus, encoder, tmp_path_factory.mktemp("index")), encoder, corpus)


def test_finds_by_meaning_and_by_word(retriever: Retriever) -> None:
    assert ranked(retriever, "How much holiday do staff get?")[0] == "p0"
    assert ranked(retriever, "What does QX-4712 mean?")[0] == "p2"


def test_answers_in_the_order_of_the_questions(retriever: Retriever) -> None:
    questions = ["When is lunch?", "QX-4711"]
    hits = retriever.retrieve(questions, 1)
    assert [retriever.passages(row)[0].text for row in hits] == [TEXTS[3], TEXTS[1]]
    assert retriever.retrieve([], 3) == []
    assert len(retriever.retrieve(["When is lunch?"], 99)[0]) == len(TEXTS)


def test_agrees_with_exact_search(retriever: Retriever, encoder) -> None:
    corpus = retriever.corpus
    exact = Retriever(ExactIndex(corpus, encoder.encode_passages(TEXTS)), encoder, corpus, "dense")
    fast = Retriever(retriever.index, encoder, corpus, "dense")
    questions = ["When is lunch?", "What is broken?", "vacation"]
    assert [[hit.passage_id for hit in row] for row in fast.retrieve(questions, 4)] == [
        [hit.passage_id for hit in row] for row in exact.retrieve(questions, 4)
    ]


def test_without_an_encoder_words_are_enough(make_corpus) -> None:
    corpus = make_corpus(TEXTS)
    retriever = Retriever(ExactIndex(corpus, None), None, corpus)
    assert ranked(retriever, "vacation") == ["p0"]
    assert ranked(retriever, "zebra") == []


def test_k_must_be_positive(retriever: Retriever) -> None:
    with pytest.raises(InputError, match="at least 1, got 0"):
        retriever.retrieve(["x"], 0)


def test_heading_and_title_are_searched_too(encoder) -> None:
    from assay.corpus.document import Corpus, Document, Passage

    passages = (
        Passage("a", "x.md", 1, "Travel > Trains", "Second class only."),
        Passage("b", "y.md", 1, "", "Second class only."),
    )
    corpus = Corpus((Document("x.md", "", "", ()), Document("y.md", "Norway handbook", "", ())), passages, (), "s")
    index = ExactIndex(corpus, np.zeros((2, 384), dtype=np.float32))
    assert [hit.passage_id for hit in index.search("trains", None, 2, "text")] == ["a"]
    assert [hit.passage_id for hit in index.search("Norway", None, 2, "text")] == ["b"]


def test_other_wordings_find_what_the_question_does_not(make_corpus) -> None:
    corpus = make_corpus(TEXTS)
    plain = Retriever(ExactIndex(corpus, None), None, corpus)
    wordings = {"holiday": ["paid vacation"], "lunch": []}
    fused = replace(plain, rewrites=(lambda questions: [wordings[question] for question in questions],))
    assert ranked(plain, "holiday") == []
    assert ranked(fused, "holiday") == ["p0"]
    assert ranked(fused, "lunch") == ranked(plain, "lunch") == ["p3"]


def test_a_reranker_orders_the_best_and_leaves_the_rest(make_corpus) -> None:
    class Longest:
        name = "longest"

        def score(self, question: str, passages: Sequence[Passage]) -> list[float]:
            return [float(len(passage.text)) for passage in passages]

    corpus = make_corpus(["pump", "pump pump and valve", "pump and a valve", "a pump, of course"])
    plain = Retriever(ExactIndex(corpus, None), None, corpus)
    first = ranked(plain, "pump", 4)
    again = ranked(replace(plain, orders=(Reranking(Longest(), 3),)), "pump", 4)
    texts = {passage.id: passage.text for passage in corpus.passages}
    assert again[:3] == sorted(first[:3], key=lambda id: -len(texts[id]))
    assert again[3:] == first[3:]


def test_only_the_version_in_force_is_found() -> None:
    documents = tuple(Document(f"fee-{year}.md", "Fee", "", (Page(None, "x"),), year) for year in ("2020", "2024"))
    passages = tuple(Passage(d.date, d.id, None, "", f"The fee is {i} euros.") for i, d in enumerate(documents))
    corpus = Corpus(documents, passages, (), "s")
    plain = Retriever(ExactIndex(corpus, None), None, corpus)
    dated = replace(plain, orders=(in_force,))
    assert sorted(ranked(plain, "What is the fee?")) == ["2020", "2024"]
    assert ranked(dated, "What is the fee?") == ["2024"]
    assert ranked(dated, "What was the fee in 2022?") == ["2020"]


def test_like_ranks_another_corpus_in_the_same_way(retriever: Retriever, encoder, make_corpus) -> None:
    memory = remember(encoder, [Question("q", "holiday", ("25",))], {"q": ["p0"]})
    fitted = replace(retriever, ranker=Ranker(retriever.corpus, start_weights(), memory))
    part = make_corpus(TEXTS[1:])
    other = Retriever(ExactIndex(part, encoder.encode_passages(TEXTS[1:])), encoder, part)
    assert len(ranked(fitted.like(other), "holiday", 4)) == 3
    nothing = make_corpus([])
    assert ranked(fitted.like(Retriever(ExactIndex(nothing, None), None, nothing)), "holiday") == []
