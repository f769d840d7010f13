"""A passage with those around it, read as one text. Knows the order of passages; knows no search."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from assay.corpus.document import Corpus, Passage
from assay.corpus.language import CJK

__all__ = ["expand", "neighbours"]

_ITEM_OR_ROW = re.compile(r"\s*(?:[-*+•|]|\d{1,3}[.)]\s)")
_CJK_EDGE = re.compile(rf"[{CJK}，。；：、！？）》”]\Z")

Reach = Literal["section", "page"]


def neighbours(passage: Passage, corpus: Corpus, n: int = 1, within: Reach = "section") -> list[Passage]:
    """The passage with up to `n` before and `n` after it, in reading order.

    Only those that stand under the same heading on the same page ("section"), or anywhere on the same page ("page").

    Raises:
        KeyError: the corpus does not hold the passage.
    """
    at = corpus.positions[passage.id]
    first = last = at
    while first > max(at - n, 0) and _belongs(corpus.passages[first - 1], passage, within):
        first -= 1
    while last < min(at + n, len(corpus.passages) - 1) and _belongs(corpus.passages[last + 1], passage, within):
        last += 1
    return list(corpus.passages[first : last + 1])


def expand(passage: Passage, corpus: Corpus, n: int = 1, within: Reach = "section") -> Passage:
    """The passage with its neighbours' text joined to its own; id and heading stay, start and end reach further.

    The header of a table stands once, above its first row. Where a neighbour stands under another heading of the page,
    its heading precedes it on a line of its own.
    """
    found = neighbours(passage, corpus, n, within)
    if len(found) == 1:
        return passage
    page = corpus.page_texts.get((passage.document, passage.page), "")
    start, end = min(each.start for each in found), max(each.end for each in found)
    return replace(passage, text=_join(found, page), start=start, end=end)


def _belongs(other: Passage, passage: Passage, within: Reach) -> bool:
    same_page = (other.document, other.page) == (passage.document, passage.page)
    return same_page and (within == "page" or other.heading == passage.heading)


def _join(passages: Sequence[Passage], page: str) -> str:
    text = passages[0].text
    for before, passage in pairwise(passages):
        if passage.heading != before.heading:
            text += f"\n\n{passage.heading.rsplit(' > ', 1)[-1]}\n\n{passage.text}"
            continue
        own = _without_repeated_header(before, passage, page)
        text += _seam(text, page[before.end : passage.start], own, own != passage.text) + own
    return text


def _without_repeated_header(before: Passage, passage: Passage, page: str) -> str:
    """The passage's text, but for a first line that repeats one before it and is not in its own source."""
    header, _, rest = passage.text.partition("\n")
    repeats = header in before.text.split("\n")
    if rest and repeats and _letters(header) not in _letters(page[passage.start : passage.end]):
        return rest
    return passage.text


def _seam(before: str, gap: str, after: str, is_row: bool) -> str:
    """What stood between two passages: a new paragraph, a line, a space, or nothing between Chinese sentences."""
    if "\n\n" in gap:
        return "\n\n"
    if is_row or _ITEM_OR_ROW.match(after) or " | " in after.split("\n", 1)[0]:
        return "\n"
    return "" if _CJK_EDGE.search(before) else " "


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
