import io
import os
import re
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from openpyxl.comments import Comment
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from assay.corpus import Document, SkippedFile, read_documents
from assay.corpus.office import MAX_UNPACKED_BYTES
from assay.corpus.reading import read_file

PACK = Path(os.environ.get("SHARED_DATA", "../shared/data")) / "robust_pack" / "raw"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "draw", "presentation")
)


def _read(path: Path) -> Document:
    result = read_file((path, path.name))
    assert isinstance(result, Document), result
    return result


def _text(path: Path) -> str:
    return "\n".join(page.text for page in _read(path).pages)


def _reason(path: Path) -> str:
    result = read_file((path, path.name))
    assert isinstance(result, SkippedFile), result
    return result.reason


def _write_open_document(path: Path, kind: str, body: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='m'/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES}><office:body>'
            f"{body}</office:body></office:document-content>",
        )
    return path


def _row(*cells: str) -> str:
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row>{inner}</table:table-row>"


def test_an_open_document_keeps_headings_and_tables(tmp_path: Path) -> None:
    heading = '<text:h text:outline-level="1">R&amp;D 年假</text:h><text:p>Costs x &lt; 5.</text:p>'
    table = f'<table:table table:name="T">{_row("Country", "Days")}{_row("Norway", "25")}</table:table>'
    path = _write_open_document(tmp_path / "a.odt", "text", f"<office:text>{heading}{table}</office:text>")
    assert _read(path).title == "R&D 年假"
    table = "| Country | Days |\n| --- | --- |\n| Norway | 25 |"
    assert _text(path).split("\n\n") == ["# R&D 年假", "Costs x \\< 5.", table]


def test_slides_of_an_open_document(tmp_path: Path) -> None:
    table = f"<table:table>{_row('Country', 'Days')}{_row('Norway', '25')}</table:table>"
    inner = "<text:list><text:list-item><text:p>R&amp;D</text:p></text:list-item></text:list>"
    items = f"<text:list><text:list-item><text:p>First</text:p>{inner}</text:list-item></text:list>"
    title = "<draw:frame presentation:class='title'><text:p>Annual<text:s/>leave</text:p></draw:frame>"
    words = "<text:p>Speak <text:span>*slowly*</text:span>.</text:p>"
    notes = f"<presentation:notes><draw:frame>{words}</draw:frame></presentation:notes>"
    pages = (f"{title}<draw:frame>{items}</draw:frame>{notes}", f"<draw:frame>{table}</draw:frame>")
    body = "".join(f"<draw:page>{page}</draw:page>" for page in pages)
    body = f"<office:presentation>{body}</office:presentation>"
    first, second = _read(_write_open_document(tmp_path / "a.odp", "presentation", body)).pages
    assert first.number == 1 and first.text == "# Annual leave\n\n- First\n  - R&D\n\nSpeak \\*slowly\\*."
    assert second.text == "| Country | Days |\n| --- | --- |\n| Norway | 25 |"


def test_sheets_of_open_documents_and_macro_workbooks(tmp_path: Path) -> None:
    table = f'<table:table table:name="Limits">{_row("Country", "Days")}{_row("Norway", "25")}</table:table>'
    body = f"<office:spreadsheet>{table}</office:spreadsheet>"
    path = _write_open_document(tmp_path / "a.ods", "spreadsheet", body)
    assert _text(path) == "## Limits\n\n| Country | Days |\n| --- | --- |\n| Norway | 25 |"
    book = openpyxl.Workbook()
    book.active.append(["Code", "Price"])
    book.active.append(["S200", 1485])
    book.save(tmp_path / "a.xlsm")
    assert "| S200 | 1485 |" in _text(tmp_path / "a.xlsm")


def test_rich_text_in_a_chinese_code_page(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1\ansi\ansicpg936 R&D \'c4\'ea\'bc\'d9 \u22825?\par Second line.\par}")
    assert _text(path).startswith("R&D 年假 天") and "Second line." in _text(path)
    path.rename(tmp_path / "b.doc")  # as some programs name it
    assert "Second line." in _text(tmp_path / "b.doc")


def test_a_web_page_named_as_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text("<html><table><tr><th>Code</th></tr><tr><td>S200</td></tr></table></html>")
    assert "| S200 |" in _text(tmp_path / "a.xls")


def test_a_docx_keeps_signs_and_formulas(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("R&D <costs>", 1)
    document.add_paragraph("AT&T pays x < 5 and y > 3 for List<String>.")
    document.add_table(1, 2).cell(0, 0).text = "A&B"
    document.save(str(tmp_path / "a.docx"))
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    maths = b"<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t>E=mc</m:t></m:r>"
    body = parts["word/document.xml"]
    parts["word/document.xml"] = body.replace(
        b"</w:p>", b"<w:r><w:t> &#8217; </w:t></w:r>" + maths + b"</m:oMath></w:p>", 1
    )
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    text = _text(tmp_path / "b.docx").replace("\\", "")
    assert "R&D <costs>" in text and "AT&T pays x < 5 and y > 3 for List<String>." in text and "A&B" in text
    assert "’" in text and "E=mc" in text
    assert _read(tmp_path / "b.docx").title.startswith("R&D <costs>")


def test_a_workbook_shows_percentages_as_its_reader_sees_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Rate", "Share", "Growth", "Plain", "Text"])
    book.active.append([0.125, 0.5, "=B2/4", 0.125, "n/a"])
    for cell, code in (("A2", "0.0%"), ("B2", "0%"), ("C2", "0.00%"), ("E2", "0%")):
        book.active[cell].number_format = code
    book.save(tmp_path / "a.xlsx")
    row = _text(tmp_path / "a.xlsx").split("\n")[-1]
    assert row.startswith("| 12.5% | 50% |") and row.endswith("| 0.125 | n/a |")


def test_tables_side_by_side_are_parted_and_forms_are_not(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    left, right = [["a", "b"], [1, 2], [3, 4]], [["c", "d"], [5, 6], [7, 8]]
    for one, other in zip(left, right, strict=True):
        book.active.append([None, *one, None, None, *other])
    book.active.append([])
    for row in (["Name:", None, None, "Ada"], ["Age:", None, None, "36"], ["Town:", None, None, "Rome"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert _text(tmp_path / "a.xlsx").split("\n\n")[1:] == [
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |",
        "| c | d |\n| --- | --- |\n| 5 | 6 |\n| 7 | 8 |",
        "| Name: |  |  | Ada |\n| --- | --- | --- | --- |\n| Age: |  |  | 36 |\n| Town: |  |  | Rome |",
    ]


def test_a_slide_keeps_its_chart_and_its_speaker_notes(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    for title in ("First", "Second"):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = title
    slide.notes_slide.notes_text_frame.text = "Thank R&D *first*."
    chart = CategoryChartData()
    chart.categories = ["East", "West"]
    chart.add_series("2025", (19.2, None))
    chart.add_series("2026", (20, 22.5))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 10**6, 10**6, chart)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "Revenue"
    deck.slides._sldIdLst.insert(0, deck.slides._sldIdLst[1])  # the second file is the first slide
    deck.save(str(tmp_path / "a.pptx"))
    first, second = (page.text for page in _read(tmp_path / "a.pptx").pages)
    table = "| Revenue | 2025 | 2026 |\n| --- | --- | --- |\n| East | 19.2 | 20 |\n| West |  | 22.5 |"
    assert first.startswith("## Second\n\n") and sorted(first.split("\n\n")[1:]) == ["Thank R&D \\*first\\*.", table]
    assert second == "## First"


def test_comments_are_read_and_where_they_stand(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The limit is 25 days.")
    document.add_comment(paragraph.runs, "Ask HR & legal.", author="Ada")
    document.save(str(tmp_path / "a.docx"))
    read = _read(tmp_path / "a.docx")
    assert read.title == "a"  # our heading names no document
    assert re.fullmatch(
        r"The limit is 25 days\.\n\n# Comments\n\nAda, \d{4}-\d\d-\d\d: Ask HR & legal\.", read.pages[0].text
    )
    book = openpyxl.Workbook()
    book.active.append(["Country", "Days"])
    book.active["B1"].comment = Comment("Working days.", "Ada")
    book.save(tmp_path / "a.xlsx")
    assert _text(tmp_path / "a.xlsx").endswith("# Comments\n\nB1, Ada: Working days.")


def test_slides_with_a_linked_picture_are_read(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Harbours"
    deck.save(str(tmp_path / "a.pptx"))
    with zipfile.ZipFile(tmp_path / "a.pptx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    picture = b'<p:pic><p:nvPicPr><p:cNvPr id="9" name="x"/></p:nvPicPr><p:blipFill><a:blip/></p:blipFill></p:pic>'
    name = "ppt/slides/slide1.xml"
    parts[name] = parts[name].replace(b"</p:spTree>", picture + b"</p:spTree>")
    with zipfile.ZipFile(tmp_path / "b.pptx", "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    assert "Harbours" in _text(tmp_path / "b.pptx")


def test_a_chinese_message_with_attachments(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "年假政策 R&D", "a@b.example", "c@d.example"
    message.set_content("你好，AT&T：\n# 第二行\n\n再见\n", charset="gb2312")
    message.add_attachment(b"Country,Days\nNorway,25\n", maintype="text", subtype="csv", filename="limits.csv")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="tool.exe")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    document = _read(tmp_path / "a.eml")
    assert document.title == "年假政策 R&D"
    text = document.pages[0].text
    assert text.startswith("From: a@b.example  \nTo: c@d.example\n\n你好，AT&T：") and "\n\\# 第二行" in text
    assert "# limits.csv\n\n| Country | Days |\n| --- | --- |\n| Norway | 25 |\n\n# tool.exe" in text


def test_attachments_are_read_or_listed_with_the_reason(tmp_path: Path) -> None:
    forwarded, message = EmailMessage(), EmailMessage()
    forwarded["Subject"] = "Hotels"
    forwarded.set_content("A night costs at most 140 euros.")
    forwarded.add_attachment(b"%PDF-1.7 cut", maintype="application", subtype="pdf", filename="rates.pdf")
    message["Subject"] = "Fwd"
    message.set_content("See below.")
    message.add_attachment(forwarded)
    message.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="tool.exe")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    documents, skipped = read_documents(tmp_path)
    text = documents[0].pages[0].text
    assert "# Hotels.eml" in text and "140 euros" in text and "# rates.pdf" in text
    assert [file.path for file in skipped] == ["a.eml"]
    reason = skipped[0].reason
    assert reason.startswith("read, but for attachments: Hotels.eml: rates.pdf: the file is broken")
    assert reason.endswith("tool.exe: .exe is not read")


def test_a_message_in_html_alone(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Terms"
    message.set_content("<h1>第一</h1><p>AT&amp;T pays.</p>", subtype="html", charset="gb2312")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    assert _text(tmp_path / "a.eml") == "# 第一\n\nAT&T pays."


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_tables_in_text_by_their_separator(tmp_path: Path, separator: str) -> None:
    path = tmp_path / ("a.tsv" if separator == "\t" else "a.csv")
    path.write_text(f"Country{separator}Days\nNorway{separator}25\n")
    assert _text(path) == "| Country | Days |\n| --- | --- |\n| Norway | 25 |"


def test_a_small_archive_that_unpacks_to_a_huge_one_is_refused(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(MAX_UNPACKED_BYTES // 10_000_000 + 1):
            part.write(bytes(10_000_000))
    assert (tmp_path / "bomb.docx").stat().st_size < 1_000_000
    assert "too large" in _reason(tmp_path / "bomb.docx") and "unpack" in _reason(tmp_path / "bomb.docx")


def test_an_encrypted_office_file_says_so(tmp_path: Path) -> None:
    wrapped = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "a.docx").write_bytes(wrapped)
    assert "password" in _reason(tmp_path / "a.docx")


@pytest.mark.skipif(not PACK.is_dir(), reason=f"older binary formats have no writer here, and there is no {PACK}")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("legacy_office_zh/TestChineseProperties.doc", "世界雅虎"),
        ("legacy_office_zh/chinese-provinces.xls", "| Chongqing | 重庆市 |"),
        ("legacy_office_zh/54880_chinese.ppt", "カタカナ"),
        ("formats_valid/msg_simple.msg", "This is a simple email body."),
        ("formats_valid/test.epub", "Chapter 2"),
    ],
)
def test_older_formats(name: str, words: str) -> None:
    assert words in _text(PACK / name)


def test_the_parser_is_not_told_what_the_archive_says_of_itself(tmp_path: Path) -> None:
    """A part that lies about its size is still cut off by the worker's limits; an archive in pieces is left to it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    (tmp_path / "cut.docx").write_bytes(data.getvalue()[:-10])
    assert "broken" in _reason(tmp_path / "cut.docx")
