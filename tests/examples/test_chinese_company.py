"""The Chinese example company: read whole, every answer in its document, and the questions as the README says."""

from collections import Counter, defaultdict

import pytest
from tests.examples.companies import EXAMPLES, load_questions, load_render, normalise, read_pages

from assay.checking import check_questions
from assay.corpus import Corpus, build_corpus, corpus_language
from assay.corpus.versions import find_versions
from assay.questions import read_questions
from assay.questions.evidence import EvidenceLocator
from assay.scoring import language_of, score_answer

COMPANY = EXAMPLES / "jipu"
DOCUMENTS = COMPANY / "documents"
ROWS = load_questions("jipu")
QUESTIONS = read_questions(COMPANY / "questions.jsonl").questions
ANSWERABLE = [question for question in QUESTIONS if question.answerable]
TWINS = ("差旅报销制度", "霜匣", "价目表", "经营分析")  # documents of one wording


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build_corpus(DOCUMENTS)


def squeeze(text: str) -> str:
    """Normalised, without spaces: a line of a PDF ends anywhere between two Chinese characters."""
    return normalise(text).replace(" ", "")


def test_every_document_is_read_as_chinese(corpus: Corpus) -> None:
    assert corpus.skipped == ()
    assert len(corpus.documents) == 20
    assert corpus_language(passage.text for passage in corpus.passages) == "zh"
    formats = Counter(document.id.rsplit(".", 1)[1] for document in corpus.documents)
    assert formats == {"pdf": 7, "docx": 3, "xlsx": 3, "html": 2, "txt": 2, "pptx": 2, "md": 1}


def test_only_what_is_replaced_has_versions(corpus: Corpus) -> None:
    families = {tuple(document.id for document in family) for family in find_versions(corpus).families}
    assert families == {
        ("制度/差旅报销制度-2023.pdf", "制度/差旅报销制度-2025.pdf"),
        ("销售/价目表-2024.xlsx", "销售/价目表-2025.xlsx"),
    }


def test_quotes_are_on_their_pages() -> None:
    rows = [row for row in ROWS if row["answerable"]]
    assert len(rows) == 211
    for row in rows:
        pages = read_pages(DOCUMENTS / row["document"])
        assert squeeze(row["quote"]) in squeeze(pages[row["page"]]), row["id"]
        assert 4 <= len(row["quote"]) <= 90, row["id"]


def test_every_quote_is_found_word_for_word_in_the_passages(corpus: Corpus) -> None:
    locator = EvidenceLocator(corpus)
    passages = {passage.id: passage for passage in corpus.passages}
    for question in ANSWERABLE:
        found = [passages[id] for id in locator.locate(question)]
        assert found and question.evidence and question.evidence.quote, question.id
        assert {passage.document for passage in found} == {question.evidence.document}, question.id
        whole = "".join(squeeze(passage.text) for passage in found)
        assert squeeze(question.evidence.quote) in whole, question.id


def test_each_accepted_answer_is_right_in_its_own_and_in_a_sentence() -> None:
    for question in ANSWERABLE:
        assert language_of(question.text) == "zh", question.id
        assert len(set(question.answers)) == len(question.answers) <= 5, question.id
        for answer in question.answers:
            assert score_answer(answer, question).correct, (question.id, answer)
            assert score_answer(f"根据资料，答案是{answer}。", question).correct, (question.id, answer)
        assert not score_answer("资料中没有相关信息。", question).correct, question.id


def test_nothing_is_wrong_with_the_questions(corpus: Corpus) -> None:
    assert check_questions(QUESTIONS, None, 1.0, corpus) == []


def test_splits_have_their_sizes() -> None:
    assert Counter(row["split"] for row in ROWS) == {"train": 102, "validation": 31, "test": 108}
    unanswerable = Counter(row["split"] for row in ROWS if not row["answerable"])
    assert unanswerable == {"train": 9, "validation": 4, "test": 17}
    asked = Counter((row["document"], row["split"]) for row in ROWS)
    assert {document for document, _ in asked} == {
        path.relative_to(DOCUMENTS).as_posix() for path in DOCUMENTS.rglob("*") if path.is_file()
    }
    assert len({document for document, split in asked if split == "test"}) == 20


def test_one_fact_of_documents_of_one_wording_is_asked_in_one_split() -> None:
    """Two quotes that are the same but for their figures are one fact."""
    splits = defaultdict(set)
    for row in ROWS:
        family = next((twin for twin in TWINS if twin in row["document"]), None)
        if family and row["answerable"]:
            wording = "".join(char for char in row["quote"] if not (char.isascii() or char.isdigit()))
            splits[family, wording].add(row["split"])
    assert len(splits) > 30
    assert {fact: found for fact, found in splits.items() if len(found) > 1} == {}


def test_no_question_is_asked_twice() -> None:
    assert len({row["id"] for row in ROWS}) == len({row["question"] for row in ROWS}) == len(ROWS)


def test_rendering_again_gives_the_same_text(tmp_path) -> None:
    written = load_render().render_all(COMPANY, tmp_path)
    committed = {path.relative_to(DOCUMENTS) for path in DOCUMENTS.rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path) for path in written} == committed
    for path in written:
        assert read_pages(path) == read_pages(DOCUMENTS / path.relative_to(tmp_path)), path.name
