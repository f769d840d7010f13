"""Styles and lists of OpenDocument files, as far as they decide what is shown. Names of elements without namespaces."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from assay.corpus.list_numbers import spell_number

__all__ = ["Level", "OpenStyle", "Outline", "parse_lists", "parse_styles"]

_KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_KINDS |= {
    "一, 二, 三, ...": "chineseCounting",
    "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "①, ②, ③, ...": "decimalEnclosedCircle",
}
_KINDS |= {"甲, 乙, 丙, ...": "ideographTraditional", "子, 丑, 寅, ...": "ideographZodiac"}


@dataclass(frozen=True)
class OpenStyle:
    """What a style asks for, its parents included."""

    is_hidden: bool = False
    is_raised: bool = False
    is_struck: bool = False
    list_style: str = ""


@dataclass(frozen=True)
class Level:
    """How a level of a list is numbered; `kind` is "" for bullets."""

    kind: str
    prefix: str = ""
    suffix: str = ""
    n_shown: int = 1  # numbers of how many levels are shown
    start: int = 1


@dataclass
class Outline:
    """Counts what is numbered by levels."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)

    def count(self, level: int, start: int | None = None) -> str:
        """The number of the next paragraph on a level, from 1, as it is shown; "" where the level has none."""
        one = self.levels.get(level)
        for deeper in [other for other in self.counts if other > level]:
            del self.counts[deeper]
        if one is None:
            return ""
        self.counts[level] = start if start is not None else self.counts.get(level, one.start - 1) + 1
        if not one.kind:
            return ""
        shown = range(max(level - one.n_shown + 1, 1), level + 1)
        numbers = [self._number(other) for other in shown if other in self.levels and self.levels[other].kind]
        return one.prefix + ".".join(numbers) + one.suffix

    def _number(self, level: int) -> str:
        one = self.levels[level]
        return spell_number(self.counts.setdefault(level, one.start), one.kind)


def parse_styles(roots: Sequence[Element]) -> dict[str, OpenStyle]:
    """The styles of content.xml and styles.xml by their names."""
    elements = {each.get("name", ""): each for root in roots for each in root.iter("style")}
    found: dict[str, OpenStyle] = {}
    for name in elements:
        chain: list[Element] = []
        while name in elements and elements[name] not in chain and len(chain) < 30:
            chain.append(elements[name])
            name = elements[name].get("parent-style-name", "")
        style = OpenStyle()
        for each in reversed(chain):
            style = _with(style, each)
        found[chain[0].get("name", "")] = style
    return found


def _with(style: OpenStyle, element: Element) -> OpenStyle:
    for each in element:
        if each.tag == "text-properties":
            display, position = each.get("display", ""), each.get("text-position", "")
            struck = each.get("text-line-through-style", "")
            style = replace(
                style,
                is_hidden=display == "none" if display else style.is_hidden,
                is_raised=_is_raised(position) if position else style.is_raised,
                is_struck=struck != "none" if struck else style.is_struck,
            )
        elif each.tag in ("table-properties", "drawing-page-properties"):
            hidden = each.get("display") == "false" or each.get("visibility") == "hidden"
            style = replace(style, is_hidden=style.is_hidden or hidden)
    return replace(style, list_style=element.get("list-style-name") or style.list_style)


def _is_raised(position: str) -> bool:
    height = position.split()[0] if position.split() else ""
    return height == "super" or (height.rstrip("%").replace(".", "").isdigit() and float(height.rstrip("%")) > 0)


def parse_lists(roots: Sequence[Element]) -> dict[str, dict[int, Level]]:
    """The levels of each style of lists, by its name; that of the headings is called ""."""
    found = {each.get("name", ""): _levels(each) for root in roots for each in root.iter("list-style")}
    for root in roots:
        for each in root.iter("outline-style"):
            found[""] = _levels(each)
    return found


def _levels(element: Element) -> dict[int, Level]:
    levels = {}
    for each in element:
        number, kind = each.get("level", ""), _KINDS.get(each.get("num-format", ""), "")
        if number.isdigit() and each.tag.startswith(("list-level-style", "outline-level-style")):
            n_shown, start = each.get("display-levels", "1"), each.get("start-value", "1")
            levels[int(number)] = Level(
                kind if "bullet" not in each.tag else "",
                each.get("num-prefix", ""),
                each.get("num-suffix", ""),
                int(n_shown) if n_shown.isdigit() else 1,
                int(start) if start.isdigit() else 1,
            )
    return levels
