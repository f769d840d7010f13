"""kreuzberg, called safely. Knows its settings and its failures; knows no file names."""

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assay.corpus.document import UnreadableFile

if TYPE_CHECKING:
    from kreuzberg import ExtractionResult

__all__ = ["Parsed", "parse_markdown", "plain_title", "told_title"]

_PROTECTED = "protected by a password: save a copy without it"
_ENCRYPTED_SLIDES = b"\x14\x00\x00\x00\xdf\xc4\xd1\xf3"  # PowerPoint's "current user" record, header token
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_ERROR_PREFIX = re.compile(r"^(?:\w*(?:Error|failed|Failed|Invalid PDF)[^:]*: )+")
_TABLE_ROW = re.compile(r"^\|.*\\\*.*\|$", re.MULTILINE)
_BOLD_CELL = re.compile(r"(?:\\\*){2}(.+?)(?:\\\*){2}")  # bold type in a cell, which comes back escaped
_FIELD_CODE = re.compile(r"\bHYPERLINK \"[^\"\n]*\"(?: \\+\w+(?: \"[^\"\n]*\")?)* ?")
# Printer drivers and templates leave names of programs and files behind, which tell a reader nothing.
_JUNK_TITLE = re.compile(
    r"(?i)microsoft \w+ -|untitled|\(anonymous\)|(powerpoint|word) presentation|document ?\d*$|.*\.\w{3,4}$|.*\ufffd"
)


@dataclass(frozen=True)
class Parsed:
    """What kreuzberg made of a file: numbered texts, and the title of its metadata or ""."""

    texts: tuple[tuple[int | None, str], ...]
    title: str


def parse_markdown(data: bytes, mime_type: str) -> Parsed:
    """The whole file as one Markdown text.

    Raises:
        UnreadableFile: encrypted or broken; so do the other functions here.
    """
    result = _extract(data, mime_type, output_format="markdown")
    text = _FIELD_CODE.sub("", result.content.replace("\\&", "&").replace("\ufeff", ""))
    text = _TABLE_ROW.sub(lambda row: _BOLD_CELL.sub(r"\1", row.group()), text)
    if not text.strip() and _is_encrypted(data):
        raise UnreadableFile(_PROTECTED)
    return Parsed(((None, text.strip()),), _title_of(result))


def plain_title(text: str) -> str:
    """A title without entities and line breaks."""
    return " ".join(html.unescape(html.unescape(text)).split())


def told_title(text: str) -> str:
    """The title in a file's metadata; "" for what programs leave there by themselves."""
    title = plain_title(text)
    return "" if _JUNK_TITLE.match(title) else title


def _extract(data: bytes, mime_type: str, **settings: Any) -> "ExtractionResult":
    from kreuzberg import ExtractionConfig, KreuzbergError, extract_bytes_sync

    try:
        return extract_bytes_sync(data, mime_type, config=ExtractionConfig(use_cache=False, **settings))
    except (KreuzbergError, RuntimeError, ValueError, OSError) as error:
        raise UnreadableFile(_explain(str(error), data)) from error
    except BaseException as error:
        # A panic of the Rust core arrives as a BaseException that no module exports; Ctrl-C must pass.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile("the file is broken: the reader crashed on it") from error


def _explain(message: str, data: bytes) -> str:
    if "password" in message.lower() or _is_encrypted(data):
        return _PROTECTED
    detail = _ERROR_PREFIX.sub("", message).strip()
    return f"the file is broken or not what its name says ({detail[:100]})"


def _is_encrypted(data: bytes) -> bool:
    """True for an OLE file that wraps an encrypted one, or whose Word text or slides are marked as encrypted."""
    if not data.startswith(_OLE_MAGIC):
        return False
    word_header = data[512:524]  # where nearly every writer puts it
    is_word = word_header.startswith(b"\xec\xa5") and bool(word_header[11] & 1)
    return is_word or "EncryptedPackage".encode("utf-16-le") in data or _ENCRYPTED_SLIDES in data


def _title_of(result: "ExtractionResult") -> str:
    return told_title(str(result.metadata.get("title") or ""))
