"""The styles of a Word document, as far as they decide what is shown. Names of elements without namespaces."""

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from assay.corpus.word_numbers import value_of

__all__ = ["Style", "is_on", "parse_styles", "style_of"]

_MOST_ANCESTORS = 30
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True)
class Style:
    """What a style or a paragraph asks for, its ancestors included."""

    level: int = 0  # of a heading, from 1; 0 for none
    list_id: str = ""
    list_level: int | None = None
    is_hidden: bool = False
    font: str = ""


def parse_styles(root: Element) -> dict[str, Style]:
    """The styles of styles.xml by their ids."""
    elements = {each.get("styleId", ""): each for each in root.iter("style")}
    return {id: _resolve(id, elements) for id in elements}


def _resolve(id: str, elements: dict[str, Element]) -> Style:
    chain: list[Element] = []
    while id in elements and len(chain) < _MOST_ANCESTORS:
        chain.append(elements[id])
        id = value_of(elements[id], "basedOn")
    style = Style()
    for each in reversed(chain):
        style = style_of(each.find("pPr"), _with_runs(each.find("rPr"), style))
        name = value_of(each, "name").lower()
        if name == "title":
            style = replace(style, level=1)
        elif name.startswith("heading ") and name[8:].isdigit():
            style = replace(style, level=int(name[8:]))
    return style


def style_of(properties: Element | None, base: Style) -> Style:
    """A style with what the properties of a paragraph add to it."""
    if properties is None:
        return base
    outline, numbers = value_of(properties, "outlineLvl"), properties.find("numPr")
    if outline.isdigit():
        base = replace(base, level=int(outline) + 1 if int(outline) < 9 else 0)
    if numbers is not None:
        level, list_id = value_of(numbers, "ilvl"), value_of(numbers, "numId")
        base = replace(
            base, list_id=list_id or base.list_id, list_level=int(level) if level.isdigit() else base.list_level
        )
    return base


def _with_runs(properties: Element | None, base: Style) -> Style:
    if properties is None:
        return base
    fonts = properties.find("rFonts")
    hidden = is_on(properties, "vanish")
    font = fonts.get("ascii", "") if fonts is not None else ""
    return replace(base, is_hidden=base.is_hidden if hidden is None else hidden, font=font or base.font)


def is_on(properties: Element | None, name: str) -> bool | None:
    """Whether a property is switched on; None where it is not told."""
    found = properties.find(name) if properties is not None else None
    return None if found is None else found.get("val", "1").lower() not in _OFF
