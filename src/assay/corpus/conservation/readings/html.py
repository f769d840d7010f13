"""HTML: the text that a tree of its elements shows. Knows what is hidden; knows nothing of sites."""

from html.parser import HTMLParser

from assay.corpus.conservation.piece import Piece
from assay.corpus.encoding import decode_declared, decode_text

__all__ = ["pieces_of", "read"]

_UNSHOWN = frozenset(("script", "style", "template", "head", "noscript", "iframe", "object", "datalist", "rp", "rt"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
        ),
        *(
            "kbd",
            "mark",
            "q",
            "ruby",
            "rb",
            "s",
            "samp",
            "small",
            "span",
            "strike",
            "strong",
            "sub",
            "sup",
            "time",
            "tt",
        ),
        *("u", "var", "wbr", "nobr"),
    )
)
_VALUES = ("text", "number", "date", "email", "tel", "url", "time", "month", "week", "datetime-local", "search", "")


def read(data: bytes) -> list[Piece]:
    """A piece a block."""
    try:
        text = decode_text(data)
    except UnicodeError:
        text = decode_declared(data, "cp1252")
    return pieces_of(text)


def pieces_of(html: str) -> list[Piece]:
    """A piece a block of a page that is decoded."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_piece()
    return reader.pieces


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._text: list[str] = []
        self._is_after_span = False
        self._open: list[tuple[str, bool]] = []  # name, and whether it hides what it holds

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a piece, or note that what follows is not shown."""
        values = {name: value or "" for name, value in attrs}
        if tag not in _INLINE:
            self.end_piece()
        if tag == "span" and self._is_after_span:
            self._text.append(" ")  # style sheets part what is marked up piece by piece
        self._is_after_span = False
        if tag == "input" and values.get("type", "").lower() in _VALUES and not self._is_hidden():
            self.pieces.append(Piece(values.get("value", "")))
        if tag == "sup":
            self._text.append("^")
        if tag not in _VOID:
            self._open.append((tag, tag in _UNSHOWN or _is_hidden(values)))

    def handle_endtag(self, tag: str) -> None:
        """Close the element of this name that was opened last, and all within it."""
        if tag not in _INLINE:
            self.end_piece()
        self._is_after_span = tag == "span"
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        """Take the text, if it is shown."""
        self._is_after_span = False
        if not self._is_hidden():
            self._text.append(data)

    def end_piece(self) -> None:
        """What was collected is a piece."""
        text = " ".join("".join(self._text).split())
        if text:
            self.pieces.append(Piece(text))
        self._text = []

    def _is_hidden(self) -> bool:
        return any(hides for _, hides in self._open)


def _is_hidden(values: dict[str, str]) -> bool:
    style = "".join(values.get("style", "").lower().split())
    is_marked = "hidden" in values or values.get("aria-hidden") == "true"
    return is_marked or "display:none" in style or "visibility:hidden" in style
