"""The example company: every answer is in its document, and the questions and splits are what the README says."""

import re
from collections import Counter

from tests.examples.companies import EXAMPLES, load_questions, load_render, normalise, read_pages

COMPANY = EXAMPLES / "skerrivald"
DOCUMENTS = COMPANY / "documents"
KEYS = {"id", "question", "answers", "document", "page", "quote", "answerable", "split"}
QUESTIONS = load_questions("skerrivald")
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]


def test_quotes_are_on_their_pages_and_hold_the_answer():
    assert len(ANSWERABLE) == 274
    for question in ANSWERABLE:
        id, answers = question["id"], question["answers"]
        assert normalise(question["quote"]) in read_pages(DOCUMENTS / question["document"])[question["page"]], id
        assert answers[0].casefold() in question["quote"].casefold(), id
        assert 5 <= len(question["quote"].split()) <= 40, id
        assert 1 <= len(answers) <= 4 and len(set(answers)) == len(answers), id
        assert all(1 <= len(answer.split()) <= 6 for answer in answers), id


def test_every_question_has_the_same_keys_and_a_document():
    for question in QUESTIONS:
        assert set(question) == KEYS, question["id"]
        assert (DOCUMENTS / question["document"]).is_file(), question["id"]


def test_unanswerable_questions_carry_no_answer():
    for question in QUESTIONS:
        if not question["answerable"]:
            assert (question["answers"], question["quote"], question["page"]) == ([], None, None), question["id"]


def test_no_question_is_asked_twice():
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len({re.sub(r"\W+", " ", question["question"].casefold()) for question in QUESTIONS}) == len(QUESTIONS)
    facts = Counter((question["document"], question["quote"], question["answers"][0]) for question in ANSWERABLE)
    assert facts.most_common(1)[0][1] == 1


def test_splits_have_their_sizes():
    assert Counter(question["split"] for question in QUESTIONS) == {"train": 145, "validation": 41, "test": 147}
    unanswerable = Counter(question["split"] for question in QUESTIONS if not question["answerable"])
    assert unanswerable == {"train": 26, "validation": 8, "test": 25}


def test_documents_cover_all_formats_and_each_has_questions_in_each_split():
    paths = [path for path in DOCUMENTS.rglob("*") if path.is_file()]
    formats = Counter(path.suffix for path in paths)
    assert len(paths) == 26 and sum(path.stat().st_size for path in paths) < 1_500_000
    assert set(formats) == {".pdf", ".docx", ".xlsx", ".pptx", ".html", ".md"} and min(formats.values()) >= 2
    asked = Counter((question["document"], question["split"]) for question in QUESTIONS)
    assert set(asked) == {
        (path.relative_to(DOCUMENTS).as_posix(), split) for path in paths for split in ("train", "validation", "test")
    }


def test_rendering_again_gives_the_same_text(tmp_path):
    written = load_render().render_all(COMPANY, tmp_path)
    committed = {path.relative_to(DOCUMENTS) for path in DOCUMENTS.rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path) for path in written} == committed
    for path in written:
        assert read_pages(path) == read_pages(DOCUMENTS / path.relative_to(tmp_path)), path.name


def test_rendering_twice_gives_the_same_bytes(tmp_path):
    render = load_render()
    first, second = (render.render_all(COMPANY, tmp_path / name) for name in ("first", "second"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
