"""Real files of every kind, written by the libraries that people's own files come from."""

from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

DAYS = (0, 25, 22, 31, 28)  # by page; no run of numbers, which would look like page numbers
SENTENCE = "Employees who travel for more than four hours receive an allowance for each meal on the way. "


@pytest.fixture
def write_pdf() -> Callable[[Path], Path]:
    def write(path: Path, n_pages: int = 4, **options: object) -> Path:
        style = getSampleStyleSheet()
        story: list[object] = []
        for number in range(1, n_pages + 1):
            story.append(Paragraph(f"{number} Chapter {'ABCDEFG'[number - 1]}", style["Heading1"]))
            story.append(Paragraph(SENTENCE * 3 + f"The limit of this chapter is EUR {number}00.", style["BodyText"]))
            story.append(Table([["Country", "Days"], ["Norway", str(DAYS[number])], ["Japan", str(2 * DAYS[number])]]))
            story.append(PageBreak())

        def decorate(canvas: Canvas, template: SimpleDocTemplate) -> None:
            canvas.drawString(70, 810, "Acme travel policy | Version 7")
            canvas.drawString(70, 20, f"Page {template.page}")

        template = SimpleDocTemplate(str(path), pagesize=A4, title="Acme travel policy", **options)
        template.build(story, onFirstPage=decorate, onLaterPages=decorate)
        return path

    return write


@pytest.fixture
def folder(tmp_path: Path, write_pdf: Callable[[Path], Path]) -> Path:
    """One readable file of every kind, in a tree."""
    (tmp_path / "policies").mkdir()
    write_pdf(tmp_path / "policies" / "travel.pdf")
    _write_docx(tmp_path / "policies" / "leave.docx")
    _write_pptx(tmp_path / "review.pptx")
    _write_xlsx(tmp_path / "prices.xlsx")
    head, body = "<title>Q &amp; A</title>", "<h1>Claims</h1><p>Hand in <b>within</b> 45 days.</p>"
    (tmp_path / "faq.html").write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    (tmp_path / "guide.md").write_text(
        "---\ntitle: Guide\n---\n# Start\n\nCharge *first*, see [manual](m.pdf).\n", encoding="utf-8"
    )
    (tmp_path / "年假.txt").write_bytes("年假规定\n\n员工每年有十五天年假。\n".encode("gb18030"))
    (tmp_path / "rates.csv").write_text('Zone;Price\nA;"1,50"\nB;2\n', encoding="utf-8")
    return tmp_path


def _write_docx(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Leave policy", 0)
    document.add_heading("Annual leave", 1)
    document.add_paragraph("The number of days depends on the country.")
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, [("Country", "Days"), ("Norway", "25")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(path))


def _write_pptx(path: Path) -> None:
    deck = pptx.Presentation()
    for title, body in [("Revenue", "Revenue reached EUR 27 million"), ("People", "Headcount was 633")]:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = body
    deck.save(str(path))


def _write_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Instruments"
    for row in [["Price list 2025"], [], ["Code", "Price"], ["S200", 1485], ["S400", 3260]]:
        sheet.append(row)
    book.save(path)
