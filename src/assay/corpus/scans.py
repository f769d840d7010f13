"""PDFs and images to pages: their text, and where a page has none, what is recognised in its image."""

import math
import re
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assay.corpus.cleaning import list_taken_lines, strip_repeated_lines
from assay.corpus.conservation import Piece
from assay.corpus.conservation.readings.pdf import pieces_of
from assay.corpus.document import LeftOut, Page, UnreadableFile
from assay.corpus.pdf_pages import build_page_texts
from assay.corpus.pdf_segments import PdfPage, open_pdf
from assay.corpus.pdf_text import render_pdf_pages
from assay.corpus.pdf_title import name_pdf
from assay.corpus.recognition import PAGE_S, recognise, recognition_languages
from assay.corpus.worker import allow_more_time

__all__ = ["PdfText", "read_image", "read_pdf", "render_page"]

_DPI = 200
_MOST_PIXELS = 8_000_000  # of a rendered page: A3 keeps 200 dots an inch, A0 has 72
_PAGES_AT_ONCE = 2
_BLANK_BYTES_A_PIXEL = 0.0166  # as kreuzberg packs A4 at 200 dots an inch; the digit 7 alone makes it 0.01664
_SOME_TEXT = re.compile(r"(?:[^\W_][\W_]*){8}")  # as a page with text has; a scanned one may bear a page number


@dataclass(frozen=True)
class PdfText:
    """What a PDF holds; `title` is "" where it does not tell.

    `unread_pages` show something, but no readable text. `left_out` is text that is no part of the pages. `pieces` are
    the second reading of the pages that are no images.
    """

    title: str
    pages: tuple[Page, ...]
    unread_pages: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    pieces: tuple[Piece, ...]


def read_pdf(path: Path, data: bytes) -> PdfText:
    """The pages of a PDF as Markdown.

    Pages without text, and those whose fonts do not tell what their characters mean, are recognised where Tesseract is
    installed.

    Raises:
        UnreadableFile: broken, protected, or nothing but scanned pages and no Tesseract.
    """
    with closing(open_pdf(data)) as file:
        told, read = file.title, list(file.pages())
    if not read:
        raise UnreadableFile("holds no pages")
    found = build_page_texts(read)
    whole, titles = [page.text for page in found], [page.titles for page in found]
    texts = strip_repeated_lines(whole, titles)
    numbers = [page.number for page in read]
    taken = list_taken_lines(whole, texts, numbers)
    # A page with a drawing alone is tried too: there is no cheap way to tell outlined letters from lines.
    scanned = [at for at, text in enumerate(texts) if not _has_text(text) or not read[at].is_legible]
    if len(scanned) == len(texts) and not recognition_languages():
        recognise(b"")  # says what is missing
    laid_out = list(texts)
    unread, blank = _recognise_pages(path, data, read, texts, scanned) if scanned else ([], [])
    legible = [page for page, before, after in zip(read, laid_out, texts, strict=True) if before == after]
    markdown = render_pdf_pages(texts, titles)
    left_out = (*taken, *(LeftOut("", "blank", numbers[at]) for at in blank))
    title = name_pdf(path.stem, told, markdown)
    pieces = tuple(pieces_of((page.number, page.characters) for page in legible if page.is_legible))
    return PdfText(title, tuple(map(Page, numbers, markdown)), tuple(numbers[at] for at in unread), left_out, pieces)


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


def _recognise_pages(
    path: Path, data: bytes, pages: Sequence[PdfPage], texts: list[str], scanned: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Put the recognised text of the scanned pages into `texts`; all pages are given and returned by their index.

    What is there and can be read stays if it is more. Returned are the pages that show something of which no text came,
    and those that are blank.

    Raises:
        UnreadableFile: no page of the document has text after all, and this is why.
    """
    failures: dict[int, UnreadableFile] = {}
    blank: list[int] = []

    def recognise_page(index: int) -> str:
        try:
            image = render_page(path, index, pages[index].width * pages[index].height)
            if _is_blank(image):
                blank.append(index)
                return ""
            return "\n".join(recognise(image))
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
            if len(found) > len(texts[index]) or (found and not pages[index].is_legible):
                texts[index] = found
            elif not pages[index].is_legible:
                texts[index] = ""  # signs that mean nothing
    if failures and not any(text.strip() for text in texts):
        raise UnreadableFile(f"holds no text but in images, and of these: {failures[min(failures)]}")
    unread = [index for index in scanned if not texts[index].strip() and index not in blank]
    return sorted({*failures, *unread}), sorted(index for index in blank if not texts[index].strip())


def _is_blank(image: bytes) -> bool:
    """True for nothing, and for a PNG that is packed as tightly as only one colour can be."""
    n_pixels = int.from_bytes(image[16:20]) * int.from_bytes(image[20:24])
    return len(image) < _BLANK_BYTES_A_PIXEL * n_pixels or not image


def render_page(path: Path, index: int, area: float, dpi: int = _DPI) -> bytes:
    """A page as PNG, or b"" where it cannot be drawn.

    Args:
        path: of the PDF.
        index: of the page, from 0.
        area: of the page in square points: a large one is drawn more coarsely.
        dpi: dots an inch at most.
    """
    from kreuzberg import KreuzbergError, render_pdf_page

    dpi = min(dpi, int(72 * math.sqrt(_MOST_PIXELS / max(area, 1.0))))
    try:
        return bytes(render_pdf_page(path, index, dpi=max(dpi, 1)))
    except (KreuzbergError, RuntimeError, ValueError, OSError):
        return b""
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile("the file is broken: the reader crashed on it") from error
