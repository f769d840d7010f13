"""RTF: its words between the control words. Destinations that are not shown, deletions and hidden text are left out."""

import re
from dataclasses import dataclass, replace

from assay.corpus.conservation.piece import Piece
from assay.corpus.document import Exclusion

__all__ = ["read"]

_TOKEN = re.compile(rb"\\([a-zA-Z]+)(-?\d+)? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+")
_UNSHOWN = frozenset(
    b"fonttbl colortbl stylesheet info pict fldinst themedata colorschememapping latentstyles datastore xmlnstbl "
    b"listtable listoverridetable rsidtbl generator object revtbl bkmkstart bkmkend private nonshppict filetbl "
    b"pgptbl mmathPr wgrffmtfilter blipuid picprop sp shpinst".split()
)
_BREAKS = frozenset(b"par line cell row sect page nestcell nestrow tab".split())
_SIGNS = {b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”"}
_SIGNS |= {b"emspace": " ", b"enspace": " ", b"bullet": "•"}


@dataclass(frozen=True)
class _State:
    is_shown: bool = True
    is_deleted: bool = False
    is_hidden: bool = False
    n_after: int = 1  # characters after a Unicode one that stand for it in older programs

    @property
    def exclusion(self) -> Exclusion | None:
        return "deleted" if self.is_deleted else "hidden" if self.is_hidden else None


def read(data: bytes) -> list[Piece]:
    """A piece a paragraph or cell."""
    page = re.search(rb"\\ansicpg(\d+)", data)
    reader = _Reader(f"cp{page[1].decode()}" if page else "cp1252")
    for token in _TOKEN.finditer(data):
        reader.take(token)
    reader.end()
    return reader.pieces


class _Reader:
    def __init__(self, encoding: str) -> None:
        self.pieces: list[Piece] = []
        self._encoding = encoding
        self._state, self._outer = _State(), list[_State]()
        self._text: dict[Exclusion | None, list[str]] = {}
        self._bytes, self._n_passed = b"", 0

    def take(self, token: re.Match[bytes]) -> None:
        """One token after the other."""
        word, value, byte, sign, brace, text = token.groups()
        if byte is not None:
            self._put_byte(bytes([int(byte, 16)]))
            return
        self._flush()
        if brace == b"{":
            self._outer.append(self._state)
        elif brace == b"}":
            self._state = self._outer.pop() if self._outer else _State()
        elif text is not None:
            passed, self._n_passed = self._n_passed, max(self._n_passed - len(text), 0)
            self._put(text[passed:].decode(self._encoding, "replace"))
        elif sign is not None:
            self._sign(sign)
        elif word is not None:
            self._word(word, value)

    def end(self) -> None:
        """What was collected is a piece, or one a kind."""
        self._flush()
        self.pieces += [Piece("".join(text), kind) for kind, text in self._text.items()]
        self._text = {}

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._state = replace(self._state, is_shown=False)
        elif sign in b"\\{}":
            self._put(sign.decode())
        elif sign in (b"~", b"_"):
            self._put(" " if sign == b"~" else "-")

    def _word(self, word: bytes, value: bytes | None) -> None:
        is_on = value != b"0"
        if word in _UNSHOWN:
            self._state = replace(self._state, is_shown=False)
        elif word in _BREAKS:
            self.end()
        elif word == b"deleted":
            self._state = replace(self._state, is_deleted=is_on)
        elif word == b"v":
            self._state = replace(self._state, is_hidden=is_on)
        elif word == b"plain":
            self._state = replace(self._state, is_deleted=False, is_hidden=False)
        elif word == b"super" and is_on:
            self._put("^")
        elif word == b"uc":
            self._state = replace(self._state, n_after=int(value or 1))
        elif word == b"u":
            self._put(chr(int(value or 0) % 65536))
            self._n_passed = self._state.n_after
        elif word in _SIGNS:
            self._put(_SIGNS[word])

    def _put(self, text: str) -> None:
        if self._state.is_shown:
            self._text.setdefault(self._state.exclusion, []).append(text)

    def _put_byte(self, byte: bytes) -> None:
        if self._n_passed:
            self._n_passed -= 1
        else:
            self._bytes += byte

    def _flush(self) -> None:
        if self._bytes:
            text, self._bytes = self._bytes.decode(self._encoding, "replace"), b""
            self._put(text)
