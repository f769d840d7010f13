"""Numbers of a web page's lists as browsers show them: letters, Roman ones, backwards, from any start.

Such lists become blocks with their numbers before the parser sees the page, which counts 1, 2, 3 whatever is asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assay.corpus.list_numbers import spell_number
from assay.corpus.web_values import told

__all__ = ["spell_list_numbers"]

_TAG = re.compile(r"<(/?)(ol|ul|li)\b([^<>]*)>", re.IGNORECASE)
_UNUSUAL = re.compile(r"<ol\b[^<>]*\b(?:type|reversed|style)\b|<li\b[^<>]*\b(?:value|type)\b", re.IGNORECASE)
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {"lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter"}
_STYLES |= {"upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman"}
_STYLES |= {"cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting"}
_STYLES |= {"decimal-leading-zero": "decimalZero", "none": "none"}
_NUMBER = re.compile(r"-?\d+")
_PARAGRAPH = re.compile(r"\s*<p\b[^<>]*>", re.IGNORECASE)
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)


@dataclass
class _List:
    """An ordered list that is being read: the next number and what is added to it."""

    number: int
    step: int
    kind: str


def spell_list_numbers(html: str) -> str:
    """The page with the items of its unusual lists as blocks that begin with their number."""
    if not _UNUSUAL.search(html):
        return html
    tags = list(_TAG.finditer(html))
    opened: list[_List | None] = []  # None: a list that the parser numbers, or one without numbers
    pieces, place = list[str](), 0
    for at, tag in enumerate(tags):
        is_end, name = bool(tag.group(1)), tag.group(2).lower()
        written, end = tag.group(), tag.end()
        if name != "li" and not is_end:
            opened.append(_begun(tags, at) if name == "ol" else None)
            written = "<div>" if opened[-1] else written
        elif name != "li" and opened:
            written = "</div>" if opened.pop() else written
        elif name == "li" and opened and (now := opened[-1]):
            paragraph = _PARAGRAPH.match(html, end)
            end = paragraph.end() if paragraph and not is_end else end
            written = "</div>" if is_end else f"<div>{html[tag.end() : end]}{_take(now, tag.group(3))}"
        pieces += [html[place : tag.start()], written]
        place = end
    return "".join([*pieces, html[place:]])


def _begun(tags: Sequence[re.Match[str]], at: int) -> _List | None:
    """The list that begins with a tag; None where the parser counts as the page asks it to."""
    attributes = tags[at].group(3)
    items = list(_items(tags, at))
    style, kind = _STYLE.search(attributes), told("type", attributes)
    spelled = _KINDS.get(kind) or (_STYLES.get(style.group(1).lower(), "") if style else "")
    is_backwards = re.search(r"\breversed\b", attributes, re.IGNORECASE) is not None
    if not spelled and not is_backwards and not any(told("value", item) for item in items):
        return None
    start = told("start", attributes)
    first = int(start[:9]) if _NUMBER.fullmatch(start) else len(items) if is_backwards else 1
    return _List(first, -1 if is_backwards else 1, spelled or "decimal")


def _items(tags: Sequence[re.Match[str]], at: int) -> Iterator[str]:
    """The attributes of a list's own items."""
    depth = 0
    for tag in tags[at:]:
        is_end, name = bool(tag.group(1)), tag.group(2).lower()
        if name == "li":
            if depth == 1 and not is_end:
                yield tag.group(3)
            continue
        depth += -1 if is_end else 1
        if depth <= 0:
            return


def _take(now: _List, attributes: str) -> str:
    """What stands before the next item."""
    value = told("value", attributes)
    number = int(value[:9]) if _NUMBER.fullmatch(value) else now.number
    now.number = number + now.step
    kind = _KINDS.get(told("type", attributes), now.kind)
    if kind == "none":
        return ""
    return f"{spell_number(number, kind) if number > 0 else number}. "
