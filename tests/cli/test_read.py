"""assay read as a person meets it."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from command import call_assay


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    canvas = Canvas(str(tmp_path / "hall.pdf"))
    for line in ("The hall costs 90 crowns a day.", "The attic costs 38 crowns a day."):
        canvas.drawString(60, 700, line)
        canvas.showPage()
    canvas.save()
    (tmp_path / "keys.csv").write_text("Key,Cost\nFront door,12\n")
    return tmp_path


def test_a_document_tells_its_passages_and_what_became_of_its_words(folder: Path) -> None:
    told = call_assay("read", "hall.pdf", cwd=folder).stdout
    assert "The hall costs 90 crowns a day." in told
    assert "14 words (figures: 2): all in a passage" in told
    assert "14 个词（其中数字 2 个）" in call_assay("read", "hall.pdf", "--lang", "zh", cwd=folder).stdout


def test_a_folder_tells_the_words_in_neither(folder: Path) -> None:
    told = call_assay("read", ".", cwd=folder).stdout
    assert "Words in neither" in told and "hall.pdf" in told


def test_the_page_shows_each_page_beside_what_was_read(folder: Path) -> None:
    page = folder / "hall.html"
    assert str(page) in call_assay("read", "hall.pdf", "--html", page, cwd=folder).stdout
    html = page.read_text()
    pictures: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: pictures.append(dict(attrs)["src"]) if tag == "img" else None  # type: ignore
    parser.feed(html)
    assert len(pictures) == 2 and all(one.startswith("data:image/png;base64,") for one in pictures)
    assert html.index("The hall costs 90") < html.index('id="p2"') < html.index("The attic costs 38")
    refused = call_assay("read", ".", "--html", page, cwd=folder)
    assert refused.returncode == 2 and "give a file" in refused.stderr
