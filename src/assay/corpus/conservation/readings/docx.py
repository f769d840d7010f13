"""DOCX: the paragraphs of all parts that Word shows. Numbers that Word computes for lists are not made anew."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assay.corpus.conservation.piece import Piece
from assay.corpus.conservation.readings.parts import Parts, drawn_paragraphs, local_name
from assay.corpus.document import Exclusion

__all__ = ["read"]

_BESIDE = r"word/(?:footnotes|endnotes|comments)\d*\.xml"
_MARGINS = ("header", "footer")
_DRAWN = r"word/(?:charts/chart|diagrams/data)\d*\.xml"
_UNSHOWN = ("Fallback", "instrText", "delInstrText", "pPr", "sectPr", "sdtPr", "tblPr", "trPr", "tcPr", "rt")
_SIGNS = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ffData": " "}
_SYMBOLS = {"f02d": "-", "f0b0": "°", "f0b1": "±", "f0b4": "×"}


def read(data: bytes) -> list[Piece]:
    """A piece a paragraph, what is shown apart from what is not."""
    parts = Parts(data)
    main = next((target for kind, target in parts.related("/").values() if kind == "officeDocument"), "")
    main = main if main in parts.names else "word/document.xml"
    walk = _Walk(_hidden_styles(parts.root(main.replace("document", "styles"))))
    body = parts.root(main)
    pieces = list(walk.paragraphs(body, None))
    for name in parts.matching(_BESIDE):
        pieces += walk.paragraphs(parts.root(name), None)
    pieces += _margins(parts, main, body, walk)
    for name in parts.matching(_DRAWN):
        pieces += map(Piece, drawn_paragraphs(parts.root(name)))
    return pieces


def _margins(parts: Parts, main: str, body: Element, walk: "_Walk") -> Iterator[Piece]:
    """The headers and footers that a section names, each text once."""
    related = parts.related(main)
    used = [value for each in body.iter() if local_name(each).endswith("Reference") for value in each.attrib.values()]
    named = [related[value] for value in used if value in related]
    seen = set()
    for kind, name in dict.fromkeys(named):
        for piece in walk.paragraphs(parts.root(name), None) if kind in _MARGINS else ():
            if piece.text.strip() not in seen:
                yield piece
            seen.add(piece.text.strip())


def _hidden_styles(styles: Element) -> set[str]:
    return {_value(style, "styleId") for style in styles if any(_is_on(each, "vanish") for each in style.iter())} - {""}


def _value(element: Element, name: str = "val") -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _is_on(element: Element, name: str) -> bool:
    return local_name(element) == name and _value(element) not in ("0", "false", "off")


class _Walk:
    """Through paragraphs; knows which styles hide what is set in them."""

    def __init__(self, hidden: set[str]) -> None:
        self._hidden = hidden

    def paragraphs(self, element: Element, exclusion: Exclusion | None) -> Iterator[Piece]:
        """The pieces below an element."""
        for child in element:
            name = local_name(child)
            if name in _UNSHOWN or (name in ("footnote", "endnote") and _value(child, "type")):
                continue
            if name == "p" and "wordprocessingml" in child.tag:
                yield from self._pieces(child, exclusion)
            elif name == "oMathPara":
                yield Piece(" ".join(each.text or "" for each in child.iter() if local_name(each) == "t"))
            else:
                yield from self.paragraphs(child, _exclusion(name) or exclusion)

    def _pieces(self, paragraph: Element, exclusion: Exclusion | None) -> Iterator[Piece]:
        texts: dict[Exclusion | None, list[str]] = {}
        inner: list[Element] = []
        styles = [each for each in paragraph.iterfind("*/*") if local_name(each) == "pStyle"]
        if styles and _value(styles[0]) in self._hidden:
            exclusion = "hidden"
        self._collect(paragraph, exclusion, texts, inner)
        yield from (Piece("".join(text), kind) for kind, text in texts.items())
        for box in inner:
            yield from self.paragraphs(box, exclusion)

    def _collect(
        self,
        element: Element,
        exclusion: Exclusion | None,
        texts: dict[Exclusion | None, list[str]],
        inner: list[Element],
    ) -> None:
        for child in element:
            name = local_name(child)
            if name in _UNSHOWN:
                continue
            if name == "txbxContent":
                inner.append(child)
            elif name in ("t", "delText"):
                texts.setdefault(exclusion, []).append(child.text or "")
            elif name in _SIGNS:
                texts.setdefault(exclusion, []).append(_SIGNS[name])
            elif name == "oMath":
                formula = " ".join(each.text or "" for each in child.iter() if local_name(each) == "t")
                texts.setdefault(exclusion, []).append(f" {formula} ")
            elif name == "sym":
                texts.setdefault(exclusion, []).append(_SYMBOLS.get(_value(child, "char").lower(), " "))
            elif name == "r":
                kind = self._kind_of(child) or exclusion
                if any(local_name(e) == "vertAlign" and _value(e) == "superscript" for e in child.iterfind("*/*")):
                    texts.setdefault(kind, []).append("^")
                self._collect(child, kind, texts, inner)
            else:
                self._collect(child, _exclusion(name) or exclusion, texts, inner)

    def _kind_of(self, run: Element) -> Exclusion | None:
        properties = list(run.iterfind("*/*"))
        told = [each for each in properties if local_name(each) == "vanish"]
        by_style = any(local_name(each) == "rStyle" and _value(each) in self._hidden for each in properties)
        return "hidden" if (_is_on(told[0], "vanish") if told else by_style) else None


def _exclusion(name: str) -> Exclusion | None:
    return "deleted" if name in ("del", "moveFrom") else None
