"""The example company: every answer is in its document, and the questions and splits are what the README says."""

import importlib.util
import json
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import kreuzberg
import pytest

COMPANY = Path(__file__).resolve().parents[2] / "examples" / "skerrivald"
DOCUMENTS = COMPANY / "documents"
KEYS = {"id", "question", "answers", "document", "page", "quote", "answerable", "split"}
QUESTIONS = [json.loads(line) for line in (COMPANY / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]
PAGE_MARK = "\n\nPAGEMARK {page_num}\n\n"


@cache
def read_pages(path: Path) -> dict[int | None, str]:
    """The document's normalised text by page (PDF) or slide (PPTX); under None for formats without pages.

    kreuzberg 4.10 leaves `pages[n].content` empty for slides, so these are cut at the page marks in the content.
    """
    pages = kreuzberg.PageConfig(extract_pages=True, insert_page_markers=True, marker_format=PAGE_MARK)
    config = kreuzberg.ExtractionConfig(pages=pages, output_format="markdown", use_cache=False)
    result = kreuzberg.extract_file_sync(str(path), config=config)
    if path.suffix == ".pdf":
        return {page["page_number"]: normalise(page["content"]) for page in result.pages}
    if path.suffix == ".pptx":
        parts = re.split(r"PAGEMARK (\d+)", result.content)
        return {int(n): normalise(text) for n, text in zip(parts[1::2], parts[2::2], strict=True)}
    return {None: normalise(result.content)}


def normalise(text: str) -> str:
    """`text` without Markdown's table rules, pipes and escapes, and with single spaces."""
    text = re.sub(r"\|(\s*:?-+:?\s*\|)+", " ", text)
    return " ".join(text.replace("\\", "").replace("|", " ").split())


def load_render() -> ModuleType:
    """The render script as a module."""
    spec = importlib.util.spec_from_file_location("skerrivald_render", COMPANY / "render.py")
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_quote_is_on_its_page_and_holds_the_answer(question):
    pages = read_pages(DOCUMENTS / question["document"])
    assert normalise(question["quote"]) in pages[question["page"]]
    assert question["answers"][0].casefold() in question["quote"].casefold()
    assert 5 <= len(question["quote"].split()) <= 40
    assert 1 <= len(question["answers"]) <= 4 and len(set(question["answers"])) == len(question["answers"])
    assert all(1 <= len(answer.split()) <= 6 for answer in question["answers"])


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
    written = load_render().render_all(tmp_path)
    committed = {path.relative_to(DOCUMENTS) for path in DOCUMENTS.rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path) for path in written} == committed
    for path in written:
        assert read_pages(path) == read_pages(DOCUMENTS / path.relative_to(tmp_path)), path.name


def test_rendering_twice_gives_the_same_bytes(tmp_path):
    render = load_render()
    first, second = (render.render_all(tmp_path / name) for name in ("first", "second"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
