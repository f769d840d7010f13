"""Where a quote stands on its page: pages with known places, turned, in columns, in Chinese, twice, and as a scan."""

import io
import shutil
from pathlib import Path

import pytest

from assay.errors import InputError
from assay.server.quotes.letters import find_quote, letters_of
from assay.server.quotes.page_process import PageProcess
from assay.server.quotes.shown_page import DrawPage, LocateQuote, draw_page, locate_quote

pytest.importorskip("pypdfium2", reason="the extra that reads PDFs is not installed")

W, H = 400, 600


def page(file: Path, lines: list[tuple[float, float, str]], turned: int = 0, font: str = "Helvetica") -> Path:
    """Lines at places counted from the lower left, 12 points high."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    if font != "Helvetica":
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    canvas = Canvas(str(file), pagesize=(H, W) if turned else (W, H))  # it exchanges them for a turned page
    canvas.setPageRotation(turned)
    canvas.setFont(font, 12)
    for x, y, text in lines:
        canvas.drawString(x, y, text)
    canvas.save()
    return file


def test_a_line_has_its_box(tmp_path: Path) -> None:
    file = page(tmp_path / "a.pdf", [(50, 500, "Lunch costs six euros."), (50, 300, "The car park is full.")])
    (box,) = locate_quote(LocateQuote(file, 1, "The car park is full.")).boxes
    assert box.left == pytest.approx(50 / W, abs=0.01)
    assert box.top < 1 - 300 / H < box.bottom + 0.01  # its base line, from above
    assert box.bottom - box.top < 20 / H


def test_a_turned_page_has_its_box_where_it_is_seen(tmp_path: Path) -> None:
    file = page(tmp_path / "a.pdf", [(50, 500, "Lunch costs six euros.")], turned=90)
    located = locate_quote(LocateQuote(file, 1, "Lunch costs six euros."))
    (box,) = located.boxes
    assert located.ratio == pytest.approx(H / W)
    assert box.top == pytest.approx(50 / W, abs=0.01)  # by a quarter to the right: left becomes top
    assert box.left < 500 / H + 0.01 and box.right > 500 / H


def test_a_quote_over_two_lines_and_a_hyphen_has_two_boxes(tmp_path: Path) -> None:
    file = page(
        tmp_path / "a.pdf", [(50, 500, "The notice pe-"), (50, 480, "riod is six weeks."), (220, 500, "Other column")]
    )
    boxes = locate_quote(LocateQuote(file, 1, "The notice period is six weeks.")).boxes
    assert len(boxes) == 2 and boxes[0].bottom <= boxes[1].top + 0.01
    assert all(box.right < 200 / W for box in boxes)


def test_of_two_places_the_one_of_the_passage_is_taken(tmp_path: Path) -> None:
    lines = [(50, 500, "Osk:"), (50, 480, "It is open."), (50, 300, "Veld:"), (50, 280, "It is open.")]
    file = page(tmp_path / "a.pdf", lines)
    (first,) = locate_quote(LocateQuote(file, 1, "It is open.", before="Osk:")).boxes
    (second,) = locate_quote(LocateQuote(file, 1, "It is open.", before="Veld:")).boxes
    assert first.top < 0.25 < second.top


def test_chinese_has_its_box(tmp_path: Path) -> None:
    file = page(tmp_path / "a.pdf", [(50, 500, "年假为十二天。"), (50, 300, "午餐六元。")], font="STSong-Light")
    (box,) = locate_quote(LocateQuote(file, 1, "午餐六元。")).boxes
    assert box.top < 0.5 < box.bottom + 0.02


def test_what_is_not_there_has_no_box(tmp_path: Path) -> None:
    file = page(tmp_path / "a.pdf", [(50, 500, "Lunch costs six euros.")])
    assert locate_quote(LocateQuote(file, 1, "Dogs are welcome on the third floor.")).boxes == ()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_scan_has_its_box(tmp_path: Path) -> None:
    from PIL import Image

    lines = [(50, 500, "Lunch costs six euros today."), (50, 200, "The car-park (east) is full of snow.")]
    drawn = draw_page(DrawPage(page(tmp_path / "a.pdf", lines), 1, 1600))
    scan = tmp_path / "scan.png"
    Image.open(io.BytesIO(drawn.image)).save(scan)
    (box,) = locate_quote(LocateQuote(scan, 1, "The car-park (east) is full of snow.")).boxes
    assert box.top < 1 - 200 / H < box.bottom + 0.02
    assert box.left == pytest.approx(50 / W, abs=0.02)


def test_a_file_that_is_no_page_costs_nothing_but_its_picture(tmp_path: Path) -> None:
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 50)
    good = page(tmp_path / "a.pdf", [(50, 500, "Lunch costs six euros.")])
    process = PageProcess()
    try:
        with pytest.raises(InputError):
            process.ask(draw_page, DrawPage(broken, 1, 500))
        with pytest.raises(InputError):
            process.ask(crash, good)
        assert process.ask(draw_page, DrawPage(good, 1, 500)).width == 500
    finally:
        process.close()


def crash(file: Path) -> None:
    """End the process as a fault of a native reader does."""
    import os
    import signal

    os.kill(os.getpid(), signal.SIGSEGV)


@pytest.mark.parametrize(
    ("quote", "text", "share"),
    [("a b", "A  B", 1.0), ("ﬁne", "fine", 1.0), ("１２", "12", 1.0), ("one two", "three", 0.0), ("", "x", 0.0)],
)
def test_letters_are_what_is_compared(quote: str, text: str, share: float) -> None:
    assert find_quote(letters_of(quote).text, letters_of(text).text).share == share


def test_a_letter_read_otherwise_moves_nothing() -> None:
    text = "It also covers out-of-network providers. If denied, the provider tells how to get network care."
    page = letters_of(text).text
    quote = letters_of("covers out-of-nctwork providers").text
    match = find_quote(quote, page)
    assert [page[start:end] for start, end in match.spans] == ["coversoutofnetworkproviders"]
    assert match.share == pytest.approx(1 - 1 / len(quote))


def test_what_stands_between_two_halves_is_no_part_of_them() -> None:
    page = letters_of("Lunch costs six euros on Chapter 4: Canteen and kitchen weekdays only.").text
    match = find_quote(letters_of("Lunch costs six euros on weekdays only.").text, page)
    assert [page[start:end] for start, end in match.spans] == ["lunchcostssixeuroson", "weekdaysonly"]
