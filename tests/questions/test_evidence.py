import time

import pytest

from assay.corpus import Corpus, Document, Page, Passage
from assay.questions import Evidence, EvidenceLocator, Question, locate_evidence
from assay.scoring.stated import states_answer


def _corpus(*passages: Passage) -> Corpus:
    ids = dict.fromkeys(passage.document for passage in passages)
    documents = tuple(Document(name, name.rsplit("/", 1)[-1].upper() + " title", "0", (Page(1, ""),)) for name in ids)
    return Corpus(documents, passages, (), "0")


CORPUS = _corpus(
    Passage("n1", "travel/norway.pdf", 1, "Travel > Meals", "Lunch costs **NOK 235**; dinner costs\nNOK 420."),
    Passage(
        "n2", "travel/norway.pdf", 2, "Travel > Cars", "A pool car comes first, a hired car second and your own car"
    ),
    Passage(
        "n3", "travel/norway.pdf", 3, "Travel > Cars", "last. The parking of any car is refunded up to NOK 320 a day."
    ),
    Passage("p1", "travel/portugal.pdf", 1, "Travel > Meals", "Lunch costs EUR 17; dinner costs EUR 31."),
    Passage("p2", "travel/portugal.pdf", 1, "Travel > Cars", "The parking of any car is refunded up to EUR 25 a day."),
    Passage("z1", "假期.docx", None, "休假 > 年假", "员工每年享有十五天带薪年假，工作满五年者增加三天。"),
    Passage("z2", "假期.docx", None, "休假 > 病假", "病假需要医生证明。"),
)


def _locate(document: str | None = None, page: int | None = None, quote: str | None = None, *answers: str) -> list[str]:
    question = Question("q", "Question?", answers or ("a",), evidence=Evidence(document, page, quote))
    return list(locate_evidence(question, CORPUS))


def test_quotes_are_found_whatever_their_form() -> None:
    assert _locate("travel/norway.pdf", 1, "lunch costs nok 235 — Dinner costs NOK 420") == ["n1"]
    assert _locate("假期.docx", None, "工作满五年者，增加三天") == ["z1"]
    assert _locate(None, None, "增加三天") == ["z1"]
    assert _locate("travel/norway.pdf", None, "Meals: Lunch costs NOK 235") == ["n1"]  # begins in the heading


def test_a_quote_that_spans_passages_and_pages_returns_both() -> None:
    assert _locate("travel/norway.pdf", 2, "a hired car second and your own car last.") == ["n2", "n3"]


@pytest.mark.parametrize("omitted", ["[…]", "[...]"])
def test_a_quote_may_leave_out_what_stands_between_its_parts(omitted: str) -> None:
    assert _locate(None, None, f"Lunch costs NOK 235 {omitted} refunded up to NOK 320 a day") == ["n1", "n3"]
    assert _locate(None, None, f"{omitted} dinner costs EUR 31 {omitted}") == ["p1"]
    assert _locate(None, None, omitted) == []


def test_the_page_narrows_unless_it_is_wrong() -> None:
    assert _locate("travel/norway.pdf", 3, "car") == ["n3"]
    assert _locate("travel/norway.pdf", None, "car") == ["n2", "n3"]
    assert _locate("travel/norway.pdf", 9, "dinner costs NOK 420") == ["n1"]


def test_a_rough_quote_is_found_by_its_words_but_numbers_must_agree() -> None:
    assert _locate("travel/norway.pdf", None, "Parking of every car is refunded up to NOK 320 a day") == ["n3"]
    assert _locate("travel/norway.pdf", None, "Parking of every car is refunded up to NOK 330 a day") == []
    assert _locate("travel/norway.pdf", None, "Parking of a ship") == []
    assert _locate(None, None, "Parking of every car is refunded up to EUR 25 a day") == ["p2"]


@pytest.mark.parametrize(
    "name",
    ["travel/norway.pdf", "Travel\\Norway.PDF", "./travel/norway.pdf", "norway.pdf", "Norway", "NORWAY.PDF title"],
)
def test_documents_are_known_by_many_names(name: str) -> None:
    assert [document.id for document in EvidenceLocator(CORPUS).documents_of(name)] == ["travel/norway.pdf"]


def test_an_unknown_document_has_no_evidence() -> None:
    assert _locate("sweden.pdf", 1, "Lunch costs NOK 235") == []


def test_without_a_quote_the_answer_is_looked_for_as_whole_words() -> None:
    assert _locate("travel/norway.pdf", None, None, "NOK 235") == ["n1"]
    assert _locate("travel/norway.pdf", None, None, "NOK 23") == []
    assert _locate("travel/norway.pdf", 3, None, "NOK 235") == ["n3"]  # the page that was named, whole
    assert _locate("假期.docx", None, None, "十五天") == ["z1"]
    assert _locate(None, 1, None, "NOK 235") == []


def test_unanswerable_questions_have_none() -> None:
    unanswerable = Question("q", "Question?", (), False, Evidence("travel/norway.pdf", 1, "Lunch costs NOK 235"))
    assert locate_evidence(unanswerable, CORPUS) == ()
    assert locate_evidence(Question("q", "Question?", ("a",)), CORPUS) == ()


def test_a_large_corpus_is_searched_quickly() -> None:
    passages = [
        Passage(
            f"{number}",
            f"{number // 100}.txt",
            None,
            "",
            " ".join(f"item{number} word{step}" for step in range(40)),
        )
        for number in range(10_000)
    ]
    locator = EvidenceLocator(_corpus(*passages))
    start = time.perf_counter()
    for number in range(0, 10_000, 10):
        passage = passages[number]
        quote = passage.text[:200] if number % 20 else " ".join(reversed(passage.text.split()[:20]))
        found = locator.locate(Question("q", "Question?", ("a",), evidence=Evidence(passage.document, None, quote)))
        assert passage.id in found
    assert time.perf_counter() - start < 20  # a second or two; without an index it would be minutes


@pytest.mark.parametrize(
    ("document", "answer", "held"),
    [
        ("假期.docx", "15天", ["z1"]),
        ("假期.docx", "5天", []),
        ("假期.docx", "15元", []),
        ("travel/portugal.pdf", "31 euros", ["p1"]),
        ("travel/norway.pdf", "31 euros", []),
        ("travel/portugal.pdf", "thirty-one euros", ["p1"]),
    ],
)
def test_an_answer_in_other_words_is_found_as_marking_reads_it(document: str, answer: str, held: list[str]) -> None:
    question = Question("q", "Question?", (answer,), evidence=Evidence(document))
    assert list(EvidenceLocator(CORPUS, states_answer).locate(question)) == held
    assert _locate(document, None, None, answer) == []
