"""Pages of PDFs and images: drawn, and the rectangles of a quote on them. Runs in the process of `page_process`.

The text of a PDF's page is taken from its text layer, of a scan from what Tesseract recognises. Knows no corpus and no
answer.
"""

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_int
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.corpus.recognition import RecognisedWord, recognise_words, recognition_languages
from assay.corpus.scans import render_page
from assay.server.quotes.boxes import Box, join_lines
from assay.server.quotes.letters import LEAST_SHARE, Letters, find_quote, letters_of

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["DrawPage", "DrawnPage", "LocateQuote", "LocatedQuote", "draw_page", "locate_quote"]

_MOST_PIXELS = 8_000_000  # of a drawn page, whatever its size
_FINE = 20_000  # steps of a page's width and height in which places are told


@dataclass(frozen=True)
class DrawPage:
    """Which page is drawn, `page` from 1, and how wide, in pixels."""

    file: Path
    page: int
    width: int


@dataclass(frozen=True)
class DrawnPage:
    """A page as a WebP image."""

    image: bytes
    width: int
    height: int


@dataclass(frozen=True)
class LocateQuote:
    """Which quote is looked for on which page, and its passage's text before and after it."""

    file: Path
    page: int
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class LocatedQuote:
    """The quote's rectangles, a line each, none where it was not found; and the page's width by its height."""

    boxes: tuple[Box, ...]
    ratio: float


def draw_page(asked: DrawPage) -> DrawnPage:
    """The page as it is seen, rotation and form fields included."""
    image = _draw_pdf(asked) if _is_pdf(asked.file) else _fit(_open_image(asked.file, asked.page), asked.width)
    data = io.BytesIO()
    image.convert("RGB").save(data, "WEBP", quality=85, method=2)
    return DrawnPage(data.getvalue(), image.width, image.height)


def locate_quote(asked: LocateQuote) -> LocatedQuote:
    """Where the quote stands on the page as `draw_page` shows it."""
    if not _is_pdf(asked.file):
        return _in_image(asked, asked.file.read_bytes(), asked.page)
    with _pdf_page(asked.file, asked.page) as page:
        ratio = page.get_width() / page.get_height()
        text_page = page.get_textpage()
        spans = _spans(asked, letters_of(_characters(text_page)))
        if not spans:  # a scan, be it one with a line of text upon it, or fonts that do not tell what they write
            return _in_image(asked, render_page(asked.file, asked.page - 1, page.get_width() * page.get_height()), 1)
        boxes = [box for span in spans for box in _text_boxes(page, text_page, span)]
        return LocatedQuote(tuple(join_lines(boxes, ratio)), ratio)


def _is_pdf(file: Path) -> bool:
    return file.suffix.lower() == ".pdf"


@contextmanager
def _pdf_page(file: Path, number: int) -> Iterator[Any]:
    import pypdfium2

    with file.open("rb") as data, pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        yield document[number - 1]


def _draw_pdf(asked: DrawPage) -> "Image":
    with _pdf_page(asked.file, asked.page) as page:
        scale = min(asked.width / page.get_width(), _scale(page, math.inf))
        image: Image = page.render(scale=scale).to_pil()
        return image


def _scale(page: Any, dpi: float) -> float:
    """Pixels a point, so that a page of any size stays within the most pixels."""
    return min(dpi / 72, math.sqrt(_MOST_PIXELS / (page.get_width() * page.get_height())))


def _open_image(file: Path, number: int) -> "Image":
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = 20 * _MOST_PIXELS
    image = Image.open(file)
    image.seek(number - 1)
    return image.convert("RGB")


def _fit(image: "Image", width: int) -> "Image":
    image.thumbnail((width, max(1, _MOST_PIXELS // width)))
    return image


def _characters(text_page: Any) -> list[str]:
    from pypdfium2.raw import FPDFText_GetUnicode

    return [chr(FPDFText_GetUnicode(text_page, index)) for index in range(text_page.count_chars())]


def _spans(asked: LocateQuote, letters: Letters) -> list[tuple[int, int]]:
    """Spans of characters, or words, that the letters were taken from; none where too little was found."""
    quote, before, after = (letters_of(text).text for text in (asked.quote, asked.before, asked.after))
    match = find_quote(quote, letters.text, before, after)
    return [letters.source(span) for span in match.spans] if match.share >= LEAST_SHARE else []


def _text_boxes(page: Any, text_page: Any, span: tuple[int, int]) -> Iterator[Box]:
    n = text_page.count_rects(span[0], span[1] - span[0])
    for index in range(n):
        left, bottom, right, top = text_page.get_rect(index)
        yield _on_screen(page, (left, top), (right, bottom))


def _on_screen(page: Any, one: tuple[float, float], other: tuple[float, float]) -> Box:
    """Two corners in the page's own points as a box of the page as it is shown."""
    (x1, y1), (x2, y2) = (_place(page, *corner) for corner in (one, other))
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _place(page: Any, x: float, y: float) -> tuple[float, float]:
    from pypdfium2.raw import FPDF_PageToDevice

    across, down = c_int(), c_int()
    FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE


@lru_cache(maxsize=8)
def _recognise(image: bytes) -> list[RecognisedWord]:
    """The words of a scan; several quotes of one page are looked for one after another."""
    return recognise_words(image)


def _in_image(asked: LocateQuote, data: bytes, number: int) -> LocatedQuote:
    """A quote on a page of an image, which is recognised as it was when the document was read."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = 20 * _MOST_PIXELS
    with Image.open(io.BytesIO(data)) as image:
        image.seek(number - 1)
        width, height = image.size
    words = [word for word in _recognise(data) if word.page == number] if recognition_languages() else []
    letters = letters_of([word.text for word in words])
    boxes = [
        Box(word.left / width, word.top / height, word.right / width, word.bottom / height)
        for start, end in _spans(asked, letters)
        for word in words[start:end]
    ]
    return LocatedQuote(tuple(join_lines(boxes, width / height)), width / height)
