"""One file to pages of Markdown, by its kind. Knows file formats; knows no folders and no passages."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assay.corpus.cleaning import list_taken_lines, strip_repeated_lines
from assay.corpus.conservation import Piece, read_again
from assay.corpus.dating import spell_keys
from assay.corpus.document import LeftOut, Page, UnreadableFile
from assay.corpus.encoding import decode_declared, decode_text
from assay.corpus.inline import escape_cell, escape_line
from assay.corpus.language import CJK
from assay.corpus.mail import parse_mail
from assay.corpus.margins import COMMENTS, read_margins
from assay.corpus.office import check_archive
from assay.corpus.open_slides import read_open_slides
from assay.corpus.open_text import read_open_sheets, read_open_text
from assay.corpus.parsing import parse_markdown, plain_title, told_title
from assay.corpus.rich_text import prepare_rich_text
from assay.corpus.scans import read_image, read_pdf
from assay.corpus.sheets import render_sheet, tidy_sheets
from assay.corpus.slides import Slide, read_slides
from assay.corpus.texts import render_delimited, render_plain
from assay.corpus.web import split_site
from assay.corpus.web_lists import spell_list_numbers
from assay.corpus.web_tables import fill_spans
from assay.corpus.web_values import spell_drawings, spell_values
from assay.corpus.word_text import read_word
from assay.corpus.workbooks import read_workbook

__all__ = ["SUFFIXES", "Extraction", "UnreadableFile", "extract_file"]

_OPEN = "application/vnd.oasis.opendocument"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_DOCUMENTS = {
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".docm": f"{_OFFICE}.wordprocessingml.document",
    ".odt": f"{_OPEN}.text",
    ".rtf": "application/rtf",
    ".doc": "application/msword",
    ".ppt": "application/vnd.ms-powerpoint",
    ".epub": "application/epub+zip",
    ".msg": "application/vnd.ms-outlook",
}
_SHEETS = {
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".xlsm": f"{_OFFICE}.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
    ".ods": f"{_OPEN}.spreadsheet",
}
_SLIDES = {".pptx": f"{_OFFICE}.presentationml.presentation"}
_OPEN_SLIDES = ".odp"
_WEB = (".html", ".htm")
_TEXTS = (".md", ".markdown", ".txt")
_TABLES = (".csv", ".tsv")
_IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp")
SUFFIXES = (".pdf", *_DOCUMENTS, *_SLIDES, _OPEN_SLIDES, *_SHEETS, *_WEB, *_TEXTS, *_TABLES, ".eml", *_IMAGES)

_LONG_S, _LARGE_BYTES = 20.0, 50_000_000  # from there on a file is read once only
_MOST_NESTED = 20  # messages that are attached to one another
_ZIP_MAGIC, _OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NEWER = {".doc": ".docx", ".xls": ".xlsx", ".ppt": ".pptx"}
_OLDER = {newer: older for older, newer in _NEWER.items()}
_HTML_START = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<table|<meta)\b", re.IGNORECASE)
_HEAD = re.compile(r"<head\b.*?</head\s*>|<title\b.*?</title\s*>|<meta\b[^>]*>", re.IGNORECASE | re.DOTALL)
_HTML_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title\s*>", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"<meta[^>]*charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A(?P<mark>---|\+\+\+)[ \t]*\n(.*?\n)(?:(?P=mark)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
# A key of a program, such as "title" or "last_updated"; "Note: the fee is 50" between two rules is text.
_FRONT_KEY = re.compile(r"[a-z][\w.-]*\s*[:=]|[\"'][\w.-]+[\"']\s*[:=]|(?:Title|Date|Author|Tags|Layout|Category)\s*:")
_FRONT_MORE = re.compile(r"\s|#|- |-$|\[|\]|\}|$")  # a list, a longer value, a comment
_FRONT_TITLE = re.compile(r"^[\"']?title[\"']?\s*[:=]\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE | re.IGNORECASE)
_WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
_HEADING = re.compile(r"^#{1,2}\s+(.+?)\s*#*$", re.MULTILINE)


@dataclass(frozen=True)
class Extraction:
    """What a file holds; `title` is "" where it does not tell.

    `unread_pages` show something, but no readable text; `unread_parts` are attachments, each with the reason.
    `left_out` is text that is no part of the pages. `pieces` are what a second reading found in it; None where there
    is none. `told` has what the file says of its dates outside of the pages.
    """

    title: str
    pages: tuple[Page, ...]
    unread_pages: tuple[int, ...] = ()
    unread_parts: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    pieces: tuple[Piece, ...] | None = None
    told: str = ""


def extract_file(path: Path, data: bytes) -> Extraction:
    """The pages of one file as Markdown.

    Pages of a PDF, slides of a PPTX and images of a TIFF are numbered; all else is one page without a number. Where
    an office file's content is of another kind than its name says, the content decides.

    Raises:
        UnreadableFile: encrypted, broken, or of an unknown kind.
    """
    suffix = _kind_of(path.suffix.lower(), data)
    started = time.process_time()
    found = _extract(path, data, suffix)
    if found.pieces is not None or time.process_time() - started > _LONG_S or len(data) > _LARGE_BYTES:
        return found
    return replace(found, pieces=read_again(suffix, data))


def _extract(path: Path, data: bytes, suffix: str) -> Extraction:
    if suffix == ".pdf":
        found = read_pdf(path, data)
        return Extraction(found.title, found.pages, found.unread_pages, left_out=found.left_out, pieces=found.pieces)
    if suffix in _IMAGES:
        return Extraction("", read_image(data))
    if suffix == ".eml":
        return _extract_mail(data)
    if suffix in _WEB:
        return _extract_html(data)
    if suffix in _TABLES:
        return _one_page("", render_delimited(_decode(data)))
    if suffix in _TEXTS:
        return _extract_text(data, suffix)
    if suffix in SUFFIXES:
        return _extract_office(data, suffix)
    raise UnreadableFile(f"{suffix or 'a file without a suffix'} is not read")


def _kind_of(suffix: str, data: bytes) -> str:
    """The suffix that fits the content, for the kinds that programs save under each other's names."""
    if suffix not in (*_NEWER, *_OLDER, ".rtf"):
        return suffix
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(_ZIP_MAGIC):
        return _NEWER.get(suffix, suffix)
    if data.startswith(_OLE_MAGIC) and "EncryptedPackage".encode("utf-16-le") not in data:
        return _OLDER.get(suffix, suffix)
    return ".html" if _HTML_START.match(data[:200]) else suffix


def _extract_office(data: bytes, suffix: str) -> Extraction:
    check_archive(data)
    if suffix == _OPEN_SLIDES:
        return _join_slides("", read_open_slides(data))
    if suffix in _SLIDES:
        return _extract_slides(data, _SLIDES[suffix])
    if suffix in _SHEETS:
        if suffix == ".ods" and data.startswith(_ZIP_MAGIC):
            return _extract_open_sheets(data)
        if suffix in (".xlsx", ".xlsm") and data.startswith(_ZIP_MAGIC):
            return _extract_workbook(data)
        parsed = parse_markdown(data, _SHEETS[suffix])
        return _one_page(parsed.title, tidy_sheets(parsed.texts[0][1]))
    if suffix in (".docx", ".docm", ".odt") and data.startswith(_ZIP_MAGIC):
        title, text, left_out = read_open_text(data) if suffix == ".odt" else read_word(data)
        return replace(_one_page(told_title(title) or _first_heading(text), text), left_out=tuple(left_out))
    parsed = parse_markdown(prepare_rich_text(data) if suffix == ".rtf" else data, _DOCUMENTS[suffix])
    return _one_page(parsed.title or _first_heading(parsed.texts[0][1]), parsed.texts[0][1])


def _extract_workbook(data: bytes) -> Extraction:
    """The sheets that are shown, then what stands beside their cells; what is hidden is left out."""
    book = read_workbook(data)
    blocks, left_out = [], []
    for sheet in book.sheets:
        rows = [[escape_cell(cell) for cell in row] for row in sheet.rows]
        if sheet.is_hidden:
            hidden = [sheet.name, *(" | ".join(filter(None, row)) for row in sheet.rows if any(row)), *sheet.hidden]
        else:
            blocks += [f"## {escape_line(sheet.name)}", *render_sheet(rows)] if any(map(any, rows)) else []
            hidden = list(sheet.hidden)
        left_out += [LeftOut("\n".join(hidden), "hidden")] if hidden else []
    page = _one_page(told_title(book.title), "\n\n".join([*blocks, read_margins(data, book.main)]))
    return replace(page, left_out=tuple(left_out))


def _extract_open_sheets(data: bytes) -> Extraction:
    title, sheets = read_open_sheets(data)
    blocks, left_out, comments = [], [], []
    for sheet in sheets:
        if sheet.is_hidden:
            rows = [" | ".join(filter(None, row)) for row in sheet.rows if any(row)]
            left_out.append(LeftOut("\n".join([sheet.name, *rows, *sheet.hidden]), "hidden"))
            continue
        blocks += [f"## {escape_line(sheet.name)}", *render_sheet(sheet.rows)] if sheet.rows else []
        comments += sheet.comments
        left_out += [LeftOut("\n".join(sheet.hidden), "hidden")] if sheet.hidden else []
    page = _one_page(told_title(title), "\n\n".join([*blocks, *([COMMENTS, *comments] if comments else [])]))
    return replace(page, left_out=tuple(left_out))


def _extract_slides(data: bytes, mime_type: str) -> Extraction:
    if not data.startswith(_ZIP_MAGIC):
        return _one_page("", parse_markdown(data, mime_type).texts[0][1])  # it says what is wrong
    title, slides = read_slides(data)
    return _join_slides(told_title(title), slides)


def _join_slides(title: str, slides: Sequence[Slide]) -> Extraction:
    """The slides that are shown as pages, without what stands on most of them."""
    whole = ["" if slide.is_hidden else slide.text for slide in slides]
    texts, numbers = strip_repeated_lines(whole), range(1, len(whole) + 1)
    left_out = [*list_taken_lines(whole, texts, numbers)]
    pages = []
    for number, (slide, text) in enumerate(zip(slides, texts, strict=True), start=1):
        left_out += [replace(one, page=number) for one in slide.left_out]
        if slide.is_hidden:
            left_out.append(LeftOut(f"{slide.text}\n\n{slide.beside}".strip(), "hidden", number))
        else:
            pages.append(Page(number, f"{text}\n\n{slide.beside}".strip()))
    return Extraction(title, tuple(pages), left_out=tuple(left_out))


def _extract_html(data: bytes) -> Extraction:
    html = _decode_html(data)
    title = _HTML_TITLE.search(html)
    # The head would come back as a heading of its own ("title: ...") above the text.
    content, site = split_site(spell_drawings(_HEAD.sub("", html)))
    spelled, unchosen = spell_values(spell_list_numbers(fill_spans(content)))
    text = parse_markdown(spelled.encode(), "text/html").texts[0][1]
    page = _one_page(plain_title(title.group(1)) if title else _first_heading(text), text)
    left_out = [*(LeftOut(piece, "site") for piece in site), *(LeftOut(choice, "hidden") for choice in unchosen)]
    return replace(page, left_out=tuple(left_out))


def _extract_mail(data: bytes, depth: int = 0) -> Extraction:
    """The message, then each attachment under a heading with its name, of some the name alone."""
    if depth > _MOST_NESTED:
        raise UnreadableFile(f"a message within {_MOST_NESTED} others is not read")
    mail = parse_mail(data)
    parts = [render_plain(mail.header)]
    unread: list[str] = []
    left_out: list[LeftOut] = []
    for body in mail.bodies:
        web = _extract_html(body.html) if body.html else Extraction("", ())
        is_plain = not web.pages or _tells_most(body.text, web.pages[0].text)
        parts.append(render_plain(body.text) if is_plain else web.pages[0].text)
        left_out += web.left_out if not is_plain else ()
        left_out += [LeftOut(body.text, "markup")] if body.text and not is_plain else []  # says that there is a page
    for name, content in mail.attachments:
        try:
            found = _extract_attachment(Path(name), content, depth) if content else Extraction("", ())
        except UnreadableFile as error:
            found = Extraction("", (), unread_parts=(str(error),))
        parts += [f"# {name}", *(page.text for page in found.pages)]
        unread += [f"{name}: {reason}" for reason in found.unread_parts]
        unread += [f"{name}: page {number} is an image of text" for number in found.unread_pages]
        left_out += found.left_out
    page = _one_page(mail.subject, "\n\n".join(filter(None, parts)))
    return replace(page, unread_parts=tuple(unread), left_out=tuple(left_out))


def _extract_attachment(name: Path, content: bytes, depth: int) -> Extraction:
    return _extract_mail(content, depth + 1) if name.suffix.lower() == ".eml" else extract_file(name, content)


def _tells_most(text: str, other: str) -> bool:
    """Whether a text has most words of another form of it: some only say that there is another."""
    words, others = set(_WORD.findall(text)), set(_WORD.findall(other))
    return not others or 2 * len(words & others) >= len(others)


def _extract_text(data: bytes, suffix: str) -> Extraction:
    text = _decode(data)
    if suffix == ".txt":
        return _one_page("", render_plain(text))
    front = _front_matter(text)
    named = _FRONT_TITLE.search(front)
    text = text[len(front) :]
    page = _one_page(named.group(1) if named else _first_heading(text), text)
    left_out = (LeftOut(front.strip(), "markup"),) if front else ()
    return replace(page, left_out=left_out, told=spell_keys(front))


def _front_matter(text: str) -> str:
    """What programs are told at the head of a text, marks and all; "" where rules enclose words for readers."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return ""
    lines = found.group(2).splitlines()
    is_told = any(map(_FRONT_KEY.match, lines)) and all(
        _FRONT_KEY.match(line) or _FRONT_MORE.match(line) for line in lines
    )
    return found.group() if is_told or not found.group(2).strip() else ""


def _one_page(title: str, text: str) -> Extraction:
    return Extraction(title, (Page(None, text.strip()),))


def _first_heading(text: str) -> str:
    heading = _HEADING.search(text[:5000].split(f"{COMMENTS}\n")[0])  # a heading of ours names no document
    return plain_title(re.sub(r"[*_`\\]", "", heading.group(1))) if heading else ""


def _decode(data: bytes) -> str:
    try:
        return decode_text(data)
    except UnicodeError as error:
        raise UnreadableFile("the text's encoding is not known: save it as UTF-8") from error


def _decode_html(data: bytes) -> str:
    declared = _CHARSET.search(data[:2048])
    if declared:
        try:
            return decode_declared(data, declared.group(1).decode())
        except (UnicodeError, LookupError):
            pass  # pages often name another encoding than their own
    try:
        return decode_text(data)
    except UnicodeError:
        return data.decode("cp1252", errors="replace")
