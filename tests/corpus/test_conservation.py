"""Every word of a file is in a passage, or left out with a name, or told as unaccounted."""

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assay.corpus.blocks import parse_blocks
from assay.corpus.chunking import split_document
from assay.corpus.conservation import Piece, account_for, fill_pages, read_again
from assay.corpus.conservation.compared_words import find_words, is_number
from assay.corpus.document import LeftOut, Page
from assay.corpus.reading import read_documents


def _lost(pieces: list[Piece], *texts: str, left_out: tuple[LeftOut, ...] = ()) -> list[str]:
    return [word for one in account_for(pieces, texts, left_out).unaccounted for word in one.words]


def _shown(suffix: str, data: bytes) -> list[str]:
    pieces = read_again(suffix, data)
    assert pieces is not None
    return [piece.text.strip() for piece in pieces if piece.exclusion is None and piece.text.strip()]


def _excluded(suffix: str, data: bytes) -> list[tuple[str, str]]:
    return [(one.exclusion, one.text.strip()) for one in read_again(suffix, data) or () if one.exclusion]


def _bytes(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def test_words_are_folded_and_numbers_keep_what_they_say() -> None:
    assert find_words("The Attic’s fee: −18.50 °C, 1,250.00 EUR, 12.5%") == find_words(
        "the attic's FEE -18.5 °c 1250 eur 12.5%"
    )
    assert find_words("below -18") != find_words("below 18") and find_words("145") != find_words("1 45")
    assert find_words("第3条 员工") == ["第", "3", "条", "员", "工"]
    assert [word for word in find_words("a1 7 -7.5 3% x") if is_number(word)] == ["7", "-7.5", "3%"]


@pytest.mark.parametrize(
    ("read", "lost"),
    [
        ("The key costs 45 EUR.", []),
        ("The key costs EUR.", ["45"]),
        ("The key costs 145 EUR.", ["45"]),
        ("The key costs -45 EUR.", ["45"]),
        ("The  key\ncosts EUR 45", []),
        ("The key co sts 45 EUR.", []),  # parted otherwise: the letters are there
    ],
)
def test_what_is_missing_or_changed_is_told(read: str, lost: list[str]) -> None:
    assert _lost([Piece("The key costs 45 EUR.")], read) == lost


def test_what_is_left_out_by_name_or_repeated_is_no_loss() -> None:
    pieces = [Piece("Rules of the hall"), Piece("Page 1"), Piece("Rules of the hall"), Piece("Page 2")]
    left_out = (LeftOut("Page 1", "repeated", 1), LeftOut("Page 2", "repeated", 2))
    assert _lost(pieces, "Rules of the hall", left_out=left_out) == []
    assert _lost([*pieces, Piece("secret", "deleted")], "Rules of the hall", left_out=left_out) == []
    assert _lost(pieces, "Rules of the hall") == ["page", "1", "page", "2"]


def test_a_raised_number_counts_where_one_reading_sees_no_heights() -> None:
    assert _lost([Piece("At most 106 germs")], "At most 10^6 germs") == []


def test_a_piece_that_was_lost_is_put_in_at_the_end_of_its_page() -> None:
    pages = (Page(1, "The hall opens at seven."), Page(2, "Keys are with the porter."))
    pieces = [
        Piece("The hall opens at seven.", page=1),
        Piece("Deposit: 90 *EUR*", page=1),
        Piece(pages[1].text, page=2),
    ]
    filled, account = fill_pages("Hall", pages, (), pieces)
    assert [page.text for page in filled] == ["The hall opens at seven.\n\nDeposit: 90 \\*EUR\\*", pages[1].text]
    assert [(one.words, one.page, one.is_taken) for one in account.unaccounted] == [(("deposit", "90", "eur"), 1, True)]
    assert account.n_lost == 0 and (account.n_words, account.n_numbers) == (13, 1)


def test_readings_that_share_next_to_nothing_are_told_and_the_second_is_used() -> None:
    pieces = [Piece(f"Room {n} costs {17 * n} crowns a night.") for n in range(9)]
    filled, account = fill_pages("", (Page(None, "%PDF garbage"),), (), pieces)
    assert account.is_second and "Room 8 costs 136 crowns" in filled[0].text


def test_a_second_reading_that_fails_is_none() -> None:
    assert read_again(".docx", b"no zip") is None and read_again(".png", b"") is None


def test_docx_shows_what_word_shows() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Grade 1\t45 EUR, at most 10")
    paragraph.add_run("6").font.superscript = True
    paragraph.add_run(" whispered").font.hidden = True
    names = nsdecls("w")
    paragraph._p.append(parse_xml(f"<w:del {names}><w:r><w:delText> struck</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {names}><w:r><w:t> added</w:t></w:r></w:ins>"))
    document.sections[0].header.paragraphs[0].text = "Valid from May"
    document.add_table(1, 2).rows[0].cells[1].text = "Norway"
    data = _bytes(document)
    assert _shown(".docx", data) == ["Grade 1 45 EUR, at most 10^6 added", "Norway", "Valid from May"]
    assert _excluded(".docx", data) == [("hidden", "whispered"), ("deleted", "struck")]


def test_pptx_counts_hidden_slides_apart() -> None:
    deck = pptx.Presentation()
    for title in ("Opening hours", "Draft"):
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = title
    deck.slides[0].notes_slide.notes_text_frame.text = "Say it twice."
    deck.slides[1]._element.set("show", "0")
    data = _bytes(deck)
    assert _shown(".pptx", data) == ["Opening hours", "Say it twice."] and _excluded(".pptx", data) == [
        ("hidden", "Draft")
    ]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.125, "0.0%", "12.5%"),
        (7, "0000", "0007"),
        (1234.5, "#,##0.00 [$€-407]", "1234.50 €"),
        (-18, '0;"minus "0', "minus 18"),
        (-18, "0", "-18"),
        (45000.25, "General", "45000.25"),
        (45000, "dd/mm/yyyy", "2023-03-15"),
        (45000.75, "h:mm AM/PM", "6/00/PM"),
        (45000, "d mmmm yyyy", "2023-03-15"),
        (1.5, "[h]:mm", "36/00"),
    ],
)
def test_xlsx_shows_numbers_by_their_format(value: float, form: str, shown: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"].value = value
    book.active["A1"].number_format = form
    assert _shown(".xlsx", _bytes(book)) == ["Sheet", shown]


def test_xlsx_counts_what_is_hidden_apart() -> None:
    book = openpyxl.Workbook()
    for row in (["Room", "Cost"], ["Attic", 38], ["Cellar", 27]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.create_sheet("Old").append(["Shed"])
    book["Old"].sheet_state = "hidden"
    data = _bytes(book)
    assert _shown(".xlsx", data) == ["Sheet", "Room", "Cost", "Attic", "38"]
    assert [text for _, text in _excluded(".xlsx", data)] == ["Cellar", "27", "Old", "Shed"]


def test_odt_keeps_spans_notes_and_margins() -> None:
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "style"))
    body = (
        "<text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>"
        "<text:p>The key costs <text:span>20<text:s/><text:span>EUR</text:span></text:span> a year."
        "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Or less.</text:p></text:note-body></text:note></text:p>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", f"<office:text {names}>{body}</office:text>")
        archive.writestr("styles.xml", f"<style:header {names}><text:p>Edition 4</text:p></style:header>")
    data = file.getvalue()
    assert _shown(".odt", data) == ["The key costs 20 EUR a year.", "Or less.", "Edition 4"]
    assert _excluded(".odt", data) == [("deleted", "gone")]


def test_html_is_what_a_browser_shows() -> None:
    page = (
        "<head><title>T</title><style>p{}</style></head><p>un<b>paid</b> &amp; 10<sup>6</sup></p><p hidden>no</p>"
        "<ul><li>one<li>two</ul><input value='three'><input type=hidden value=x><script>4</script>"
    )
    assert _shown(".html", page.encode()) == ["unpaid & 10^6", "one", "two", "three"]


def test_markdown_is_read_without_its_marks() -> None:
    text = (
        "---\na: b\n---\n# Rules\nSee [the *list*](x.md) and `<id>`.<br>1\\. un**paid**\n```sh\n<x>\n```\n<!-- no -->\n"
    )
    shown = " ".join(_shown(".md", text.encode()))
    assert find_words(shown) == find_words("Rules See the list and id 1 unpaid x")


def test_csv_rtf_and_mail_count_cells_paragraphs_and_parts() -> None:
    assert _shown(".csv", b"Room;Cost\nAttic;1,50\n") == ["Room", "Cost", "Attic", "1,50"]
    assert _shown(".rtf", rb"{\rtf1{\fonttbl Arial;}Caf\'e9 5\~000{\deleted old}\par Two\u8364 ?}") == [
        "Café 5 000",
        "Two€",
    ]
    mail = b"Subject: Keys\nFrom: a@b.c\nContent-Type: text/plain; charset=utf-8\n\nTwo keys\nare lost.\n"
    assert _shown(".eml", mail) == ["Keys", "a@b.c", "Two keys", "are lost."]


def test_the_second_reading_of_mail_takes_the_page_where_the_text_only_says_that_there_is_one() -> None:
    mail = b"Content-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n\n%s\n"
    mail += b"--B\nContent-Type: text/html\n\n<p>The rent of the attic is 900 euros.</p>\n--B--\n"
    page = "The rent of the attic is 900 euros."
    assert page in _shown(".eml", mail % b"See the page.")
    assert _shown(".eml", mail % b"The rent of the *attic* is 900 euros.").count(page) == 0


def test_the_second_reading_of_mail_reads_who_wrote_a_message_within() -> None:
    mail = b"Subject: Out\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: message/rfc822\n\n"
    mail += b"Subject: Hotels\nFrom: c@d.e\n\nRoom 7\n--B--\n"
    assert _shown(".eml", mail) == ["Out", "Hotels", "c@d.e", "Room 7"]


def test_every_word_of_good_files_of_every_kind_is_accounted_for(folder: Path) -> None:
    documents, _ = read_documents(folder)
    counted = {one.id: one.account for one in documents if one.account}
    assert {Path(name).suffix for name in counted} >= {
        ".pdf",
        ".docx",
        ".pptx",
        ".xlsx",
        ".html",
        ".md",
        ".txt",
        ".csv",
    }
    assert {name: account.unaccounted for name, account in counted.items() if account.unaccounted} == {}
    assert all(account.n_words > 3 for account in counted.values())


def test_passages_hold_what_the_pages_hold(folder: Path) -> None:
    """The account is of the pages: no word of theirs but a bare heading may go when they are cut."""
    for document in read_documents(folder)[0]:
        passages = split_document(document, 40)
        texts = [document.title, *(p.text for p in passages), *(p.heading for p in passages)]
        blocks = [block for page in document.pages for block in parse_blocks(page.text)]
        pieces = [Piece(text) for b in blocks if b.kind != "heading" for text in (b.text, *b.rows)]
        assert _lost(pieces, *texts) == []


def test_words_that_both_readings_leave_out_excuse_no_others() -> None:
    pieces = [Piece("Rent is 420 euros."), Piece("420", "hidden")]
    left_out = (LeftOut("420", "hidden"),)
    assert _lost(pieces, "Rent", "euros", left_out=left_out) == ["is", "420"]
    assert _lost(pieces[:1], "Rent", "euros", left_out=left_out) == ["is"]


@pytest.mark.parametrize("text", ['"Fee, EUR";"Share, %"\n1,5;2,5\n', "1,5;2,5\n3,5;4,5\n", "Fee\tShare\n1,5\t2,5\n"])
def test_decimal_commas_of_delimited_text_part_no_cells(text: str) -> None:
    assert {"1,5", "2,5"} <= set(_shown(".csv", text.encode()))


@pytest.mark.parametrize(
    "form", ["dd.mm.yy", "d-mmm-yy", "yyyy-mm-dd h:mm:ss", "m/d", "mmm yy", "h:mm AM/PM", "hh:mm", "mmmm yyyy", "yy"]
)
def test_both_readings_write_dates_alike(form: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Day", "Lamps"])
    book.active.append([45413.25, 12])
    book.active["A2"].number_format = form
    book.save(tmp_path / "a.xlsx")
    account = read_documents(tmp_path / "a.xlsx")[0][0].account
    assert account is not None and account.unaccounted == ()


def test_both_readings_write_numbers_alike(tmp_path: Path) -> None:
    """However odd a format is, nothing is put in a second time for it."""
    shown = {
        "# ?/?": (1.75, "1 3/4"),
        "0.00E+00": (12345678, "1.23E+07"),
        "000-0000": (5551234, "555-1234"),
        "0": (2.5, "3"),
        "0.00": (1.005, "1.01"),
        '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)': (0, "$-"),
        '[>=90]"A";[>=80]"B";"C"': (85, "B"),
        "General": (1e-7, "0.0000001"),
        '"Lamp "@" of Osk"': ("four", "Lamp four of Osk"),
        '0;-0;0;"["@"]"': ("none", "[none]"),
        "@": ("as it is", "as it is"),
    }
    book = openpyxl.Workbook()
    for form, (value, _) in shown.items():
        book.active.append([value])
        book.active.cell(book.active.max_row, 1).number_format = form
    book.save(tmp_path / "a.xlsx")
    document = read_documents(tmp_path / "a.xlsx")[0][0]
    assert document.account is not None and document.account.unaccounted == ()
    cells = [line.replace("\\", "").strip("| ") for line in document.pages[0].text.splitlines()]
    assert [told for _, told in shown.values() if told not in cells] == []


def test_signs_that_xml_cannot_hold_are_read_as_they_are_shown(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text_frame.paragraphs[0].add_run().text = "Opening\vhours"
    deck.save(str(tmp_path / "a.pptx"))
    book = openpyxl.Workbook()
    book.active.append(["Gate_x000D_North", "a_x005F_x0041_b", "_xD83D__xDE00_ glad"])
    book.save(tmp_path / "b.xlsx")
    for document in read_documents(tmp_path)[0]:
        assert document.account is not None and document.account.unaccounted == ()
        assert "x000" not in document.pages[0].text
    shown, sheet = (one.pages[0].text for one in read_documents(tmp_path)[0])
    assert "Opening" in shown and "hours" in shown
    assert "😀 glad" in sheet and "Gate" in sheet and "x0041" in sheet


def test_a_number_whose_format_shows_nothing_is_left_out_by_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Pay", 4711, 0])
    for cell in book.active[1]:
        cell.number_format = ";;;"
    book.save(tmp_path / "a.xlsx")
    document = read_documents(tmp_path / "a.xlsx")[0][0]
    assert [(one.text, one.reason) for one in document.left_out] == [("4711", "hidden")]
    assert "4711" not in document.pages[0].text
