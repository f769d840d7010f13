"""PDFs as programs make them: columns, tables, forms, turned and cropped pages."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from assay.corpus.chunking import split_document
from assay.corpus.document import Document, Passage
from assay.corpus.reading import read_file

Draw = Callable[[Canvas], None]
LEFT = [
    "Guests park behind the house.",
    "The gate opens at seven in",
    "the morning and closes when",
    "the last train has left.",
]
RIGHT = [
    "Bicycles stand in the yard.",
    "Whoever leaves one there over",
    "night writes a name on it, and",
    "the porter keeps the list.",
]


def _draw(path: Path, *pages: Draw, **options: object) -> Document:
    canvas = Canvas(str(path), pagesize=A4, **options)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return _read(path)


def _read(path: Path) -> Document:
    read = read_file((path, path.name))
    assert isinstance(read, Document), read
    return read


def _text(document: Document) -> str:
    return "\n\n".join(page.text for page in document.pages)


def _passages(document: Document) -> list[Passage]:
    return split_document(document)


def _lines(canvas: Canvas, x: float, y: float, lines: list[str], step: float = 14) -> None:
    for number, line in enumerate(lines):
        canvas.drawString(x, y - number * step, line)


def test_columns_that_are_drawn_row_by_row_are_read_one_after_the_other(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            canvas.drawString(60, 700 - 14 * number, left)
            canvas.drawString(320, 700 - 14 * number, right)

    text = " ".join(_text(_draw(tmp_path / "a.pdf", page)).split())
    assert " ".join(LEFT) in text and " ".join(RIGHT) in text


def test_an_empty_cell_stays_empty(tmp_path: Path) -> None:
    table = Table([["Room", "Summer", "Winter"], ["Attic", "", "38"], ["Cellar", "27", ""], ["Hall", "61", "74"]])
    path = tmp_path / "a.pdf"
    SimpleDocTemplate(str(path)).build([table])
    lines = _text(_read(path)).split("\n")
    assert "| Attic |  | 38 |" in lines and "| Cellar | 27 |  |" in lines and "| Hall | 61 | 74 |" in lines


def test_a_table_has_its_head_on_the_next_page(tmp_path: Path) -> None:
    rows = [[f"Room {'abcdefgh'[n % 8]}{n}", str(17 * n + 3), str(23 * n + 5)] for n in range(60)]
    path = tmp_path / "a.pdf"
    SimpleDocTemplate(str(path)).build([Table([["Room", "Summer", "Winter"], *rows])])
    passages = _passages(_read(path))
    assert {passage.page for passage in passages} == {1, 2}
    assert all(passage.text.startswith("Room | Summer | Winter\n") for passage in passages)


def test_titles_that_count_lead_their_own_pages(tmp_path: Path) -> None:
    def level(number: int) -> Draw:
        def page(canvas: Canvas) -> None:
            canvas.setFont("Helvetica-Bold", 15)
            canvas.drawString(60, 780, f"Noise level {number}")
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, 750, f"Machines of this kind stand {17 * number} metres from the nearest window.")

        return page

    passages = _passages(_draw(tmp_path / "a.pdf", *map(level, range(1, 6))))
    assert [p.heading.rsplit(" > ")[-1] for p in passages] == [f"Noise level {n}" for n in range(1, 6)]


def test_a_bold_line_leads_no_page_but_its_own_and_the_next(tmp_path: Path) -> None:
    def plain(word: str) -> Draw:
        def page(canvas: Canvas) -> None:
            _lines(
                canvas, 60, 780, [f"The {word} is cleaned once a week, and whoever finds it dirty", "tells the porter."]
            )

        return page

    def titled(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(60, 800, "Cleaning")
        canvas.setFont("Helvetica", 10)
        plain("hall")(canvas)

    passages = _passages(_draw(tmp_path / "porter.pdf", titled, *map(plain, ("attic", "cellar", "yard"))))
    assert [passage.heading.endswith("Cleaning") for passage in passages] == [True, True, False, False]


def test_values_and_ticks_of_a_form_stand_at_their_labels(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        form = canvas.acroForm
        canvas.drawString(60, 700, "Borrower:")
        form.textfield(name="who", value="Ines Okoro", x=150, y=694, width=180, height=18)
        canvas.drawString(60, 660, "Insured")
        form.checkbox(name="insured", checked=True, x=150, y=654, size=16)
        canvas.drawString(60, 620, "Damaged")
        form.checkbox(name="damaged", checked=False, x=150, y=614, size=16)

    lines = [line.strip() for line in _text(_draw(tmp_path / "a.pdf", page)).split("\n")]
    assert lines == ["Borrower: Ines Okoro", "Insured yes", "Damaged no"]


def test_a_word_that_is_broken_at_the_end_of_a_line_is_one(tmp_path: Path) -> None:
    style = getSampleStyleSheet()["BodyText"]
    text = (
        "Whoever borrows the projector signs for the re-<br/>imbursement of its lamp, and brings the non-<br/>slip mat."
    )
    path = tmp_path / "a.pdf"
    SimpleDocTemplate(str(path)).build([Paragraph(text, style), Spacer(1, 20), Paragraph("A non-slip mat.", style)])
    read = " ".join(_text(_read(path)).split())
    assert "the reimbursement of" in read and "the non-slip mat" in read


@pytest.mark.parametrize("set_box", ["set_cropbox", "set_mediabox"])
def test_a_page_whose_box_begins_elsewhere_keeps_its_lines(tmp_path: Path, set_box: str) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(130, 700, "The deposit for the large hall is 237,196 crowns.")
        canvas.drawString(480, 120, "Key 4471")

    _draw(tmp_path / "whole.pdf", page)
    whole = pdfium.PdfDocument(tmp_path / "whole.pdf")
    getattr(whole[0], set_box)(110, 90, 560, 800)
    whole.save(tmp_path / "cut.pdf")
    whole.close()
    assert _text(_read(tmp_path / "cut.pdf")) == _text(_read(tmp_path / "whole.pdf"))


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_read_like_an_upright_one(tmp_path: Path, degrees: int) -> None:
    def page(canvas: Canvas) -> None:
        for number, room in enumerate(["Attic", "Cellar", "Hall", "Yard"]):
            canvas.drawString(80, 700 - 20 * number, room)
            canvas.drawString(300, 700 - 20 * number, str(13 * number + 4))
            canvas.drawString(400, 700 - 20 * number, str(29 * number + 6))

    upright = _text(_draw(tmp_path / "a.pdf", page))
    assert "| Cellar | 17 | 35 |" in upright

    def sideways(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(degrees)
        canvas.translate(-300, -400)
        page(canvas)

    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        page(canvas)

    assert _text(_draw(tmp_path / "sideways.pdf", sideways)) == upright
    assert _text(_draw(tmp_path / "turned.pdf", turned)) == upright


def test_a_raised_number_stands_apart_from_the_number_that_it_is_at(tmp_path: Path) -> None:
    style = getSampleStyleSheet()["BodyText"]
    path = tmp_path / "a.pdf"
    lines = ["At most 10<super>6</super> germs a litre.", "The fee is 480<super>2</super> crowns."]
    SimpleDocTemplate(str(path)).build([Paragraph(line, style) for line in lines])
    assert "10^6 germs" in _text(_read(path)) and "480^2 crowns" in _text(_read(path))


def test_a_page_that_shows_nothing_is_told(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "The hall is closed on the first Monday of each month.")

    read = _draw(tmp_path / "a.pdf", page, lambda canvas: None)
    assert [(one.reason, one.page) for one in read.left_out] == [("blank", 2)] and read.unread_pages == ()


def test_a_title_of_the_metadata_counts_where_the_document_says_it_too(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(60, 780, "Rules of the village hall")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 750, "Whoever rents the hall leaves it as it was found.")

    def titled(name: str, title: str) -> str:
        canvas_title: Draw = lambda canvas: (canvas.setTitle(title), page(canvas))[1]  # noqa: E731
        return _draw(tmp_path / name, canvas_title).title

    assert titled("hall-rules-2.pdf", "Village hall: rules") == "Village hall: rules"
    assert titled("hall-rules-3.pdf", "0000912057-26-000123") == "Rules of the village hall"
    assert titled("tenants-of-2026.pdf", "0000912057-26-000123") == "tenants-of-2026"
    assert titled("hall.pdf", "Minutes of the board") == "Rules of the village hall"
