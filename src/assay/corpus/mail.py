"""Mail messages to Markdown. Knows their parts and encodings; attachments are for the caller to read.

By Python's own parser: the document parser decodes Chinese mail wrongly and joins the lines of a text.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart

from assay.corpus.encoding import decode_declared, decode_text

__all__ = ["Body", "Mail", "parse_mail"]

_HEADERS = ("From", "To", "Cc", "Date")
_FLOWED = re.compile(r"(?<!^--) \n(?=[^\s>])", re.MULTILINE)  # a line that goes on, where a text says that it has such
_MOST_NESTED = 100


@dataclass(frozen=True)
class Body:
    """One text of a message in its forms, "" and b"" where it has not got one; `text` has plain lines."""

    text: str
    html: bytes


@dataclass(frozen=True)
class Mail:
    """What a message holds; most have one body."""

    subject: str
    header: str  # "From: ...", one a line
    bodies: tuple[Body, ...]
    attachments: tuple[tuple[str, bytes], ...]  # name, content


def parse_mail(data: bytes) -> Mail:
    """The parts of one message (RFC 5322). Never fails: what is broken in it comes back empty."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    lines = [f"{name}: {value}" for name in _HEADERS if (value := _header(message, name))]
    parts = list(_parts(message))
    bodies = tuple(part for part in parts if isinstance(part, Body))
    attachments = tuple(part for part in parts if not isinstance(part, Body))
    return Mail(_header(message, "Subject"), "\n".join(lines), bodies, attachments)


def _parts(part: MIMEPart, depth: int = 0) -> Iterator[Body | tuple[str, bytes]]:
    """The bodies and attachments in a part, in order; forms of one text are one body."""
    kind = part.get_content_type()
    children = _children(part) if depth < _MOST_NESTED else []
    if kind == "multipart/alternative":
        found = [one for child in children for one in _parts(child, depth + 1)]
        bodies = [one for one in found if isinstance(one, Body)]
        if bodies:
            yield Body("\n\n".join(filter(None, (one.text for one in bodies))), b"".join(one.html for one in bodies))
        yield from (one for one in found if not isinstance(one, Body))
    elif part.get_content_maintype() == "multipart":
        for child in children:
            yield from _parts(child, depth + 1)
    elif kind in ("text/plain", "text/html") and not part.get_filename() and not part.is_attachment():
        text = _decode(part)
        yield Body("", text.encode()) if kind == "text/html" else Body(_unflow(part, text).strip(), b"")
    elif attached := _attachment(part):
        yield attached


def _children(part: MIMEPart) -> list[MIMEPart]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, MIMEPart)] if isinstance(payload, list) else []


def _unflow(part: MIMEPart, text: str) -> str:
    is_flowed = str(part.get_param("format", "")).lower() == "flowed"
    return _FLOWED.sub(" ", text) if is_flowed else text


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
