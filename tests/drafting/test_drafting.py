"""Drafting with models that answer by a rule, so that what is dropped is dropped for the reason under test.

The documents are six offices that share their wording and differ in their numbers; see `write_company`.
"""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assay.corpus import build_corpus
from assay.drafting import Drafter, Drafts
from assay.drafting.extracting import find_asked
from assay.drafting.manner import EXTRACTIVE
from assay.drafting.nearest_sentence import NearestSentence
from assay.drafting.sources import Sources
from assay.models.engine import Conversation
from assay.models.scripted import ScriptedEngine
from assay.questions import EvidenceLocator, Question
from assay.retrieval import Retriever, build_index, load_encoder
from assay.scoring import REFUSAL_TEXT

_FACTS = {
    "How many hours has a full working week in {}?": r"In {} a full working week has (\d+ hours)",
    "How many places has the car park of {}?": r"car park of {} has (\d+ places)",
    "What does lunch in {} cost?": r"Lunch in {} costs (EUR [\d.]+)",
}


def _write(text: str) -> str:
    """The question whose answer stands in the sentence of the last turn."""
    for question, fact in _FACTS.items():
        match = re.search(fact.format(r"(\w+)").replace(r"(\d+", r"(?:\d+").replace("(EUR", "(?:EUR"), text)
        if match:
            return question.format(match.group(1))
    return "How many?"


def _read(text: str) -> str:
    """The answer as it stands in the passages, or a refusal."""
    asked = text.rsplit("Question: ", 1)[1]
    for question, fact in _FACTS.items():
        town = re.fullmatch(re.escape(question).replace(r"\{\}", r"(\w+)"), asked)
        found = re.search(fact.format(town.group(1)), text) if town else None
        if found:
            return found.group(1)
    return REFUSAL_TEXT["en"]


def _good(conversation: Conversation) -> str:
    text = conversation[-1].content
    return _write(text) if "Write the question." in text else _read(text)


@pytest.fixture(scope="module")
def retriever(shared_company: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    documents, _ = shared_company
    (documents / "ferry.md").write_text("# Ferries\n\nThe boats that call in Havn are owned by others.\n")
    corpus, encoder = build_corpus(documents), load_encoder("auto", "en")
    return Retriever(build_index(corpus, encoder, tmp_path_factory.mktemp("index")), encoder, corpus)


@pytest.fixture
def draft(retriever: Retriever) -> Callable[..., Drafts]:
    def draft(
        reply: Callable[[Conversation], str],
        n: int = 12,
        unanswerable: float = 0.0,
        known: tuple[Question, ...] = (),
    ) -> Drafts:
        return Drafter(retriever, ScriptedEngine(reply), "en", known).draft(n, unanswerable)

    return draft


def test_drafts_are_answered_from_their_passage_and_spread_over_documents(
    draft: Callable[..., Drafts], retriever: Retriever
) -> None:
    drafts = draft(_good)
    questions = drafts.questions
    assert [q.id for q in questions] == [f"d{n:04d}" for n in range(1, 13)]
    assert {(q.origin, q.split, q.answerable) for q in questions} == {("drafted", "train", True)}
    per_document = Counter(q.evidence.document for q in questions if q.evidence)
    assert len(per_document) == 6 and max(per_document.values()) <= 3
    locator = EvidenceLocator(retriever.corpus)
    for question in questions:
        (passage,) = [retriever.corpus.by_id[id] for id in locator.locate(question)]
        assert question.answers[0] in passage.text
    assert draft(_good).questions == questions


@pytest.mark.parametrize(
    ("reason", "spoil"),
    [
        ("ambiguous", lambda said, asks: re.sub(r" (?:in|of) [A-Z]\w+", "", said) if not asks else said),
        ("not_answered", lambda said, asks: REFUSAL_TEXT["en"] if asks else said),
        ("answered_without", lambda said, asks: said),
        ("holds_answer", lambda said, asks: said if asks else "How many hours are 35 hours, 36 hours or EUR 4.50?"),
        ("no_question", lambda said, asks: said if asks else "In Osk."),
    ],
)
def test_a_bad_draft_is_dropped_for_its_reason(
    draft: Callable[..., Drafts], reason: str, spoil: Callable[[str, bool], str]
) -> None:
    memory: dict[str, str] = {}

    def reply(conversation: Conversation) -> str:
        said = _good(conversation)
        asked = conversation[-1].content.rsplit("Question: ", 1)
        if reason == "answered_without" and len(asked) == 2:
            memory[asked[1]] = said if said != REFUSAL_TEXT["en"] else memory.get(asked[1], said)
            return memory[asked[1]]
        return spoil(said, len(asked) == 2)

    drafts = draft(reply)
    assert drafts.questions == []
    assert drafts.dropped[reason] > 0
    assert sum(drafts.dropped.values()) == drafts.n_drafted


def test_what_is_known_is_not_drafted_again(draft: Callable[..., Drafts]) -> None:
    known = (
        Question("t1", "What is the price of lunch in Osk?", ("EUR 4.50",), split="test"),
        Question("t2", "In Veld, how many hours has a full working week?", ("36 hours",), split="test"),
    )
    drafts = draft(_good, n=18, known=known)
    assert drafts.dropped["duplicate"] == 2
    texts = {question.text for question in drafts.questions}
    assert len(texts) == 16
    assert "What does lunch in Osk cost?" not in texts
    assert "How many hours has a full working week in Veld?" not in texts


def test_an_unanswerable_draft_asks_for_what_nothing_says(draft: Callable[..., Drafts]) -> None:
    drafts = draft(_good, n=10, unanswerable=0.3)
    made = [question for question in drafts.questions if not question.answerable]
    assert drafts.n_unanswerable == len(made) > 0
    for question in made:
        assert "Havn" in question.text and question.answers == () and question.origin == "drafted"
        assert "stands in no passage that speaks of this" in drafts.notes[question.id]
        assert "declined" in drafts.notes[question.id]


def test_a_question_that_the_model_answers_after_all_is_not_kept_as_unanswerable(draft: Callable[..., Drafts]) -> None:
    def reply(conversation: Conversation) -> str:
        return "Ask at the harbour" if "Havn?" in conversation[-1].content else _good(conversation)

    drafts = draft(reply, n=10, unanswerable=0.3)
    assert drafts.n_unanswerable == 0 or all("lunch" in q.text for q in drafts.questions if not q.answerable)
    assert drafts.dropped["may_have_answer"] > 0


def test_nothing_to_draft_from_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Nothing here.")
    corpus = build_corpus(tmp_path)
    retriever = Retriever(build_index(corpus, None, tmp_path / "index"), None, corpus)
    drafts = Drafter(retriever, ScriptedEngine(_good), "en").draft(5, 0.2)
    assert (drafts.questions, drafts.n_drafted) == ([], 0)


def test_extractive_drafts_need_no_model_and_are_found_again(retriever: Retriever) -> None:
    told = {one.question: one.span.text for passage in retriever.corpus.passages for one in find_asked(passage, "en")}
    drafts = Drafter(retriever, None, "en", manner=EXTRACTIVE).draft(15, 0.2)
    answerable = [question for question in drafts.questions if question.answerable]
    assert {question.text: question.answers[0] for question in answerable}.items() <= told.items()
    assert len(answerable) == 12 and {q.evidence.document for q in answerable if q.evidence} >= {"lira.md", "osk.md"}
    assert "Office Lira: In Lira a full working week has how many hours?" in told
    assert drafts.n_unanswerable > 0
    assert all("no model has read for it" in note for note in drafts.notes.values())


def test_raw_drafts_are_all_told_with_what_became_of_them(retriever: Retriever) -> None:
    drafts = Drafter(retriever, ScriptedEngine(_good), "en", seed=3).draft(20, 0, most_tried=20)
    assert drafts.n_drafted == 20 == len(drafts.questions) + len(drafts.thrown_away)
    dropped = [one for one in drafts.thrown_away if one.reason == "length"]  # "How many?"
    assert dropped and all(one.question.text == "How many?" and one.question.answers for one in dropped)


def test_the_nearest_sentence_is_read(retriever: Retriever) -> None:
    reader = NearestSentence(retriever.encoder, "en")
    passages = [p for p in retriever.corpus.passages if p.document in ("lira.md", "osk.md")]
    assert reader.finds("How many places has the car park of Lira?", "99 places", passages)
    assert not reader.finds("How many places has the car park of Osk?", "99 places", passages)
    assert not reader.finds("How many places has the car park of Lira?", "99 places", [])
    by_words = NearestSentence(None, "en")
    assert by_words.finds("How many places has the car park of Lira?", "99 places", passages)


def test_a_question_that_the_documents_answer_twice_is_not_drafted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Limits\n\n- Daily limit: EUR 200\n- Monthly limit: EUR 900\n")
    (tmp_path / "b.md").write_text("# Limits\n\n- Daily limit: EUR 700\n- Monthly limit: EUR 900\n")
    sources = Sources(build_corpus(tmp_path), None, find_asked, "en", np.random.default_rng(0))
    taken = sources.take(9, Counter())
    assert [(one.question, one.span.text) for one in taken] == [
        ("What is the monthly limit?", "EUR 900"),
        ("What is the monthly limit?", "EUR 900"),
    ]
