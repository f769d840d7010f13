"""Mail messages to Markdown. Knows their parts and encodings; attachments are for the caller to read.

By Python's own parser: the document parser decodes Chinese mail wrongly and joins the lines of a text.
"""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart

from assay.corpus.encoding import decode_declared, decode_text

__all__ = ["Mail", "parse_mail"]

_HEADERS = ("From", "To", "Cc", "Date")
_LINE_MARK = re.compile(r"^(#+|[-=]{2,}|\|)", re.MULTILINE)  # would be read as Markdown


@dataclass(frozen=True)
class Mail:
    """What a message holds; `text` has plain lines, and where it is empty `html` has the text."""

    subject: str
    header: str  # "From: ...", one a line
    text: str
    html: bytes
    attachments: tuple[tuple[str, bytes], ...]  # name, content


def parse_mail(data: bytes) -> Mail:
    """The parts of one message (RFC 5322). Never fails: what is broken in it comes back empty."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    text = _decode(plain) if plain else ""
    lines = [f"{name}: {value}" for name in _HEADERS if (value := _header(message, name))]
    attachments = tuple(
        (part.get_filename() or "", _payload(part)) for part in message.iter_attachments() if part.get_filename()
    )
    return Mail(
        _header(message, "Subject"),
        "  \n".join(lines),
        _LINE_MARK.sub(r"\\\1", text).strip(),
        _decode(html).encode() if html and not text.strip() else b"",
        attachments,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, AttributeError):  # what the header parser fails with on broken ones
        return ""


def _payload(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _decode(part: MIMEPart) -> str:
    payload, charset = _payload(part), part.get_content_charset() or "us-ascii"
    try:
        return decode_text(payload) if charset == "us-ascii" else decode_declared(payload, charset)
    except (LookupError, UnicodeError):
        return payload.decode("utf-8", errors="replace")
