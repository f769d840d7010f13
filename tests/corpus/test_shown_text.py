"""What stands in office files, pages and mail is read as their programs show it."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pptx.util import Cm

from assay.corpus import build_corpus
from assay.corpus.dating import tells_time
from assay.corpus.list_numbers import spell_number
from assay.corpus.number_formats import format_number
from assay.corpus.office_formulas import render_formula
from assay.corpus.symbols import decode_symbols
from assay.corpus.xml_parts import parse_local

_MATHS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_W = nsdecls("w")


def _read(path: Path) -> str:
    return "\n\n".join(passage.text for passage in build_corpus(path).passages)


def _word(path: Path, *paragraphs: str, change: Callable[[docx.document.Document], None] | None = None) -> str:
    """What is read of a document of paragraphs, each given by its inner XML."""
    document = docx.Document()
    for inner in paragraphs:
        document.element.body.insert(-1, parse_xml(f"<w:p {_W} {_MATHS}>{inner}</w:p>"))
    if change:
        change(document)
    document.save(str(path))
    return _read(path)


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("<w:r><w:t>Desk 4</w:t><w:tab/><w:t>12 lamps</w:t></w:r>", "Desk 4 12 lamps"),
        ("<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op, a</w:t><w:softHyphen/><w:t>top</w:t></w:r>", "co-op, atop"),
        (_run("semi") + _run("annual", "<w:b/>") + _run(" 2") + _run("75", "<w:i/>"), "semiannual 275"),
        (_run("8 m") + _run("3", '<w:vertAlign w:val="superscript"/>') + _run(" of sand"), "8 m^3 of sand"),
        (_run("The 2") + _run("nd", '<w:vertAlign w:val="superscript"/>') + _run(" key"), "The 2nd key"),
        (_run("Paid. ") + _run("Secret 7.", "<w:vanish/>") + _run("Open.", '<w:vanish w:val="0"/>'), "Paid. Open."),
        (f"<w:del>{_run('ten')}</w:del><w:ins>{_run('nine')}</w:ins>{_run(' keys')}", "nine keys"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 18 years</w:t></w:r>', "≥ 18 years"),
        (_FIELD.format("begin") + "<w:r><w:instrText>DATE</w:instrText></w:r>" + _FIELD.format("separate")
         + _run("4 May") + _FIELD.format("end") + _run(" at noon"), "4 May at noon"),
        (_run("x ") + "<m:oMath><m:rad><m:deg/><m:e><m:r><m:t>2a</m:t></m:r></m:e></m:rad></m:oMath>", "x √2a"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
         "</w:fldChar></w:r>" + _FIELD.format("end") + _run(" insured"), "☒ insured"),
        (f"<w:sdt><w:sdtContent>{_run('Chosen: blue')}</w:sdtContent></w:sdt>", "Chosen: blue"),
    ],
)  # fmt: skip
def test_a_paragraph_of_a_word_document(inner: str, shown: str, tmp_path: Path) -> None:
    assert _word(tmp_path / "a.docx", inner) == shown


def test_headers_and_footers_are_read_once_and_page_numbers_are_not(tmp_path: Path) -> None:
    def change(document: docx.document.Document) -> None:
        section = document.sections[0]
        section.header.paragraphs[0].text = "Valid from 3 June 2024"
        section.footer.paragraphs[0].text = "Page 1 of 9"
        section.first_page_header.paragraphs[0].text = "Shown on no page"
        document.add_section().header.is_linked_to_previous = False
        document.sections[1].header.paragraphs[0].text = "Valid from 3 June 2024"

    assert _word(tmp_path / "a.docx", _run("Bring a lamp."), change=change) == "Valid from 3 June 2024\n\nBring a lamp."
    assert build_corpus(tmp_path / "a.docx").documents[0].date == "2024-06-03"


def test_numbers_of_paragraphs_are_counted_as_word_does(tmp_path: Path) -> None:
    levels = [("upperRoman", "Part %1"), ("lowerLetter", "%2)"), ("decimal", "%1.%3")]
    numbered = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(levels)
    )

    def change(document: docx.document.Document) -> None:
        root = document.part.numbering_part.element
        root.insert(0, parse_xml(f'<w:abstractNum {_W} w:abstractNumId="77">{numbered}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {_W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))

    def at(level: int, text: str) -> str:
        return f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr></w:pPr>{_run(text)}'

    paragraphs = [at(0, "Keys"), at(1, "lost"), at(1, "found"), at(0, "Lamps"), at(1, "old"), at(2, "broken")]
    assert _word(tmp_path / "a.docx", *paragraphs, change=change).split("\n\n") == [
        "Part I Keys", "a) lost", "b) found", "Part II Lamps", "a) old", "II.1 broken",
    ]  # fmt: skip


def test_merged_cells_and_boxes_of_a_word_document(tmp_path: Path) -> None:
    def change(document: docx.document.Document) -> None:
        table = document.add_table(3, 3)
        for row, words in zip(table.rows, ("Hall Lamp Watt", "North old 40", "x new 9"), strict=True):
            for cell, word in zip(row.cells, words.split(), strict=True):
                cell.text = word
        table.cell(2, 0).text = ""
        table.cell(1, 0).merge(table.cell(2, 0))

    box = f"<w:r><w:pict><w:txbxContent><w:p>{_run('Ask Mara first.')}</w:p></w:txbxContent></w:pict></w:r>"
    text = _word(tmp_path / "a.docx", _run("Lamps.") + box, change=change)
    assert text == "Lamps.\n\nAsk Mara first.\nHall | Lamp | Watt\nNorth | old | 40\nNorth | new | 9"


@pytest.mark.parametrize(
    ("number", "kind", "spelled"),
    [
        (28, "lowerLetter", "bb"),
        (1994, "upperRoman", "MCMXCIV"),
        (305, "chineseCounting", "三百零五"),
        (12, "ordinal", "12th"),
    ],
)
def test_numbers_of_lists(number: int, kind: str, spelled: str) -> None:
    assert spell_number(number, kind) == spelled


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (80.5, '[$£-809]#,##0.00', "£80.50"), (-7, '0.0;[Red]"minus "0.0', "minus 7.0"), (0, '0;-0;"none"', "none"),
        (3_400_000, '0.0,,"m"', "3.4m"), (0.0625, "# ?/?", "1/9"), (1 / 3, "0.0%", "33.3%"), (7, "000", "007"),
        (1.25, "[h]:mm", "30:00"), (0.75, "h AM/PM", "6:00 PM"), (45413, "dd.mm.yy", "2024-05-01"),
        (60.5, '[<100]0.0" kg";0" t"', "60.5 kg"),
        (1e-9, "0.0E+00", "1.0E-09"), (2.0, "General", "2"), (45413, "mmmm yyyy", "May 2024"),
        (0.1 + 0.7, "General", "0.8"),
    ],
)  # fmt: skip
def test_numbers_in_the_formats_of_spreadsheets(value: float, code: str, shown: str) -> None:
    assert format_number(value, code) == shown


def test_a_workbook_as_it_is_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Hall", "Lamp", "Watt"],
        ["North", "old", 40],
        [None, "new", 9],
        ["gone", "x", 1],
        ["Sum", None, "=C2+C3"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[4].hidden = True
    sheet["C2"].number_format = '0" W"'
    book.create_sheet("Drafts").append(["Never", "shown"])
    book["Drafts"].sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    corpus = build_corpus(tmp_path / "a.xlsx")
    text = "\n".join(passage.text for passage in corpus.passages)
    assert text == "Hall | Lamp | Watt\nNorth | old | 40 W\nNorth | new | 9\nSum |  | =C2+C3"
    assert [(one.text, one.reason) for one in corpus.documents[0].left_out] == [
        ("gone\nx\n1", "hidden"), ("Drafts\nNever | shown", "hidden"),
    ]  # fmt: skip


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:table="{_ODF}:table:1.0"'
_SPACES += f' xmlns:style="{_ODF}:style:1.0" xmlns:fo="{_ODF}:xsl-fo-compatible:1.0"'


def _open_document(path: Path, kind: str, body: str, styles: str = "") -> Path:
    content = f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
    content += f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
    return path


def test_open_text_as_it_is_shown(tmp_path: Path) -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {told}/></style:style>'
        for name, told in (("Up", 'style:text-position="super 58%"'), ("No", 'text:display="none"'))
    )
    level = '<text:list-level-style-number text:level="1" style:num-format="A" style:num-suffix=")"/>'
    styles += f'<text:list-style style:name="L">{level}</text:list-style>'
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    body = (
        "<text:tracked-changes><text:p>Struck out</text:p></text:tracked-changes>"
        "<text:p>Rent is <text:span>4<text:span>20</text:span></text:span><text:tab/>euros, 6 m"
        '<text:span text:style-name="Up">2</text:span><text:span text:style-name="No"> hidden</text:span>.'
        "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Or 400.</text:p></text:note-body></text:note>"
        f'</text:p><text:list text:style-name="L">{item.format("Heat")}{item.format("Water")}</text:list>'
    )
    assert _read(_open_document(tmp_path / "a.odt", "text", body, styles)) == (
        "Rent is 420 euros, 6 m^2.[^1]\n\n[^1]: Or 400.\n\nA) Heat\n\nB) Water"
    )


def test_open_sheets_as_they_are_shown(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value="{}"{}><text:p>{}</text:p></table:table-cell>'
    rows = f"<table:table-row>{cell.format('', '', 'Tax')}{cell.format('', '', 'Share')}</table:table-row>"
    spanned = ' table:number-rows-spanned="2"'
    rows += f"<table:table-row>{cell.format('', spanned, 'Import')}{cell.format(0.055, '', '5.5 %')}</table:table-row>"
    rows += f"<table:table-row><table:covered-table-cell/>{cell.format(0.5, '', '50 %')}</table:table-row>"
    path = _open_document(tmp_path / "a.ods", "spreadsheet", f'<table:table table:name="T">{rows}</table:table>')
    assert _read(path) == "Tax | Share\nImport | 5.5 %\nImport | 50 %"


def test_slides_as_they_are_shown(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    for title in ("Lamps", "Never", "Keys"):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        paragraph = slide.placeholders[1].text_frame.paragraphs[0]
        for part in (f"{title} cost 1", "0,5", "00 eu", "ros"):
            paragraph.add_run().text = part
    slide.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(2)).text_frame.text = "In a box"
    deck.slides[1]._element.set("show", "0")
    deck.save(str(tmp_path / "a.pptx"))
    corpus = build_corpus(tmp_path / "a.pptx")
    assert [(passage.page, passage.text) for passage in corpus.passages] == [
        (1, "Lamps cost 10,500 euros"), (3, "Keys cost 10,500 euros\n\nIn a box"),
    ]  # fmt: skip
    assert [(one.page, one.reason) for one in corpus.documents[0].left_out] == [(2, "hidden")]


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("<p>2<sup>8</sup> keys, the 3<sup>rd</sup> one</p>", "2^8 keys, the 3rd one"),
        ("<p>See<sup><a href='#n'>[4]</a></sup> there</p>", "See[4] there"),
        ("<p>Colour <select><option>red<option selected>blue</select></p>", "Colour blue"),
        ("<p><input type=checkbox checked> paid <input type=hidden value=token></p>", "☒ paid"),
        ("<p>Is <math><msqrt><mn>9</mn></msqrt></math> three?</p>", "Is √9 three?"),
        ("<p>half<b>way</b> and <ins>now</ins></p>", "halfway and now"),
        ("<div class=cookie-policy-notice><h2>Cookies</h2><p>Kept for a week.</p></div><p>More.</p>",
         "Kept for a week.\n\nMore."),
        ("<p>Text.</p><div id=cookie-notice>We use cookies. <button>Fine</button></div>", "Text."),
        ("<dialog open><p>The rules of the house are long and stand here.</p></dialog>",
         "The rules of the house are long and stand here."),
    ],
)  # fmt: skip
def test_a_web_page_as_it_is_shown(inner: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><body>{inner}</body></html>", encoding="utf-8")
    assert _read(tmp_path / "a.html") == shown


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (r"{\deleted nine }ten keys", "ten keys"),
        (r"{\v unseen }seen", "seen"),
        (r"12\~500 m{\super 3} of co\_op", "12 500 m^3 of co-op"),
        (r"{\listtext\pard 4.\tab}Lock up", "4. Lock up"),
    ],
)
def test_rich_text_as_it_is_shown(inner: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\pard " + inner.encode() + rb"\par}")
    assert _read(tmp_path / "a.rtf") == shown


def test_a_number_tells_a_time_only_with_words_that_do() -> None:
    told = "the rules of 2019 or 2019 chairs"
    assert tells_time(told, 13, 17) and not tells_time(told, 21, 25)


def test_signs_of_fonts() -> None:
    assert decode_symbols("\uf061 \uf0b1", "Symbol") == "α ±" and decode_symbols("a", "Arial") == "a"


def test_the_shape_of_a_formula(tmp_path: Path) -> None:
    name = "f.xml"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, "<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>3</mn></mfrac></math>")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert render_formula(parse_local(archive, name)) == "(a+b)/3"


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("<mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac><mi>h</mi>", "2 1/2 h"),
        ("<msup><mn>10</mn><mn>6</mn></msup><mn>5</mn>", "10^6 5"),
        ("<mn>2</mn><msup><mi>x</mi><mn>3</mn></msup><mo>+</mo><mn>1</mn>", "2x^3+1"),
    ],
)
def test_numbers_beside_a_fraction_or_a_power_stay_apart(inner: str, shown: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("f.xml", f"<math><mrow>{inner}</mrow></math>")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert render_formula(parse_local(archive, "f.xml")) == shown


def _left_out(path: Path) -> list[tuple[str, str]]:
    return [(one.text, one.reason) for one in build_corpus(path).documents[0].left_out]


def test_what_a_word_document_does_not_show_is_left_out_by_name(tmp_path: Path) -> None:
    form = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="red"/>'
    form += '<w:listEntry w:val="blue"/></w:ddList></w:ffData></w:fldChar></w:r>'
    form += _FIELD.format("separate") + _run("pick one") + _FIELD.format("end")

    def change(document: docx.document.Document) -> None:
        document.sections[0].footer.paragraphs[0].text = "Page 3 of 9"
        document.sections[0].first_page_header.paragraphs[0].text = "On no page"
        table = document.add_table(2, 2)
        for cell, word in zip(table._cells, ("Hall", "Lamp", "North", "old"), strict=True):
            cell.text = word
        table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {_W}/>"))

    path = tmp_path / "a.docx"
    shown = _word(
        path, _run("Paid ") + form + _run(" 77 ", "<w:vanish/>") + f"<w:del>{_run('ten')}</w:del>", change=change
    )
    assert not any(word in shown for word in ("77", "ten", "pick", "North", "Page", "no page"))
    assert "blue" in shown
    assert sorted(_left_out(path)) == [
        ("North\nold", "hidden"), ("On no page", "hidden"), ("Page 3 of 9", "repeated"), ("pick one 77", "hidden"),
        ("ten", "deleted"),
    ]  # fmt: skip


def test_what_open_text_does_not_show_is_left_out_by_name(tmp_path: Path) -> None:
    body = "<text:tracked-changes><text:p>Struck out</text:p></text:tracked-changes><text:p>Rent is 420.</text:p>"
    body += '<text:section text:display="none"><text:p>For the board 9</text:p></text:section>'
    path = _open_document(tmp_path / "a.odt", "text", body)
    assert _read(path) == "Rent is 420."
    assert _left_out(path) == [("Struck out", "deleted"), ("For the board 9", "hidden")]


def test_what_a_slide_does_not_show_is_left_out_by_name(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Lamps"
    slide.placeholders[1].text_frame.text = "They cost 10 euros."
    box = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(2))
    box.text_frame.text = "Draft 77"
    box._element.nvSpPr.cNvPr.set("hidden", "1")
    deck.save(str(tmp_path / "a.pptx"))
    assert _read(tmp_path / "a.pptx") == "They cost 10 euros."
    assert _left_out(tmp_path / "a.pptx") == [("Draft 77", "hidden")]


def test_choices_that_are_not_chosen_are_left_out_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>Colour <select><option>red 7<option selected>blue</select></p>", "utf-8")
    assert _left_out(tmp_path / "a.html") == [("red 7", "hidden")]


def test_hidden_slides_of_open_documents_are_left_out_by_name(tmp_path: Path) -> None:
    spaces = f'{_SPACES} xmlns:draw="{_ODF}:drawing:1.0" xmlns:presentation="{_ODF}:presentation:1.0"'
    slide = '<draw:page draw:style-name="{}"><draw:frame><text:p>{}</text:p></draw:frame></draw:page>'
    content = f'<office:document-content {spaces}><style:style style:name="Off"><style:drawing-page-properties '
    content += 'presentation:visibility="hidden"/></style:style><office:body><office:presentation>'
    content += (
        slide.format("On", "Lamps cost 10.") + slide.format("Off", "Draft 77") + slide.format("On", "Keys are lent.")
    )
    content += "</office:presentation></office:body></office:document-content>"
    with zipfile.ZipFile(tmp_path / "a.odp", "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    corpus = build_corpus(tmp_path / "a.odp")
    assert [(one.page, one.text) for one in corpus.passages] == [(1, "Lamps cost 10."), (3, "Keys are lent.")]
    assert _left_out(tmp_path / "a.odp") == [("Draft 77", "hidden")]


def test_what_rich_text_does_not_show_is_left_out_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1\ansi {\deleted nine }ten keys{\v  unseen}\par}")
    assert _left_out(tmp_path / "a.rtf") == [("nine", "deleted"), ("unseen", "hidden")]
