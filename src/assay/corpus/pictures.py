"""Pictures of the pages of a document, for people to compare with what was read. Knows PDFs and images."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from assay.corpus.document import UnreadableFile
from assay.corpus.scans import render_page

__all__ = ["picture_pages"]

_DPI = 80
_MOST_PAGES = 300
_KINDS = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".webp": "webp", ".bmp": "bmp"}  # as browsers show them


def picture_pages(path: Path) -> Iterator[tuple[int | None, str]]:
    """The number of each page and its picture as an address that holds it ("data:image/png;base64,...").

    Nothing for files without pages; at most the first 300 pages.
    """
    kind = _KINDS.get(path.suffix.lower())
    if kind:
        yield None, _address(path.read_bytes(), kind)
    elif path.suffix.lower() == ".pdf":
        for index, area in enumerate(_areas(path)):
            try:
                picture = render_page(path, index, area, _DPI)
            except UnreadableFile:
                continue
            if picture:
                yield index + 1, _address(picture, "png")


def _areas(path: Path) -> list[float]:
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        return []
    try:
        sizes = [pdf.get_page_size(index) for index in range(min(len(pdf), _MOST_PAGES))]
    finally:
        pdf.close()
    return [width * height for width, height in sizes]


def _address(data: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{b64encode(data).decode()}"
