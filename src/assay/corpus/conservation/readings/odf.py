"""ODT, ODS and ODP: the paragraphs of the content, and of the headers and footers of its pages."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assay.corpus.conservation.piece import Piece
from assay.corpus.conservation.readings.parts import Parts, local_name
from assay.corpus.document import Exclusion

__all__ = ["read"]

_SPACES = {"s": " ", "tab": " ", "line-break": " "}
_SKIPPED = ("note-citation", "creator", "date", "date-string", "sequence-decls", "ruby-text", "desc", "sender-initials")
_PARAGRAPHS = ("p", "h")
_MARGINS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")


def read(data: bytes) -> list[Piece]:
    """A piece a paragraph; tracked deletions, hidden tables, rows, columns and paragraphs are excluded."""
    parts = Parts(data)
    content, styles = parts.root("content.xml"), parts.root("styles.xml")
    walk = _Walk(_hidden_styles(content))
    pieces = list(walk.paragraphs(content, None))
    is_sheet = any(local_name(each) == "spreadsheet" for each in content.iter())  # its margins are on paper only
    for margin in (each for each in styles.iter() if local_name(each) in _MARGINS and not is_sheet):
        pieces += walk.paragraphs(margin, None)
    return pieces


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _hidden_styles(content: Element) -> set[str]:
    """The names of the styles of sheets and texts that are not shown, and of slides that are left out of the show."""
    hidden = set()
    for style in (each for each in content.iter() if local_name(each) == "style"):
        for told in style:
            is_off = _attribute(told, "visibility") == "hidden" or _attribute(told, "display") in ("false", "none")
            if is_off and local_name(told) in ("table-properties", "drawing-page-properties", "text-properties"):
                hidden.add(_attribute(style, "name"))
    return hidden


class _Walk:
    def __init__(self, hidden: set[str]) -> None:
        self._hidden = hidden

    def paragraphs(self, element: Element, exclusion: Exclusion | None) -> Iterator[Piece]:
        """The pieces below an element."""
        for child in element:
            name = local_name(child)
            kind = exclusion or self._exclusion(child, name)
            if name in _PARAGRAPHS:
                inner: list[Element] = []
                yield Piece("".join(self._text(child, inner)), kind)
                for each in inner:
                    yield from self.paragraphs(each, kind)
            elif name not in _SKIPPED:
                yield from self.paragraphs(child, kind)

    def _exclusion(self, element: Element, name: str) -> Exclusion | None:
        if name in ("deletion", "tracked-changes"):
            return "deleted"
        if name in ("table-row", "table-column") and _attribute(element, "visibility") in ("collapse", "filter"):
            return "hidden"
        if name in ("table", "page", "p", "h", "span") and _attribute(element, "style-name") in self._hidden:
            return "hidden"
        return "hidden" if name in ("hidden-paragraph", "hidden-text") else None

    def _text(self, element: Element, inner: list[Element]) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            name = local_name(child)
            if name in _SPACES:
                yield " "
            elif name in ("note", "annotation", "frame", "text-box", "custom-shape"):
                inner.append(child)
            elif name not in _SKIPPED and self._exclusion(child, name) is None:
                yield from self._text(child, inner)
            yield child.tail or ""
