"""The numbers that Word puts before paragraphs: what a style or a paragraph asks for, counted as it is shown."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element

from assay.corpus.list_numbers import spell_number

__all__ = ["Label", "Numbering", "value_of"]

_PLACE = re.compile(r"%([1-9])")
_MOST_LEVELS = 9


@dataclass(frozen=True)
class Label:
    """What stands before a paragraph: a bullet, or a number as it is shown, and whether a gap follows."""

    text: str
    level: int
    is_bullet: bool
    has_gap: bool


@dataclass(frozen=True)
class _Level:
    kind: str  # "decimal", "bullet", ...
    sample: str  # of a kind of the writer's own: "001, 002, ..."
    text: str  # "%1.%2"
    start: int
    restarts: bool
    is_legal: bool
    is_hidden: bool
    style: str
    gap: Literal["tab", "space", "nothing"] | str


@dataclass
class Numbering:
    """The lists of a document; it is asked for each paragraph in turn, since it counts."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by the list's id
    shared: dict[str, str] = field(default_factory=dict)  # lists that count together, by the list's id
    starts: dict[str, dict[int, int]] = field(default_factory=dict)  # where a list begins anew
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def parse(cls, root: Element, list_of_style: Callable[[str], str]) -> "Numbering":
        """The lists of numbering.xml, names without namespaces; `list_of_style` gives the list that a style names."""
        made = cls()
        abstract = {each.get("abstractNumId", ""): each for each in root.iter("abstractNum")}
        lists = {each.get("numId", ""): each for each in root.findall("num")}
        for id, each in lists.items():
            key = value_of(each, "abstractNumId")
            styled = value_of(abstract[key], "numStyleLink") if key in abstract else ""
            if styled and (other := lists.get(list_of_style(styled))) is not None:
                key = value_of(other, "abstractNumId")
            made.shared[id] = key
            made.levels[id] = _levels(abstract[key]) if key in abstract else {}
            for change in each.findall("lvlOverride"):
                level = _number(change.get("ilvl"), 0)
                made.levels[id] |= _levels(change)
                if (start := value_of(change, "startOverride")) != "":
                    made.starts.setdefault(id, {})[level] = _number(start, 1)
        return made

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level of a list that is bound to a style; 0 where none is."""
        return next((level for level, one in self.levels.get(list_id, {}).items() if one.style == style), 0)

    def count(self, list_id: str, level: int) -> Label | None:
        """The label of the next paragraph on a level; None where the list has none."""
        levels = self.levels.get(list_id, {})
        if level not in levels:
            return None
        counts = self._counts.setdefault(self.shared[list_id], {})
        begins = self.starts.get(list_id, {}).get(level)
        if begins is not None and (list_id, level) not in self._begun:
            counts[level] = begins
        else:
            counts[level] = counts[level] + 1 if level in counts else levels[level].start
        self._begun.add((list_id, level))
        for other in range(_MOST_LEVELS):
            if other < level and other in levels:
                counts.setdefault(other, levels[other].start)
            elif other > level and (other not in levels or levels[other].restarts):
                counts.pop(other, None)
        return _label(levels, level, counts)


def value_of(element: Element | None, name: str) -> str:
    """The value of a property below an element; "" where it is not there."""
    found = element.find(name) if element is not None else None
    return found.get("val", "") if found is not None else ""


def _levels(element: Element) -> dict[int, _Level]:
    return {_number(each.get("ilvl"), 0): _level(each) for each in element.findall("lvl")}


def _level(element: Element) -> _Level:
    own = element.find("AlternateContent/Choice/numFmt")
    properties = element.find("rPr")
    return _Level(
        kind=value_of(element, "numFmt") or (own.get("val", "") if own is not None else "") or "decimal",
        sample=own.get("format", "") if own is not None else "",
        text=value_of(element, "lvlText"),
        start=_number(value_of(element, "start"), 1),
        restarts=value_of(element, "lvlRestart") != "0",
        is_legal=element.find("isLgl") is not None,
        is_hidden=properties is not None and properties.find("vanish") is not None,
        style=value_of(element, "pStyle"),
        gap=value_of(element, "suff") or "tab",
    )


def _label(levels: dict[int, _Level], level: int, counts: dict[int, int]) -> Label | None:
    one = levels[level]
    if one.kind == "bullet":
        return Label("-", level, is_bullet=True, has_gap=True)

    def shown(place: re.Match[str]) -> str:
        at = int(place.group(1)) - 1
        if at not in levels or at not in counts:
            return ""
        kind, sample = (levels[at].kind, levels[at].sample) if at == level or not one.is_legal else ("decimal", "")
        return spell_number(counts[at], kind, sample)

    text = _PLACE.sub(shown, one.text).strip()
    return Label(text, level, is_bullet=False, has_gap=one.gap != "nothing") if text and not one.is_hidden else None


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.lstrip("-").isdigit() else default
