"""Mail: subject, sender, receivers and date, the texts, and the attachments that have a second reading themselves."""

import email
import email.policy
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage, Message
from pathlib import PurePosixPath

from assay.corpus.conservation.compared_words import find_words
from assay.corpus.conservation.piece import Piece
from assay.corpus.conservation.readings import html
from assay.corpus.encoding import decode_text

__all__ = ["reader"]

_HEADERS = ("Subject", "From", "To", "Cc", "Date")
Inner = Callable[[str, bytes], "tuple[Piece, ...] | None"]


def reader(read_again: Inner) -> Callable[[bytes], list[Piece]]:
    """A reading of messages; `read_again` is asked about each attachment, by its suffix and bytes."""
    return lambda data: list(_message(email.message_from_bytes(data, policy=email.policy.default), read_again))


def _message(message: EmailMessage, read_again: Inner) -> Iterator[Piece]:
    yield from _headers(message)
    for part in message.walk() if message.is_multipart() else [message]:
        if part.is_multipart():
            for inside in part.iter_parts() if part.get_content_type() == "message/rfc822" else ():
                yield from _headers(inside)
            continue
        content, name = part.get_payload(decode=True), part.get_filename()
        data = content if isinstance(content, bytes) else b""
        if name:
            yield Piece(name)
            yield from read_again(PurePosixPath(name).suffix.lower(), data) or ()
        elif part.get_content_type() == "text/plain":
            yield from map(Piece, _text(data, part.get_content_charset()).splitlines())
        elif part.get_content_type() == "text/html":
            pieces = list(html.pieces_of(_text(data, part.get_content_charset())))
            yield from () if _has_plain_twin(message, part, pieces) else pieces


def _headers(message: Message) -> Iterator[Piece]:
    return (Piece(str(message.get(name) or "")) for name in _HEADERS)


def _has_plain_twin(message: EmailMessage, part: EmailMessage, pieces: list[Piece]) -> bool:
    """Whether the same text stands in the message as plain text: half of its words; others say that there is a page."""
    words = find_words(" ".join(piece.text for piece in pieces if not piece.exclusion))
    for outer in message.walk():
        if outer.get_content_type() == "multipart/alternative" and part in list(outer.walk()):
            plain = [each for each in outer.walk() if each.get_content_type() == "text/plain"]
            told = find_words(" ".join(_text(_payload(each), each.get_content_charset()) for each in plain))
            return 2 * (Counter(words) & Counter(told)).total() >= len(words)
    return False


def _payload(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset) if charset and charset != "us-ascii" else decode_text(data)
    except (LookupError, UnicodeError):
        return data.decode("utf-8", "replace")
