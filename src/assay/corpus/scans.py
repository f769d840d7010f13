"""PDFs and images to pages: their text, and where a page has none, what is recognised in its image."""

import math
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assay.corpus.cleaning import list_taken_lines, strip_repeated_lines
from assay.corpus.document import LeftOut, Page, UnreadableFile
from assay.corpus.parsing import Parsed, parse_pages
from assay.corpus.pdf_text import render_pdf_pages
from assay.corpus.recognition import PAGE_S, recognise, recognition_languages
from assay.corpus.worker import allow_more_time

__all__ = ["read_image", "read_pdf"]

_DPI = 200
_MOST_PIXELS = 8_000_000  # of a rendered page: A3 keeps 200 dots an inch, A0 has 72
_PAGES_AT_ONCE = 2
_BLANK_BYTES_A_PIXEL = 0.0166  # as kreuzberg packs A4 at 200 dots an inch; the digit 7 alone makes it 0.01664
_A4 = (595.0, 842.0)
_SOME_TEXT = re.compile(r"(?:[^\W_][\W_]*){8}")  # as a page with text has; a scanned one may bear a page number


def read_pdf(path: Path, data: bytes) -> tuple[str, tuple[Page, ...], tuple[int, ...], tuple[LeftOut, ...]]:
    """The title or "", the pages as Markdown, the numbers of those that show something but no readable text, and what
    was taken off the pages.

    Pages without text are recognised where Tesseract is installed.

    Raises:
        UnreadableFile: broken, protected, or nothing but scanned pages and no Tesseract.
    """
    parsed = parse_pages(data)
    numbers, whole = [number for number, _ in parsed.texts], [text for _, text in parsed.texts]
    texts = strip_repeated_lines(whole)
    taken = list_taken_lines(whole, texts, numbers)
    # A page with a drawing alone is tried too: there is no cheap way to tell outlined letters from lines.
    scanned = [index for index, text in enumerate(texts) if not _has_text(text)]
    if scanned and len(scanned) == len(texts) and not recognition_languages():
        recognise(b"")  # says what is missing
    unread = _recognise_pages(path, data, parsed, texts, scanned) if scanned else []
    pages = tuple(map(Page, numbers, render_pdf_pages(texts)))
    return parsed.title, pages, tuple(number for index in unread if (number := numbers[index])), taken


def read_image(data: bytes) -> tuple[Page, ...]:
    """What is recognised in an image: one page without a number, or the numbered pages of a TIFF.

    Raises:
        UnreadableFile: broken, or no Tesseract.
    """
    allow_more_time(3 * PAGE_S)
    texts = render_pdf_pages(recognise(data))
    return tuple(Page(number if len(texts) > 1 else None, text) for number, text in enumerate(texts, start=1))


def _has_text(text: str) -> bool:
    return _SOME_TEXT.search(text) is not None


def _recognise_pages(path: Path, data: bytes, parsed: Parsed, texts: list[str], scanned: list[int]) -> list[int]:
    """Put the recognised text of the scanned pages into `texts`; all pages are given and returned by their index.

    What is there stays if it is more. Returned are the pages that show something and could not be recognised.

    Raises:
        UnreadableFile: no page of the document has text after all, and this is why.
    """
    failures: dict[int, UnreadableFile] = {}

    def recognise_page(index: int) -> str:
        width, height = parsed.page_sizes[index] if index < len(parsed.page_sizes) else _A4
        try:
            image = _render(path, index, width * height)
            return "" if _is_blank(image) else "\n".join(recognise(image))
        except UnreadableFile as error:
            failures[index] = error
            return ""

    allow_more_time(2 * PAGE_S * (1 + len(scanned)))
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy, ThreadPoolExecutor(_PAGES_AT_ONCE) as threads:
        if not path.is_file():  # an attachment
            copy.write(data)
            copy.flush()
            path = Path(copy.name)
        for index, found in zip(scanned, threads.map(recognise_page, scanned), strict=True):
            if len(found) > len(texts[index]):
                texts[index] = found
    if failures and not any(text.strip() for text in texts):
        raise UnreadableFile(f"holds no text but in images, and of these: {failures[min(failures)]}")
    return sorted(failures)


def _is_blank(image: bytes) -> bool:
    """True for nothing, and for a PNG that is packed as tightly as only one colour can be."""
    n_pixels = int.from_bytes(image[16:20]) * int.from_bytes(image[20:24])
    return len(image) < _BLANK_BYTES_A_PIXEL * n_pixels or not image


def _render(path: Path, index: int, area: float) -> bytes:
    """A page as PNG, or b"" where it cannot be drawn; `area` in square points."""
    from kreuzberg import KreuzbergError, render_pdf_page

    dpi = min(_DPI, int(72 * math.sqrt(_MOST_PIXELS / max(area, 1.0))))
    try:
        return bytes(render_pdf_page(path, index, dpi=max(dpi, 1)))
    except (KreuzbergError, RuntimeError, ValueError, OSError):
        return b""
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile("the file is broken: the reader crashed on it") from error
