"""Bytes to text for files that do not say how they are encoded."""

import codecs

__all__ = ["decode_text"]

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is a prefix of it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_text(data: bytes) -> str:
    """The text of a file with newlines as "\\n": by its byte order mark, else UTF-8, GB18030 or Windows-1252.

    Raises:
        UnicodeError: none of them fits, or the bytes are no text at all.
    """
    text = _decode(data)
    if "\0" in text:
        raise UnicodeError("the bytes are not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeError:
        return _decode_legacy(data)


def _decode_legacy(data: bytes) -> str:
    # GB18030 accepts nearly any two high bytes, so a Western text may pass too: its rare characters give it away.
    try:
        text = data.decode("gb18030")
    except UnicodeError:
        return data.decode("cp1252")
    n_high = sum(character > "\x7f" for character in text)
    n_common = sum("\u4e00" <= character <= "\u9fff" or "\u3000" <= character <= "\u303f" for character in text)
    n_common += sum("\uff00" <= character <= "\uffef" or "\u2010" <= character <= "\u2026" for character in text)
    if n_common >= 0.8 * n_high and not _has_lone_letters(data):
        return text
    try:
        return data.decode("cp1252")
    except UnicodeError:
        return text


def _has_lone_letters(data: bytes) -> bool:
    """True where high bytes mostly stand alone between ASCII letters, as accents do and Chinese does not."""
    lone = pairs = 0
    run = 0
    for byte in data + b" ":
        if byte > 0x7F:
            run += 1
            continue
        lone += run == 1
        pairs += run >= 2
        run = 0
    return lone > pairs
