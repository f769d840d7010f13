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
    attachments = tuple(found for part in message.iter_attachments() if (found := _attachment(part)))
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


def _attachment(part: MIMEPart) -> tuple[str, bytes] | None:
    """Name and content; None for a part without a name, which is another form of the text, unless it is a message."""
    name = str(part.get_filename() or "")
    if part.get_content_type() != "message/rfc822":
        return (name, _payload(part)) if name else None
    inside = part.get_payload()
    message = inside[0] if isinstance(inside, list) and inside else None
    if not isinstance(message, EmailMessage):
        return name or "message.eml", _payload(part)
    name = name or _header(message, "Subject") or "message"
    try:
        return (name if name.lower().endswith(".eml") else f"{name}.eml"), bytes(message)
    except (ValueError, LookupError, AttributeError, TypeError):  # headers that cannot be written again
        return name, b""


def _payload(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _decode(part: MIMEPart) -> str:
    payload, charset = _payload(part), part.get_content_charset() or "us-ascii"
    try:
        return decode_text(payload) if charset == "us-ascii" else decode_declared(payload, charset)
    except (LookupError, UnicodeError):
        return payload.decode("utf-8", errors="replace")
