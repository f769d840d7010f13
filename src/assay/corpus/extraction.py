"""One file to pages of Markdown, by its kind. Knows file formats; knows no folders and no passages."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assay.corpus.cleaning import strip_repeated_lines
from assay.corpus.document import Page
from assay.corpus.encoding import decode_text
from assay.corpus.pdf_text import render_pdf_pages
from assay.corpus.sheets import render_table, tidy_sheets
from assay.errors import AssayError

if TYPE_CHECKING:
    from kreuzberg import ExtractionConfig, ExtractionResult

__all__ = ["SUFFIXES", "Extraction", "UnreadableFile", "extract_file"]

SUFFIXES = (".pdf", ".docx", ".pptx", ".xlsx", ".html", ".htm", ".md", ".markdown", ".txt", ".csv")

_SLIDE_MARK = "assayslide{page_num}mark"  # letters and digits only: anything else comes back escaped
_SLIDE_SPLIT = re.compile(r"^assayslide(\d+)mark$", re.MULTILINE)
_HEAD = re.compile(r"<head\b.*?</head\s*>|<title\b.*?</title\s*>|<meta\b[^>]*>", re.IGNORECASE | re.DOTALL)
_HTML_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title\s*>", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"<meta[^>]*charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,2}\s+(.+?)\s*#*$", re.MULTILINE)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"


class UnreadableFile(AssayError):
    """A file that cannot be read; the message is the reason, without the file's name."""


@dataclass(frozen=True)
class Extraction:
    """What a file holds; `title` is "" where it does not tell."""

    title: str
    pages: tuple[Page, ...]


def extract_file(path: Path, data: bytes) -> Extraction:
    """The pages of one file as Markdown: pages of a PDF, slides of a PPTX, one page without a number for all else.

    Raises:
        UnreadableFile: encrypted, broken, or of an unknown kind.
    """
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        return _extract_pdf(data)
    if suffix == ".pptx":
        return _extract_slides(data)
    if suffix in (".docx", ".xlsx"):
        return _extract_office(data, suffix)
    if suffix in (".html", ".htm"):
        return _extract_html(data)
    if suffix in SUFFIXES:
        return _extract_text(data, suffix)
    raise UnreadableFile(f"{suffix or 'a file without a suffix'} is not read; these are: {' '.join(SUFFIXES)}")


def _extract_pdf(data: bytes) -> Extraction:
    from kreuzberg import ExtractionConfig, PageConfig

    # Plain text, not Markdown: kreuzberg's Markdown of PDFs drops lines and is 2 to 16 times slower.
    config = ExtractionConfig(use_cache=False, output_format="plain", pages=PageConfig(extract_pages=True))
    result = _extract(data, "application/pdf", config)
    texts = [page["content"] for page in result.pages or []]
    texts = render_pdf_pages(strip_repeated_lines(["\n".join(text.splitlines()) for text in texts]))
    numbers = [page["page_number"] for page in result.pages or []]
    pages = tuple(Page(number, text) for number, text in zip(numbers, texts, strict=True))
    return Extraction(_metadata_title(result), pages)


def _extract_slides(data: bytes) -> Extraction:
    from kreuzberg import ExtractionConfig, PageConfig

    marks = PageConfig(extract_pages=True, insert_page_markers=True, marker_format=f"\n\n{_SLIDE_MARK}\n\n")
    config = ExtractionConfig(use_cache=False, output_format="markdown", pages=marks)
    result = _extract(data, "application/vnd.openxmlformats-officedocument.presentationml.presentation", config)
    parts = _SLIDE_SPLIT.split(result.content)
    texts = strip_repeated_lines([part.strip() for part in parts[2::2]])
    pages = tuple(Page(int(number), text) for number, text in zip(parts[1::2], texts, strict=True))
    return Extraction(_metadata_title(result), pages)


def _extract_office(data: bytes, suffix: str) -> Extraction:
    kind = "wordprocessingml.document" if suffix == ".docx" else "spreadsheetml.sheet"
    result = _extract(data, f"application/vnd.openxmlformats-officedocument.{kind}", _markdown())
    text = tidy_sheets(result.content) if suffix == ".xlsx" else result.content
    return Extraction(_metadata_title(result) or _first_heading(text, suffix), (Page(None, text.strip()),))


def _extract_html(data: bytes) -> Extraction:
    html = _decode_html(data)
    title = _HTML_TITLE.search(html)
    # The head would come back as a heading of its own ("title: ...") above the text.
    body = _HEAD.sub("", html)
    result = _extract(body.encode(), "text/html", _markdown())
    text = result.content.strip()
    return Extraction(_plain(title.group(1)) if title else _first_heading(text, ".html"), (Page(None, text),))


def _extract_text(data: bytes, suffix: str) -> Extraction:
    try:
        text = decode_text(data)
    except UnicodeError as error:
        raise UnreadableFile("the text's encoding is not known: save it as UTF-8") from error
    title = ""
    if suffix == ".csv":
        text = _csv_to_table(text)
    elif suffix != ".txt":
        front = _FRONT_MATTER.match(text)
        named = _FRONT_TITLE.search(front.group(1)) if front else None
        text = text[front.end() :] if front else text
        title = named.group(1) if named else _first_heading(text, suffix)
    return Extraction(title, (Page(None, text.strip()),))


def _extract(data: bytes, mime_type: str, config: "ExtractionConfig") -> "ExtractionResult":
    from kreuzberg import KreuzbergError, extract_bytes_sync

    try:
        return extract_bytes_sync(data, mime_type, config=config)
    except (KreuzbergError, RuntimeError, ValueError, OSError) as error:
        raise UnreadableFile(_explain(str(error), data)) from error
    except BaseException as error:
        # A panic of the Rust core arrives as a BaseException that no module exports; Ctrl-C must pass.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile("the file is broken: the reader crashed on it") from error


def _explain(message: str, data: bytes) -> str:
    if "password" in message.lower() or (data.startswith(_OLE_MAGIC) and "archive" in message.lower()):
        return "protected by a password (or in an older Office format): save a copy without it"
    detail = message.split(": ", 1)[-1].strip()
    return f"the file is broken or not what its name says ({detail[:100]})"


def _markdown() -> "ExtractionConfig":
    from kreuzberg import ExtractionConfig

    return ExtractionConfig(use_cache=False, output_format="markdown")


def _metadata_title(result: "ExtractionResult") -> str:
    title = _plain(str(result.metadata.get("title") or ""))
    # Printer drivers and templates leave names of programs and files behind, which tell a reader nothing.
    junk = re.match(
        r"(?i)microsoft \w+ -|untitled|\(anonymous\)|(powerpoint|word) presentation|document ?\d*$|.*\.\w{3,4}$", title
    )
    return "" if junk else title


def _first_heading(text: str, suffix: str) -> str:
    heading = None if suffix == ".xlsx" else _HEADING.search(text[:5000])
    return _plain(re.sub(r"[*_`\\]", "", heading.group(1))) if heading else ""


def _plain(text: str) -> str:
    import html

    return " ".join(html.unescape(html.unescape(text)).split())


def _decode_html(data: bytes) -> str:
    declared = _CHARSET.search(data[:2048])
    if declared and declared.group(1).lower() in (b"gb2312", b"gbk", b"gb18030"):
        return data.decode("gb18030", errors="replace")
    try:
        return decode_text(data)
    except UnicodeError:
        return data.decode("cp1252", errors="replace")


def _csv_to_table(text: str) -> str:
    first_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    return render_table([row for row in rows if any(cell.strip() for cell in row)])
