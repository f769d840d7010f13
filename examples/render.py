"""Renders the documents of an example company from the texts in its `sources/`.

`sources/company.toml` holds its name and language, and how a page number is written. `sources/documents.csv` names
every document: where it goes, which text it is made from and, for a text with `{{gaps}}`, the CSV table and the column
that fill them. The suffix of the document decides the format. Rendering twice gives the same bytes with the same
library versions, and the same text with any: dates, identifiers and archive timestamps are fixed.

It reads a small Markdown only: `#` headings, paragraphs, `-` and `1.` lists and pipe tables, one line for each
paragraph or item, with no inline markup. Keep `&`, `<` and `>` out of the texts: some extractors lose them in DOCX.

    python render.py COMPANY [folder]      writes to documents/ in the company's folder, or to another folder
"""

import csv
import html
import io
import re
import sys
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document as WordFile
from openpyxl import Workbook
from openpyxl.styles import Font
from pptx import Presentation
from pptx.util import Inches, Length, Pt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FIXED_DATE = datetime(2025, 1, 2, 8, 0, 0)
SONG = "STSong-Light"  # every reader of PDF brings a font for this name: none is embedded


@dataclass(frozen=True)
class Company:
    """Whose documents they are. `lang` is a tag as HTML has it, `page` holds `{n}`."""

    name: str
    lang: str
    page: str

    @property
    def is_chinese(self) -> bool:
        """Whether lines are broken between characters, in a Chinese font."""
        return self.lang.startswith("zh")


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list or table. `rows` holds list items as rows of one cell; a table's header is first."""

    kind: str
    text: str = ""
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Text:
    """A parsed source: the title, the line on validity that heads and foots each page, and the blocks."""

    company: Company
    title: str
    status: str
    blocks: list[Block]


def load_company(sources: Path) -> Company:
    """The company of these sources."""
    return Company(**tomllib.loads((sources / "company.toml").read_text(encoding="utf-8")))


def load_values(table: Path, column: str) -> dict[str, str]:
    """The gaps' values by name: one column of a CSV table."""
    with table.open(encoding="utf-8", newline="") as file:
        return {row["name"]: row[column] for row in csv.DictReader(file)}


def fill_gaps(source: str, values: dict[str, str]) -> str:
    """`source` with each `{{name}}` replaced. Raises KeyError for a gap that the table does not name."""
    return re.sub(r"\{\{(\w+)\}\}", lambda gap: values[gap[1]], source)


def parse_line(line: str) -> Block:
    """The block that one line makes on its own; lists and tables are joined afterwards."""
    if heading := re.match(r"(#+) (.+)", line):
        return Block("heading", heading[2], level=len(heading[1]))
    if line.startswith("|"):
        return Block("table", rows=[[cell.strip() for cell in line.strip("| ").split("|")]])
    if line.startswith("- "):
        return Block("bullets", rows=[[line[2:]]])
    if item := re.match(r"\d+\. (.+)", line):
        return Block("steps", rows=[[item[1]]])
    return Block("paragraph", line)


def parse_text(source: str, company: Company) -> Text:
    """The title and status from the first two lines, then the blocks; neighbouring items and rows become one block."""
    title, status, *lines = source.splitlines()
    blocks: list[Block] = []
    after_blank = True
    for line in lines:
        if line.strip() and not re.fullmatch(r"[|\- ]+", line):
            block = parse_line(line)
            if blocks and not after_blank and block.rows and blocks[-1].kind == block.kind:
                blocks[-1].rows.extend(block.rows)
            else:
                blocks.append(block)
        after_blank = not line.strip()
    return Text(company, title.removeprefix("title: "), status.removeprefix("status: "), blocks)


def column_shares(rows: list[list[str]]) -> list[float]:
    """Each column's share of the width, by its longest cell, so that short cells stay on one line."""
    widest = [max(6, min(48, max(len(cell) for cell in column))) for column in zip(*rows, strict=True)]
    return [width / sum(widest) for width in widest]


def pdf_styles(company: Company) -> dict[str, ParagraphStyle]:
    """The paragraph styles by block kind; headings as `heading1` to `heading3`."""
    styles = latin_styles()
    if company.is_chinese:
        pdfmetrics.registerFont(UnicodeCIDFont(SONG))
        for style in styles.values():
            style.fontName, style.wordWrap = SONG, "CJK"
    return styles


def latin_styles() -> dict[str, ParagraphStyle]:
    """The styles in Helvetica."""
    sheet = getSampleStyleSheet()
    body = ParagraphStyle("body", parent=sheet["BodyText"], fontSize=10.5, leading=15, spaceAfter=7)
    cell = ParagraphStyle("cell", parent=body, fontSize=9, leading=11.5, spaceBefore=0, spaceAfter=0)
    headings = {f"heading{n}": sheet[f"Heading{n}"] for n in (1, 2, 3)}
    head = ParagraphStyle("head", cell, fontName="Helvetica-Bold")
    return {"title": sheet["Title"], "body": body, "cell": cell, "head": head} | headings


def pdf_table(rows: list[list[str]], styles: dict[str, ParagraphStyle]) -> Table:
    """A ruled table over the width of the page, its header repeated where it crosses pages."""
    row_styles = [styles["head"]] + [styles["cell"]] * (len(rows) - 1)
    cells = [[Paragraph(html.escape(cell), style) for cell in row] for row, style in zip(rows, row_styles, strict=True)]
    widths = [share * 170 * mm for share in column_shares(rows)]
    table = Table(cells, colWidths=widths, repeatRows=1, spaceBefore=4, spaceAfter=10)
    grid, shade = ("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke)
    table.setStyle(TableStyle([grid, shade]))
    return table


def pdf_block(block: Block, styles: dict[str, ParagraphStyle]) -> Flowable:
    """One block as a thing that reportlab can lay out."""
    if block.kind == "heading":
        return Paragraph(html.escape(block.text), styles[f"heading{min(3, block.level - 1)}"])
    if block.kind == "table":
        return pdf_table(block.rows, styles)
    if block.kind == "paragraph":
        return Paragraph(html.escape(block.text), styles["body"])
    items = [ListItem(Paragraph(html.escape(row[0]), styles["body"])) for row in block.rows]
    return ListFlowable(items, bulletType="bullet" if block.kind == "bullets" else "1", leftIndent=16)


def render_pdf(text: Text) -> bytes:
    """A4 pages, each with the title at its head and the status and page number at its foot."""
    styles, out, company = pdf_styles(text.company), io.BytesIO(), text.company

    def draw_margins(canvas: Any, page: Any) -> None:
        canvas.setFont(SONG if company.is_chinese else "Helvetica", 8)
        canvas.drawString(20 * mm, A4[1] - 12 * mm, f"{company.name} | {text.title}")
        canvas.drawString(20 * mm, 10 * mm, f"{text.status} | {company.page.format(n=page.page)}")

    title, status = Paragraph(html.escape(text.title), styles["title"]), Paragraph(text.status, styles["body"])
    story: list[Flowable] = [title, status, Spacer(1, 8), *(pdf_block(block, styles) for block in text.blocks)]
    page = {"leftMargin": 20 * mm, "rightMargin": 20 * mm, "topMargin": 20 * mm, "bottomMargin": 20 * mm}
    document = SimpleDocTemplate(out, pagesize=A4, invariant=1, title=text.title, author=company.name, **page)
    document.build(story, onFirstPage=draw_margins, onLaterPages=draw_margins)
    return out.getvalue()


def render_docx(text: Text) -> bytes:
    """A Word file with built-in styles, and the title and status in its running header and footer."""
    word = WordFile()
    word.sections[0].header.paragraphs[0].text = f"{text.company.name} | {text.title}"
    word.sections[0].footer.paragraphs[0].text = text.status
    word.add_heading(text.title, 0)
    word.add_paragraph(text.status)
    for block in text.blocks:
        add_to_word(word, block)
    word.core_properties.author, word.core_properties.title = text.company.name, text.title
    return saved(word.save)


def add_to_word(word: Any, block: Block) -> None:
    """Append one block to the Word file."""
    if block.kind == "heading":
        word.add_heading(block.text, block.level - 1)
    elif block.kind == "paragraph":
        word.add_paragraph(block.text)
    elif block.kind == "table":
        table = word.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
        for row, cells in zip(table.rows, block.rows, strict=True):
            for cell, value in zip(row.cells, cells, strict=True):
                cell.text = value
    else:
        for row in block.rows:
            word.add_paragraph(row[0], style="List Bullet" if block.kind == "bullets" else "List Number")


def render_pptx(text: Text) -> bytes:
    """A title slide, then one slide for each heading."""
    deck, top = Presentation(), Length(0)
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text, slide.placeholders[1].text = text.title, f"{text.company.name}\n{text.status}"
    for block in text.blocks:
        if block.kind == "heading":
            slide, top = deck.slides.add_slide(deck.slide_layouts[5]), Inches(1.4)
            slide.shapes.title.text = block.text
        else:
            top = add_to_slide(slide, block, top)
    deck.core_properties.author, deck.core_properties.title = text.company.name, text.title
    return saved(deck.save)


def add_to_slide(slide: Any, block: Block, top: Length) -> Length:
    """Append one block below `top`; the new lower edge."""
    if block.kind == "table":
        height = Inches(0.36 * len(block.rows))
        table = slide.shapes.add_table(len(block.rows), len(block.rows[0]), Inches(0.6), top, Inches(8.8), height).table
        cells = [(table.cell(r, c), value) for r, row in enumerate(block.rows) for c, value in enumerate(row)]
        for cell, value in cells:
            cell.text = value
            cell.text_frame.paragraphs[0].font.size = Pt(13)
        return Length(top + height + Inches(0.2))
    lines = [row[0] for row in block.rows] or [block.text]
    height = Inches(sum(0.34 * (1 + len(line) // 82) for line in lines))
    frame = slide.shapes.add_textbox(Inches(0.6), top, Inches(8.8), height).text_frame
    frame.word_wrap = True
    for n, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.text, paragraph.font.size = ("• " if block.rows else "") + line, Pt(16)
    return Length(top + height + Inches(0.15))


def render_html(text: Text) -> bytes:
    """A plain page with a site header and footer, as a company's web site has."""
    body = "\n".join(html_block(block) for block in text.blocks)
    title, status = html.escape(text.title), html.escape(text.status)
    root = f'<!doctype html>\n<html lang="{text.company.lang}">'
    head = f'{root}\n<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n'
    main = f"<header>{text.company.name}</header>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n"
    return f"{head}{main}<footer>{status}</footer>\n</body>\n</html>\n".encode()


def html_block(block: Block) -> str:
    """One block as HTML."""
    if block.kind == "heading":
        return f"<h{block.level}>{html.escape(block.text)}</h{block.level}>"
    if block.kind == "paragraph":
        return f"<p>{html.escape(block.text)}</p>"
    if block.kind == "table":
        return (
            "<table>\n"
            + "\n".join(html_row(row, "td" if n else "th") for n, row in enumerate(block.rows))
            + "\n</table>"
        )
    tag = "ul" if block.kind == "bullets" else "ol"
    return f"<{tag}>\n" + "\n".join(f"<li>{html.escape(row[0])}</li>" for row in block.rows) + f"\n</{tag}>"


def html_row(row: list[str], tag: str) -> str:
    """One table row as HTML, its cells in `tag`."""
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"


def render_md(text: Text) -> bytes:
    """Markdown with the title and the status above the blocks."""
    parts = [f"# {text.title}", text.status, *(md_block(block) for block in text.blocks)]
    return ("\n\n".join(parts) + "\n").encode()


def md_block(block: Block) -> str:
    """One block as Markdown."""
    if block.kind == "heading":
        return f"{'#' * block.level} {block.text}"
    if block.kind == "paragraph":
        return block.text
    if block.kind == "table":
        rule = ["---"] * len(block.rows[0])
        return "\n".join("| " + " | ".join(row) + " |" for row in [block.rows[0], rule, *block.rows[1:]])
    marks = ["-"] * len(block.rows) if block.kind == "bullets" else [f"{n}." for n in range(1, len(block.rows) + 1)]
    return "\n".join(f"{mark} {row[0]}" for mark, row in zip(marks, block.rows, strict=True))


def render_txt(text: Text) -> bytes:
    """Plain text: headings on lines of their own, lists with their marks."""
    lines = [text.title, text.status]
    for block in text.blocks:
        lines += ["", block.text if block.kind == "heading" else md_block(block)]
    return ("\n".join(lines) + "\n").encode()


def render_xlsx(folder: Path, company: Company) -> bytes:
    """A workbook with a sheet for each CSV file of `folder`, in the order of their names (`1-Rooms.csv` is "Rooms")."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for path in sorted(folder.glob("*.csv")):
        sheet = book.create_sheet(path.stem.split("-", 1)[1])
        with path.open(encoding="utf-8", newline="") as file:
            rows = [[cell_value(cell) for cell in row] for row in csv.reader(file)]
        for row in rows:
            sheet.append(row)
        sheet["A1"].font = Font(bold=True)
        for column in "ABCDEFG":
            sheet.column_dimensions[column].width = 24
    book.properties.creator = company.name
    return saved(book.save)


def cell_value(cell: str) -> str | int | float | None:
    """A number where the cell reads as one, None where it is empty."""
    if re.fullmatch(r"-?\d+", cell):
        return int(cell)
    return float(cell) if re.fullmatch(r"-?\d+\.\d+", cell) else cell or None


def saved(save: Callable[[Any], Any]) -> bytes:
    """What `save` writes, as an office archive with every date in it fixed."""
    raw, out = io.BytesIO(), io.BytesIO()
    save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, FIXED_DATE.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, fix_dates(old.read(name)) if name == "docProps/core.xml" else old.read(name))
    return out.getvalue()


def fix_dates(core: bytes) -> bytes:
    """The archive's properties with the times of creation and change replaced."""
    stamp = FIXED_DATE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, core)


RENDERERS = {
    ".pdf": render_pdf,
    ".docx": render_docx,
    ".pptx": render_pptx,
    ".html": render_html,
    ".md": render_md,
    ".txt": render_txt,
}


def render_document(row: dict[str, str], sources: Path, company: Company) -> bytes:
    """The document that one row of `documents.csv` describes."""
    source = sources / row["source"]
    if source.is_dir():
        return render_xlsx(source, company)
    return RENDERERS[Path(row["document"]).suffix](parse_text(fill_source(row, sources), company))


def fill_source(row: dict[str, str], sources: Path) -> str:
    """The text that one row of `documents.csv` names, its gaps filled."""
    values = load_values(sources / row["values"], row["column"]) if row["values"] else {}
    return fill_gaps((sources / row["source"]).read_text(encoding="utf-8"), values)


def render_all(example: Path, folder: Path) -> list[Path]:
    """Every document of an example company, written under `folder`; their paths in the order of the list."""
    sources = example / "sources"
    company = load_company(sources)
    with (sources / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    paths = [folder / row["document"] for row in rows]
    for row, path in zip(rows, paths, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render_document(row, sources, company))
    return paths


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python render.py COMPANY [folder]")
    for written in render_all(Path(sys.argv[1]), Path(sys.argv[-1]) / ("documents" if len(sys.argv) == 2 else "")):
        print(written)
