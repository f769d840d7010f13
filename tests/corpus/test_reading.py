from collections.abc import Callable
from pathlib import Path

import pytest

from assay.corpus import Document, build_corpus, read_documents
from assay.corpus.reading import MAX_BYTES
from assay.errors import InputError


def _by_id(folder: Path) -> dict[str, Document]:
    documents, skipped = read_documents(folder)
    assert not skipped
    return {document.id: document for document in documents}


def test_every_kind_is_read_in_path_order(folder: Path) -> None:
    calls: list[tuple[int, int]] = []
    documents, skipped = read_documents(folder, lambda done, total: calls.append((done, total)))
    names = [document.id for document in documents]
    assert names == sorted(names) and len(names) == 8 and not skipped
    assert calls == [(done, 8) for done in range(1, 9)]


def test_pdf_pages_keep_their_numbers_and_lose_the_header(folder: Path) -> None:
    document = _by_id(folder)["policies/travel.pdf"]
    assert document.title == "Acme travel policy"
    assert [page.number for page in document.pages] == [1, 2, 3, 4]
    texts = [page.text for page in document.pages]
    assert "Version 7" in texts[0]  # the first occurrence stays: a version may stand nowhere else
    assert not any("Version 7" in text for text in texts[1:])
    assert not any("Page" in text for text in texts)
    assert "# 2 Chapter B" in texts[1] and "| Norway | 22 |\n| Japan | 44 |" in texts[1]


def test_slides_are_pages(folder: Path) -> None:
    pages = _by_id(folder)["review.pptx"].pages
    assert [page.number for page in pages] == [1, 2]
    assert "633" in pages[1].text and "633" not in pages[0].text


def test_formats_without_pages_are_one_page(folder: Path) -> None:
    documents = _by_id(folder)
    assert documents["faq.html"].title == "Q & A"
    assert documents["faq.html"].pages[0].text.startswith("# Claims")
    assert documents["guide.md"].title == "Guide"
    assert documents["policies/leave.docx"].title == "Leave policy"
    assert "年假" in documents["年假.txt"].pages[0].text
    assert documents["rates.csv"].pages[0].text == "| Zone | Price |\n| --- | --- |\n| A | 1,50 |\n| B | 2 |"
    assert (
        documents["prices.xlsx"].pages[0].text.startswith("## Instruments\n\n### Price list 2025\n\n| Code | Price |")
    )
    for name in ("faq.html", "guide.md", "policies/leave.docx", "年假.txt", "rates.csv", "prices.xlsx"):
        assert [page.number for page in documents[name].pages] == [None]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(folder: Path, write_pdf: Callable[..., Path]) -> None:
    write_pdf(folder / "locked.pdf", encrypt="secret")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not a zip")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n nothing")
    (folder / "empty.md").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n---\n", encoding="utf-8")
    (folder / "photo.svg").write_bytes(b"<svg/>")
    (folder / "noise.txt").write_bytes(b"\x00\x01\x02\x00")
    (folder / ".hidden.md").write_text("secret", encoding="utf-8")
    (folder / ".assay").mkdir()
    (folder / ".assay" / "old.md").write_text("secret", encoding="utf-8")
    documents, skipped = read_documents(folder)
    reasons = {file.path: file.reason for file in skipped}
    assert len(documents) == 8
    assert set(reasons) == {
        "locked.pdf", "broken.docx", "broken.pdf", "empty.md", "blank.txt", "photo.svg", "noise.txt"
    }  # fmt: skip
    assert "password" in reasons["locked.pdf"]
    assert "broken" in reasons["broken.docx"] and "broken" in reasons["broken.pdf"]
    assert reasons["empty.md"] == "empty: 0 bytes" and reasons["blank.txt"] == "holds no text"
    assert reasons["photo.svg"] == ".svg files are not read"
    assert "encoding" in reasons["noise.txt"]


def test_too_large_a_file_is_skipped(folder: Path) -> None:
    with open(folder / "dump.csv", "wb") as file:
        file.truncate(MAX_BYTES + 1)  # holes take no space
    _, skipped = read_documents(folder)
    assert [file.path for file in skipped] == ["dump.csv"] and "too large" in skipped[0].reason


def test_a_question_file_among_the_documents_can_be_left_out(folder: Path) -> None:
    documents, _ = read_documents(folder, exclude=[folder / "rates.csv"])
    assert "rates.csv" not in {document.id for document in documents}


def test_one_file_is_a_folder_of_one(folder: Path) -> None:
    documents, _ = read_documents(folder / "guide.md")
    assert [document.id for document in documents] == ["guide.md"]


def test_nothing_to_read_is_an_error_with_reasons(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no documents at"):
        read_documents(tmp_path / "missing")
    with pytest.raises(InputError, match="no files in"):
        read_documents(tmp_path)
    for number in range(12):
        (tmp_path / f"{number:02}.svg").write_bytes(b"x")
    with pytest.raises(InputError, match="none of the 12 files") as error:
        read_documents(tmp_path)
    assert "09.svg" in str(error.value) and "10.svg" not in str(error.value) and "and 2 more" in str(error.value)
    assert ".docx" in str(error.value)


def test_the_corpus_depends_only_on_the_files(folder: Path) -> None:
    first, second = build_corpus(folder), build_corpus(folder)
    assert first == second and first.sha256 == second.sha256
    assert len(first.by_id) == len(first.passages)
    (folder / "guide.md").write_text("# Start\n\nCharge it twice.\n", encoding="utf-8")
    changed = build_corpus(folder)
    assert changed.sha256 != first.sha256
    kept = [p.id for p in first.passages if p.document != "guide.md"]
    assert kept == [p.id for p in changed.passages if p.document != "guide.md"]


def test_a_passage_length_that_makes_no_sense(folder: Path) -> None:
    with pytest.raises(InputError, match="max_passage_tokens must be 32 or more"):
        build_corpus(folder, max_passage_tokens=5)


def test_names_and_texts_without_what_a_terminal_obeys(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m\x07.md").write_text("# Tea\x1b[2J\n\nTea is at\x08 four. " + "Lunch is at noon. " * 9)
    (document,) = read_documents(tmp_path)[0]
    assert document.id == "a\\x1b[31m\\x07.md" and document.title == "Tea[2J"
    assert "Tea is at four." in document.pages[0].text


def test_what_a_workspace_holds_is_no_document(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "ws"):
        (place / "runs" / "3fa2").mkdir(parents=True)
        (place / "runs" / "3fa2" / "report.html").write_text("<p>Who? Bob.</p>")
        (place / "comparisons").mkdir()
        (place / "comparisons" / "a-b.html").write_text("<p>Who? Bob.</p>")
        (place / "library.db").write_bytes(b"SQLite")
        (place / "assay.db").write_bytes(b"SQLite")
        (place / "note.md").write_text("A note.")
    documents, skipped = read_documents(tmp_path)
    assert [document.id for document in documents] == ["note.md", "ws/note.md"] and not skipped


def test_a_folder_runs_of_no_workspace_is_read(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "note.md").write_text("A note.")
    assert list(_by_id(tmp_path)) == ["runs/note.md"]
