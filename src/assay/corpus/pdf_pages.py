"""The pages of a PDF as text lines and tables, in reading order, and which lines are set like headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from assay.corpus.pdf_layout import Line, lay_out
from assay.corpus.pdf_segments import PdfPage
from assay.corpus.pdf_tables import PdfTable, carry_head
from assay.corpus.radicals import plain_radicals

__all__ = ["PageText", "build_page_texts"]

_LARGE, _TITLE = 1.15, 1.5  # of the height of the text of the document
_LONGEST = 120  # characters of a line that is a heading
_MOST_BOLD = 0.4  # of a page's characters, for bold type to tell anything


@dataclass(frozen=True)
class PageText:
    """A page's lines, tables in Markdown, empty lines between paragraphs; which of them are set larger or bolder."""

    text: str
    titles: dict[str, int]  # line -> level: 1 for the largest, 5 for large, 6 for bold


def build_page_texts(pages: Sequence[PdfPage]) -> list[PageText]:
    """A text for each page. A table that goes on from the page before has its head."""
    found = [[one for quarter in sorted(page.turned) for one in lay_out(page.turned[quarter])] for page in pages]
    found = _carry_heads(found)
    usual = _usual_height([one for page in found for one in page if isinstance(one, Line)])
    return [PageText(plain_radicals(_join(page)), _titles(page, usual)) for page in found]


def _carry_heads(pages: Sequence[list[Line | PdfTable]]) -> list[list[Line | PdfTable]]:
    carried: list[list[Line | PdfTable]] = []
    last: PdfTable | None = None
    for page in pages:
        tables = [at for at, one in enumerate(page) if isinstance(one, PdfTable)]
        first = page[tables[0]] if tables else None
        if last is not None and isinstance(first, PdfTable) and first.box.top > 0.6 * _height(page):
            page = [*page[: tables[0]], carry_head(last, first), *page[tables[0] + 1 :]]
        bottom = page[tables[-1]] if tables else None
        last = bottom if isinstance(bottom, PdfTable) else None
        carried.append(page)
    return carried


def _height(page: Sequence[Line | PdfTable]) -> float:
    return max(one.box.top for one in page)


def _usual_height(lines: Sequence[Line]) -> float:
    """Of the lines, a long one counting more than a short one."""
    return median([line.box.height for line in lines for _ in range(1 + len(line.text) // 20)] or [0.0])


def _join(page: Sequence[Line | PdfTable]) -> str:
    parts: list[str] = []
    was_table = False
    for one in page:
        if isinstance(one, PdfTable):
            parts += ["", *one.lines, ""]
        else:
            parts += [one.text] if one.follows or was_table else ["", one.text]
        was_table = isinstance(one, PdfTable)
    return "\n".join(parts).strip("\n")


def _titles(page: Sequence[Line | PdfTable], usual: float) -> dict[str, int]:
    lines = [one for one in page if isinstance(one, Line)]
    n_bold = sum(len(line.text) for line in lines if line.is_bold)
    tells_bold = n_bold <= _MOST_BOLD * sum(len(line.text) for line in lines)
    titles = {}
    for line in lines:
        size = line.box.height / max(usual, 0.1)
        level = 1 if size >= _TITLE else 5 if size >= _LARGE else 6 if line.is_bold and tells_bold else 0
        if level and len(line.text) <= _LONGEST:
            titles[plain_radicals(line.text).strip()] = level
    return titles
