"""What would be read of documents: the passages that a run gets, and what none of them holds."""

from pathlib import Path

import pytest

from assay.corpus import build_corpus, count_tokens
from assay.corpus.preview import read
from assay.errors import InputError

_PAGE = """<html><head><title>Leave</title></head><body>
<nav><a href="/">Home</a> <a href="/all">All pages</a></nav>
<main><h1>Leave</h1><p>Everybody has 25 days of leave a year.</p></main>
<footer>Acme Ltd, 1999</footer></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Rules\nowner: Ann\n---\n# Parking\n\nThe car park has 96 places.\n\n<!-- to do -->\n\n## Later\n"
    )
    (tmp_path / "leave.html").write_text(_PAGE)
    (tmp_path / "access.toml").write_text('[rules]\n"leave.html" = ["hr"]\n')
    (tmp_path / "empty.txt").write_text("")
    return tmp_path


def test_passages_are_those_of_a_run(folder: Path) -> None:
    reading, corpus = read(folder), build_corpus(folder)
    told = [(p.page, p.heading, p.text) for document in reading.documents for p in document.passages]
    assert told == [(p.page, p.heading, p.text) for p in corpus.passages]
    assert all(p.n_tokens == count_tokens(p.text) for document in reading.documents for p in document.passages)
    assert [(document.path, document.groups) for document in reading.documents] == [
        ("a.md", ()),
        ("leave.html", ("hr",)),
    ]
    assert [(file.path, file.reason) for file in reading.skipped] == [("empty.txt", "empty: 0 bytes")]


def test_what_no_passage_holds_is_told_with_the_reason(folder: Path) -> None:
    rules, leave = read(folder).documents
    assert [(one.reason, one.text) for one in rules.left_out] == [
        ("markup", "---\ntitle: Rules\nowner: Ann\n---"),
        ("markup", "<!-- to do -->"),
    ]
    assert {one.reason for one in leave.left_out} == {"site"}
    assert " ".join(one.text for one in leave.left_out).split() == ["Home", "All", "pages", "Acme", "Ltd,", "1999"]


def test_running_headers_of_a_pdf_are_told_once(tmp_path: Path) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    pdf = canvas.Canvas(str(tmp_path / "handbook.pdf"))
    topics = ("leave", "travel", "tools", "parking", "lunch")
    for number, topic in enumerate(topics, start=1):
        pdf.drawString(72, 800, "Acme handbook, edition of May")
        pdf.drawString(72, 600, f"Everything about {topic} stands in chapter {topic} of this book.")
        pdf.drawString(72, 40, f"Page {number} of 5")
        pdf.showPage()
    pdf.save()
    (document,) = read(tmp_path).documents
    told = {one.text: (one.reason, one.page, one.n) for one in document.left_out}
    # the first occurrence stays: it may be the only place that tells an edition; bare page numbers go everywhere
    assert told["Acme handbook, edition of May"] == ("repeated", 2, 4)
    assert told["Page 1 of 5"] == ("repeated", 1, 5)
    assert [passage.page for passage in document.passages] == [1, 2, 3, 4, 5]


def test_shorter_passages_are_asked_for_by_the_setting(folder: Path) -> None:
    (folder / "long.txt").write_text("One more sentence about the rules of the house. " * 40)
    few, many = read(folder / "long.txt"), read(folder / "long.txt", max_passage_tokens=40)
    assert len(many.documents[0].passages) > len(few.documents[0].passages)


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no documents at"):
        read(tmp_path / "nowhere")
    (tmp_path / "a.xyz").write_text("?")
    with pytest.raises(InputError, match=r"a\.xyz: \.xyz files are not read"):
        read(tmp_path / "a.xyz")


def test_the_account_of_the_words_is_told(folder: Path) -> None:
    rules, leave = read(folder).documents
    assert rules.account is not None and leave.account is not None
    assert (rules.account.n_words, rules.account.n_numbers, rules.account.unaccounted) == (8, 1, ())
    assert leave.account.unaccounted == ()
