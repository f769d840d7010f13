"""Findings on small sets whose faults are known; vectors come from the real English encoder."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assay.checking import Finding, check_questions, likeness, says_the_same
from assay.corpus.document import Corpus, Document, Page, Passage
from assay.questions import Evidence, Question
from assay.retrieval import Encoder, load_encoder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    loaded = load_encoder("auto", "en")
    assert loaded is not None
    return loaded


@pytest.fixture
def find(encoder: Encoder) -> Callable[..., set[tuple[str, str, str]]]:
    def find(*questions: Question, corpus: Corpus | None = None) -> set[tuple[str, str, str]]:
        found = check_questions(questions, encoder.encode_queries, likeness(encoder.name), corpus)
        return {(one.kind, one.question, one.other) for one in found}

    return find


def _question(id: str, text: str, *answers: str, split: str | None = None, quote: str | None = None) -> Question:
    evidence = Evidence("a.md", None, quote) if quote else None
    return Question(id, text, answers, bool(answers), evidence, split)  # type: ignore[arg-type]


_TEST = _question("t", "How many days of annual leave do employees get?", "25 days", split="test")
_OTHER_WORDS = _question("o", "How many days of annual leave does an employee receive?", "25 days", split="train")


def test_a_training_question_that_asks_what_the_test_asks(find) -> None:  # type: ignore[no-untyped-def]
    assert find(_OTHER_WORDS, _TEST) == {("leak", "o", "t")}
    assert find(replace(_OTHER_WORDS, split="test"), _TEST) == set()
    assert find(replace(_OTHER_WORDS, split=None), replace(_TEST, split=None)) == {("leak", "t", "o")}


def test_one_fact_asked_in_words_far_apart(find) -> None:  # type: ignore[no-untyped-def]
    quote = "Staff have 25 days of annual leave."
    one = _question("t", "How many days of annual leave do staff have?", "25 days", split="test", quote=quote)
    other = _question("o", "What is the yearly leave entitlement of staff?", "25 days", split="train", quote=quote)
    assert find(other, one) == {("leak", "o", "t")}
    away = replace(other, evidence=Evidence("a.md", None, "Interns have 25 days of annual leave."))
    assert find(away, one) == set()  # another fact, told elsewhere
    assert find(replace(other, text="Who wrote the handbook?"), one) == set()


@pytest.mark.parametrize(
    "text",
    [
        "How many days of annual leave do employees get in 2023?",
        "How many days of annual leave do employees get in Norway?",
        "How many days of annual leave do employees not get?",
        "What is the allowance for breakfast?",
    ],
)
def test_another_number_name_or_denial_is_another_question(find, text: str) -> None:  # type: ignore[no-untyped-def]
    one = _question("t", "How many days of annual leave do employees get in 2025 in Portugal?", "25 days", split="test")
    assert find(_question("o", text, "20 days", split="train"), one) == set()


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("What is the highest fee?", "What is the maximum fee?", True),
        ("What is the highest fee?", "What is the lowest fee?", False),
        ("What holds before the trip?", "What holds after the trip?", False),
        ("Which depth does the Sondrel 400 reach?", "Which depth does the Sondrel 800 reach?", False),
        ("员工最多可以休几天假？", "员工至多可以休几天假？", True),
        ("员工最多可以休几天假？", "员工最少可以休几天假？", False),
        ("2023年的标准是多少？", "2024年的标准是多少？", False),
        ("How long?", "多久？", False),
        ("员工每年有多少天年假？", "每位员工一年可以休几天年假？", True),
        ("公司成立于哪一年？", "公司是什么时候成立的？", True),
        ("公司是谁成立的？", "公司是什么时候成立的？", False),
        ("Who leads the Lisbon office?", "When was the Lisbon office opened?", False),
        ("How many were left when the office closed?", "The office closed on which day?", False),
        ("How many were left when the office closed?", "When the office closed, how many were left?", True),
    ],
)
def test_words_that_vectors_hardly_see(a: str, b: str, same: bool) -> None:
    assert says_the_same(a, b) == says_the_same(b, a) == same


def test_two_answers_to_one_question(find) -> None:  # type: ignore[no-untyped-def]
    other = replace(_TEST, id="u", text="How many days of annual leave do employees get, please?", answers=("20 days",))
    assert find(_TEST, other) == {("contradiction", "t", "u"), ("contradiction", "u", "t")}
    assert find(_TEST, replace(other, answers=("twenty-five days",))) == set()
    assert find(_TEST, replace(other, answers=(), answerable=False)) != set()
    long = "It depends on how long somebody has been with us and where"
    assert ("contradiction", "t", "u") not in find(_TEST, replace(other, answers=(long,)))
    assert find(_TEST, replace(other, groups=("hr",))) == set()  # what another group may read can differ


@pytest.mark.parametrize(
    ("answers", "quote", "is_wrong"),
    [
        (("25 days",), "Everybody has twenty-five days of leave.", False),
        (("25 days",), "Everybody has 20 days of leave.", True),
        (("Yes",), "Everybody has 20 days of leave.", False),
        (("It is paid by the insurance after the first four weeks of illness",),
         "After four weeks of illness the insurance pays.", False),
        (("It is paid by the insurance after the first four weeks of illness",), "Lunch is at noon.", True),
        (("二十五天",), "员工每年有25天年假。", False),
        (("二十天",), "员工每年有25天年假。", True),
    ],
)  # fmt: skip
def test_an_answer_must_stand_in_its_quote(find, answers, quote: str, is_wrong: bool) -> None:  # type: ignore[no-untyped-def]
    found = find(_question("q", "How is it?", *answers, quote=quote))
    assert ("not_in_evidence", "q", "") in found if is_wrong else found <= {("language", "q", "")}


def test_evidence_is_looked_up_in_the_documents(find) -> None:  # type: ignore[no-untyped-def]
    passage = Passage("p", "a.md", None, "Leave", "Everybody has 25 days of leave.")
    corpus = Corpus((Document("a.md", "Leave", "0", (Page(None, passage.text),)),), (passage,), (), "0")
    there = _question("a", "How long is the leave?", "25 days", quote="Everybody has 25 days of leave.")
    gone = _question("b", "How long is the lunch break?", "30 minutes", quote="The lunch break takes 30 minutes.")
    assert find(there, gone, corpus=corpus) == {("not_in_documents", "b", "")}
    named, away = (replace(there, evidence=Evidence(name)) for name in ("a.md", "b.md"))
    computed = _question("e", "How many weeks of leave are that?", "5 weeks")
    assert (
        find(named, replace(computed, evidence=Evidence("a.md")), corpus=corpus) == set()
    )  # no quote: a document will do
    assert find(away, corpus=corpus) == {("not_in_documents", "a", "")}


def test_personal_data_is_named() -> None:
    found = check_questions([_question("q", "Whose number is 138 1234 5678?", "Li Wei")], None, 1.0)
    assert found == [Finding("personal_data", "q", values={"kind": "phone", "text": "138 1234 5678"})]


def test_odd_lengths_and_languages() -> None:
    usual = [_question(f"q{n}", f"What does part number {n} cost today?", f"{n} euros") for n in range(30)]
    long = _question("long", "What " + "and what " * 60 + "is it?", "1 euro")
    wordy = _question("wordy", "What does part number 77 cost?", "It costs " + "very much " * 40)
    chinese = _question("zh", "零件今天的价格是多少？", "5 euros")
    mixed = _question("mixed", "谁可以在周末订购这个配件？", "It costs five euros in our shop")
    found = check_questions([*usual, long, wordy, chinese, mixed], None, 1.0)
    assert [(one.kind, one.question) for one in found] == [
        ("length", "long"), ("length", "wordy"), ("language", "zh"), ("language", "mixed"), ("language", "mixed"),
    ]  # fmt: skip
