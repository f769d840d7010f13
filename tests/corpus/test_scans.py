import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assay.corpus import Corpus, Document, SkippedFile, read_documents
from assay.corpus.library import Library
from assay.corpus.reading import read_file
from assay.corpus.recognition import recognition_languages

LINES = ["Travel policy", "Hotels cost at most 140 euros a night.", "Receipts are kept for seven years."]
CHINESE = ["员工年假管理办法", "员工累计工作已满一年的，年假五天。", "年假应提前十四天提出申请，经批准后方可休假。"]

needs_tesseract = pytest.mark.skipif(not recognition_languages(), reason="Tesseract is not installed")


def _font(chinese: bool) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    if not chinese:
        return ImageFont.load_default(44)
    found = sorted(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
    if not found or "chi_sim" not in recognition_languages():
        pytest.skip("no Chinese font, or Tesseract without simplified Chinese")
    return ImageFont.truetype(str(found[0]), 44)


def _picture(lines: list[str], chinese: bool = False) -> Image.Image:
    picture = Image.new("RGB", (1200, 100 + 90 * len(lines)), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((60, 50 + 90 * number), line, font=_font(chinese), fill="black")
    return picture


def _write_scan(path: Path, pages: list[list[str] | str]) -> None:
    """A PDF whose pages are pictures of the lines, or text where a string stands."""
    canvas = Canvas(str(path))
    for page in pages:
        if isinstance(page, str):
            canvas.drawString(70, 700, page)
        else:
            canvas.drawImage(ImageReader(_picture(page)), 50, 500, width=500, preserveAspectRatio=True, anchor="sw")
        canvas.showPage()
    canvas.save()


def _read(path: Path) -> Document:
    result = read_file((path, path.name))
    assert isinstance(result, Document), result
    return result


@needs_tesseract
@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "webp", "bmp"])
def test_images_are_recognised(tmp_path: Path, suffix: str) -> None:
    _picture(LINES).save(tmp_path / f"scan.{suffix}")
    pages = _read(tmp_path / f"scan.{suffix}").pages
    assert [page.number for page in pages] == [None]
    assert "140 euros a night" in pages[0].text and "seven years" in pages[0].text


@needs_tesseract
def test_an_image_upside_down_and_one_of_two_pages(tmp_path: Path) -> None:
    text = [f"{line} {number}" for number in (11, 22) for line in LINES]
    _picture(text).rotate(180).save(tmp_path / "turned.png")
    assert "140 euros a night" in _read(tmp_path / "turned.png").pages[0].text
    first, second = _picture(LINES[:2]), _picture(LINES[2:])
    first.save(tmp_path / "two.tiff", save_all=True, append_images=[second])
    pages = _read(tmp_path / "two.tiff").pages
    assert [page.number for page in pages] == [1, 2]
    assert "140 euros" in pages[0].text and "seven years" in pages[1].text


@needs_tesseract
def test_chinese_is_recognised_without_spaces(tmp_path: Path) -> None:
    _picture(CHINESE, chinese=True).save(tmp_path / "scan.png")
    text = _read(tmp_path / "scan.png").pages[0].text
    assert "员工年假管理办法" in text and "经批准后方可休假" in text


@needs_tesseract
def test_only_the_scanned_pages_of_a_pdf_are_recognised(tmp_path: Path) -> None:
    typed = "The O0lIl1 code stays as it was typed."
    _write_scan(tmp_path / "mixed.pdf", [typed, LINES, "The last page is text again."])
    pages = _read(tmp_path / "mixed.pdf").pages
    assert [page.number for page in pages] == [1, 2, 3]
    assert pages[0].text == typed
    assert "140 euros a night" in pages[1].text


@needs_tesseract
def test_a_photograph_holds_no_text(tmp_path: Path) -> None:
    Image.effect_noise((600, 600), 90).save(tmp_path / "noise.png")
    result = read_file((tmp_path / "noise.png", "noise.png"))
    assert isinstance(result, SkippedFile) and result.reason == "holds no text"


def test_without_tesseract_the_files_that_need_it_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write_scan(tmp_path / "scan.pdf", [LINES])
    _write_scan(tmp_path / "mixed.pdf", ["A page of text.", LINES, ""])  # the last one is blank
    _picture(LINES).save(tmp_path / "scan.png")
    (tmp_path / "none").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    documents, skipped = read_documents(tmp_path)
    assert [document.id for document in documents] == ["mixed.pdf"]
    assert [file.path for file in skipped] == ["mixed.pdf", "scan.pdf", "scan.png"]
    assert "pages with images of text only: 2 (" in skipped[0].reason
    assert all("apt-get install tesseract-ocr tesseract-ocr-chi-sim" in file.reason for file in skipped[1:])


@needs_tesseract
def test_pages_are_read_when_tesseract_comes_and_kept_when_it_goes(tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    _write_scan(folder / "mixed.pdf", ["A page of text.", LINES])
    library = Library(tmp_path / "library.db", folder)

    def take_in() -> Corpus:
        library.commit(library.scan())
        return library.corpus(library.current(), 160)

    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        before = take_in()
    assert before.documents[0].unread_pages == (2,) and [file.path for file in before.skipped] == ["mixed.pdf"]
    after = take_in()
    assert "140 euros a night" in after.documents[0].pages[1].text and not after.skipped
    assert any("140 euros a night" in passage.text for passage in after.passages)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert take_in() == after


def test_a_broken_image_is_named(tmp_path: Path, write_pdf: Callable[..., Path]) -> None:
    whole = io.BytesIO()
    _picture(LINES).save(whole, "PNG")
    (tmp_path / "cut.png").write_bytes(whole.getvalue()[:60])
    write_pdf(tmp_path / "good.pdf")
    _, skipped = read_documents(tmp_path)
    assert [file.path for file in skipped] == ["cut.png"]
    assert "broken" in skipped[0].reason or "Tesseract" in skipped[0].reason
