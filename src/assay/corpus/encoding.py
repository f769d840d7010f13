"""Bytes to text for files that do not say how they are encoded."""

import codecs
import re

__all__ = ["decode_declared", "decode_text"]

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is a prefix of it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The rows of an encoding's table that hold its frequent characters and its punctuation, by the first byte.
_FREQUENT_ROWS = {
    "gb18030": (range(0xA1, 0xA4), range(0xB0, 0xD8)),
    "big5hkscs": (range(0xA1, 0xA4), range(0xA4, 0xC7)),
    "cp932": (range(0x81, 0x85), range(0x88, 0x98)),
}
_LEAST_SECOND_BYTE = {"gb18030": 0xA1, "big5hkscs": 0x40, "cp932": 0x40}  # below it stand GBK's additions
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_KANA = re.compile("[\u3040-\u30ff]")
_LEAST_SHARE = 0.8  # of the characters beyond ASCII must be frequent ones
_LEAST_WIDE_SHARE = 0.9
_MOST_DAMAGE = 0.02  # of the characters beyond ASCII may be broken: a file that was cut, or two that were joined
_SAMPLE = 20_000  # characters that are looked at


def decode_text(data: bytes) -> str:
    """The text of a file with newlines as "\\n".

    Decoded by its byte order mark; else as UTF-8 or as UTF-16 without a mark; else as the one of GB18030, Big5 and
    Shift-JIS in which its characters are frequent ones; else as Windows-1252. A few broken characters, as where a file
    was cut, come as U+FFFD and change nothing of this.

    Raises:
        UnicodeError: none of them fits, or the bytes are no text at all.
    """
    text = _decode(data)
    if "\0" in text:
        raise UnicodeError("the bytes are not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode_declared(data: bytes, name: str) -> str:
    """The text in the encoding that the file itself or its sender names, in the superset that is used under that name.

    Raises:
        UnicodeError: the bytes are something else.
        LookupError: no encoding has this name.
    """
    name = codecs.lookup(name).name
    supersets = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932"}
    supersets |= {"iso8859-1": "cp1252", "ascii": "cp1252"}
    return data.decode(supersets.get(name, name)).replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeError:
        return _decode_wide(data) or _decode_damaged(data, "utf-8") or _decode_legacy(data)
    return _decode_wide(data) or text if "\0" in text else text


def _decode_wide(data: bytes) -> str:
    """As UTF-16 without a mark if nearly all characters are ASCII or frequent Chinese ones; else ""."""
    if len(data) % 2 or len(data) < 4:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        sample = text[:_SAMPLE]
        n_plain = sum(character in "\n\r\t" or " " <= character <= "~" for character in sample)
        chinese = "".join(character for character in sample if character > "\x7f")
        share = max(_frequent_share(chinese, name) for name in ("gb18030", "big5hkscs"))
        if n_plain + share * len(chinese) >= _LEAST_WIDE_SHARE * len(sample):
            return text
    return ""


def _decode_legacy(data: bytes) -> str:
    best, best_share = "", 0.0
    for encoding in _FREQUENT_ROWS:
        text = _decode_damaged(data, encoding)
        share = _frequent_share(text[:_SAMPLE], encoding)
        if encoding == "cp932" and not _KANA.search(text):
            share *= 0.7  # Japanese sentences have kana; a table of names may have none
        if encoding == "gb18030" and _has_lone_letters(data):
            share = 0.0
        if share > best_share:
            best, best_share = text, share
    if best_share >= _LEAST_SHARE:
        return best
    try:
        return data.decode("cp1252")
    except UnicodeError:
        if best_share >= 0.5:
            return best
        raise


def _decode_damaged(data: bytes, encoding: str) -> str:
    """The text, with U+FFFD for what is broken; "" where that is more than a little, or all there is."""
    text = data.decode(encoding, errors="replace")
    n_broken = text.count("\ufffd")
    if not n_broken:
        return text
    n_beyond = sum(map(len, _BEYOND_ASCII.findall(text)))
    return text if n_broken <= max(_MOST_DAMAGE * n_beyond, min(n_beyond // 10, 1)) else ""


def _frequent_share(text: str, encoding: str) -> float:
    """Of the characters beyond ASCII, the share that stand in the encoding's rows of frequent ones."""
    codes = [character.encode(encoding, errors="ignore") for character in text if character > "\x7f"]
    rows, least = _FREQUENT_ROWS[encoding], _LEAST_SECOND_BYTE[encoding]
    n_frequent = sum(len(code) == 2 and code[1] >= least and any(code[0] in row for row in rows) for code in codes)
    return n_frequent / max(len(codes), 1)


def _has_lone_letters(data: bytes) -> bool:
    """True where high bytes mostly stand alone between ASCII letters, as accents do and Chinese does not."""
    runs = re.findall(rb"[\x80-\xff]+", data[: 2 * _SAMPLE])
    n_lone = sum(len(run) == 1 for run in runs)
    return n_lone > len(runs) - n_lone
