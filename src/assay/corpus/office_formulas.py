"""Formulas of office files and web pages (OMML, MathML) to one line that keeps their shape: 1/2, 10^6, √(a+b)."""

import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from assay.corpus.xml_parts import name_of_element

__all__ = ["render_formula"]

_SIMPLE = re.compile(r"[\w.,′]*|\W|[-−+]\w+|\([^()]*\)|√\w+")
_OMML_PROPERTIES = re.compile(r"\w+Pr")
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064\u200b")
_FRACTIONS = ("f", "mfrac")
_ENDING = (*_FRACTIONS, "sSup", "sSub", "sSubSup", "rad", "msup", "msub", "msubsup", "msqrt", "mroot")
_OVER = {"̅": "̅", "^": "̂", "~": "̃", "¯": "̅", "→": "⃗", "˙": "̇", "¨": "̈"}


def render_formula(element: Element) -> str:
    """The formula in an element, whatever its namespace."""
    return " ".join(_render(element).translate(_INVISIBLE).split())


def _render(element: Element) -> str:
    name = name_of_element(element)
    if name in ("t", "mi", "mn", "mo", "mtext", "ms"):
        return _token(element, name)
    if name in ("annotation", "annotation-xml", "mphantom", "rPr", "ctrlPr", "delText") or _OMML_PROPERTIES.fullmatch(
        name
    ):
        return ""
    shape = _SHAPES.get(name)
    return shape(element) if shape else _joined(element)


def _joined(element: Element) -> str:
    """The parts one after the other; a space keeps 2 and 1/2 from being 21/2, and 10^6 and 5 from being 10^65."""
    text, last = "", ""
    for child in element:
        part, name = _render(child), name_of_element(child)
        is_seam = last in _ENDING or name in _FRACTIONS
        text += f" {part}" if is_seam and text[-1:].isalnum() and part[:1].isalnum() else part
        last = name if part else last
    return text


def _token(element: Element, name: str) -> str:
    words = "".join(element.itertext())
    return f" {words.strip()} " if name == "mo" and words.strip() in ("=", "<", ">", "≤", "≥", "≈", "≠", "→") else words


def _part(element: Element, name: str) -> str:
    return "".join(_render(child) for child in element if name_of_element(child) == name).strip()


def _parts(element: Element) -> list[str]:
    return [_render(child).strip() for child in element if not _OMML_PROPERTIES.fullmatch(name_of_element(child))]


def _value(element: Element, name: str, default: str) -> str:
    """A property of an OMML element: an empty value is none, a missing one the default."""
    for found in element.iter():
        if name_of_element(found) == name:
            return next((value for key, value in found.attrib.items() if key.rsplit("}", 1)[-1] == "val"), "")
    return default


def _group(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _scripts(base: str, below: str, above: str) -> str:
    return base + (f"_{_group(below)}" if below else "") + (f"^{_group(above)}" if above else "")


def _fraction(above: str, below: str) -> str:
    return f"{_group(above)}/{_group(below)}"


def _root(inner: str, degree: str) -> str:
    return (f"{degree}√" if degree and degree != "2" else "√") + _group(inner)


def _accent(base: str, sign: str) -> str:
    return base + _OVER.get(sign, sign) if len(base) == 1 else f"{_OVER.get(sign, sign).strip()}({base})"


def _nary(element: Element) -> str:
    sign = _value(element, "chr", "∫")
    return f"{_scripts(sign, _part(element, 'sub'), _part(element, 'sup'))} {_part(element, 'e')}"


def _delimited(element: Element) -> str:
    parts = [_render(child).strip() for child in element if name_of_element(child) == "e"]
    return _value(element, "begChr", "(") + _value(element, "sepChr", "|").join(parts) + _value(element, "endChr", ")")


def _rows(rows: Sequence[str]) -> str:
    return f"[{'; '.join(rows)}]"


def _at(shape: Callable[..., str], *order: int) -> Callable[[Element], str]:
    """A MathML element by its children: those at these places, "" where there is none."""

    def render(element: Element) -> str:
        parts = _parts(element)
        return shape(*(parts[at] if 0 <= at < len(parts) else "" for at in order))

    return render


_SHAPES: dict[str, Callable[[Element], str]] = {
    # OMML
    "f": lambda e: _fraction(_part(e, "num"), _part(e, "den")),
    "sSup": lambda e: _scripts(_group(_part(e, "e")), "", _part(e, "sup")),
    "sSub": lambda e: _scripts(_group(_part(e, "e")), _part(e, "sub"), ""),
    "sSubSup": lambda e: _scripts(_group(_part(e, "e")), _part(e, "sub"), _part(e, "sup")),
    "sPre": lambda e: _scripts("", _part(e, "sub"), _part(e, "sup")) + _part(e, "e"),
    "rad": lambda e: _root(_part(e, "e"), _part(e, "deg")),
    "nary": _nary,
    "d": _delimited,
    "func": lambda e: f"{_part(e, 'fName')} {_part(e, 'e')}",
    "limLow": lambda e: _scripts(_part(e, "e"), _part(e, "lim"), ""),
    "limUpp": lambda e: _scripts(_part(e, "e"), "", _part(e, "lim")),
    "acc": lambda e: _accent(_part(e, "e"), _value(e, "chr", "^")),
    "bar": lambda e: _accent(_part(e, "e"), "¯"),
    "m": lambda e: _rows([", ".join(_parts(row)) for row in e if name_of_element(row) == "mr"]),
    "eqArr": lambda e: "; ".join(_parts(e)),
    # MathML
    "mfrac": _at(_fraction, 0, 1),
    "msup": _at(lambda base, above: _scripts(_group(base), "", above), 0, 1),
    "msub": _at(lambda base, below: _scripts(_group(base), below, ""), 0, 1),
    "msubsup": _at(lambda base, below, above: _scripts(_group(base), below, above), 0, 1, 2),
    "munder": _at(lambda base, below: _scripts(base, below, ""), 0, 1),
    "munderover": _at(_scripts, 0, 1, 2),
    "mover": _at(_accent, 0, 1),
    "msqrt": lambda e: _root(_joined(e).strip(), ""),
    "mroot": _at(_root, 0, 1),
    "mfenced": lambda e: e.get("open", "(") + ", ".join(_parts(e)) + e.get("close", ")"),
    "mtable": lambda e: _rows([", ".join(_parts(row)) for row in e]),
    "semantics": lambda e: _render(e[0]) if len(e) else "",
}
