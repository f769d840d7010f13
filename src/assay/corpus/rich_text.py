"""RTF made ready for the parser, which reads deleted and hidden text, glues raised signs and drops numbers of lists."""

import re

from assay.corpus.inline import raise_text

__all__ = ["prepare_rich_text"]

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]+)(?P<value>-?\d+)? ?|\\'[0-9a-fA-F]{2}|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)|[\r\n]+"
)
_SIGNS = {b"~": b" ", b"_": b"-", b"-": b""}  # a fixed space, a fixed hyphen, a place where a word may be broken
_NUMBERS = (b"listtext", b"pntext")  # the number of a paragraph, as it is shown
_STRUCTURE = frozenset(b"par line cell row sect page trowd cellx pard tab intbl nestcell nestrow".split())
_SKIPPED_NAMES = b"fonttbl colortbl stylesheet info pict listtable listoverridetable rsidtbl revtbl fldinst"
_SKIPPED = frozenset(_SKIPPED_NAMES.split())


def prepare_rich_text(data: bytes) -> bytes:
    """The file without what is not shown, and with what the parser loses: fixed spaces, powers, numbers of lists."""
    written: list[bytes] = []
    groups: list[tuple[bool, bool, bool]] = []
    is_gone, is_raised, is_skipped = False, False, False
    has_words = False  # in this paragraph so far
    for token in _TOKEN.finditer(data):
        word, sign, brace, text = token.group("word", "sign", "brace", "text")
        kept = token.group()
        if brace == b"{":
            groups.append((is_gone, is_raised, is_skipped))
        elif brace == b"}":
            is_gone, is_raised, is_skipped = groups.pop() if groups else (False, False, False)
        elif word in _SKIPPED:
            is_skipped = True
        elif is_skipped:
            pass
        elif word in (b"deleted", b"v"):
            is_gone, kept = token.group("value") != b"0", b""
        elif word in (b"super", b"nosupersub"):
            is_raised, kept = word == b"super" and token.group("value") != b"0", b""
        elif word == b"plain":
            is_gone = is_raised = False
        elif word in _NUMBERS:
            kept = b""
        elif word in (b"par", b"cell", b"line", b"row"):
            has_words = False
        elif sign in _SIGNS:
            kept = _SIGNS[sign]
        elif text and is_raised and has_words and text.strip().isascii():
            kept = raise_text(text.decode("ascii", "replace")).encode()
            is_raised = False
        has_words = has_words or bool(text and text.strip() and not is_skipped and not is_gone)
        if not is_gone or brace or word in _STRUCTURE:
            written.append(kept)
    return b"".join(written)
