"""Markdown to blocks: headings, paragraphs, list items, tables. Knows the common Markdown, not all of it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from assay.corpus.language import CJK
from assay.corpus.sheets import split_row

__all__ = ["Block", "Span", "parse_blocks"]

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+\S")
_BULLET = re.compile(r"^(\s*)[-*+•]\s+(?:\[[ xX]\]\s+)?")
_RULE_ROW = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_DIVIDER = re.compile(r"^\s*([-*_])(?:\s*\1){2,}\s*$")
_QUOTE_MARK = re.compile(r"^\s*(?:>\s?)+")
# Without the bounds below, a text of opening marks that are never closed would take a day.
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][\w-]*(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")
_IMAGE = re.compile(r"!\[([^\]]{0,1000})\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,1000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])")
_CODE = re.compile(r"`+([^`]+)`+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " ", "&#9;": " "}
_ENTITY = re.compile("|".join(_ENTITIES))
_CJK_SEAM = re.compile(rf"(?<=[{CJK}，。；：、！？）》”])\n(?=[{CJK}（《“])")
# A key with its value, as lines of a data sheet hold them: "Weight: 4.2 kg".
_PAIR = re.compile(rf"^\s*(?:[-*+•]\s+)?\**[A-ZÀ-Þ{CJK}][^:：.!?。，；！？|]{{0,40}}(?::\**\s|：)\s*\S")


Span = tuple[int, int]


@dataclass(frozen=True)
class Block:
    """A piece of a page that belongs together, as plain text.

    `text` of a table is its header row; `rows` are the others. `level` counts from 1 for headings and is 0 otherwise.
    `start` and `end` are offsets into the page's Markdown, marks and all; `row_spans` are those of the rows.
    """

    kind: Literal["heading", "paragraph", "item", "table"]
    text: str
    level: int = 0
    rows: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    row_spans: tuple[Span, ...] = ()


def parse_blocks(markdown: str) -> Iterator[Block]:
    """The blocks of one page in order, their marks taken off; rows of tables read "Norway | 25 days"."""
    end = _comments_end(markdown)
    lines = (_COMMENT.sub("", markdown[:end]) + markdown[end:]).split("\n")
    spans = _line_spans(markdown, lines)
    index = 0
    while index < len(lines):
        start = index
        index, block = _take_block(lines, spans, start)
        if block and (block.text or block.rows):
            yield replace(block, start=spans[start][0], end=spans[min(index, len(lines)) - 1][1])


def _line_spans(markdown: str, lines: Sequence[str]) -> list[Span]:
    """Where each line stands in the Markdown, which still has its comments."""
    places, shifts, shift = [], [0], 0  # of the comments in the lines; what they take up from there on
    for comment in _COMMENT.finditer(markdown, 0, _comments_end(markdown)):
        places.append(comment.start() - shift)
        shift += comment.end() - comment.start()
        shifts.append(shift)
    spans, place = [], 0
    for line in lines:
        end = place + len(line)
        spans.append((place + shifts[bisect_left(places, place)], end + shifts[bisect_left(places, end)]))
        place = end + 1
    return spans


def _comments_end(markdown: str) -> int:
    """Where the last comment ends at the latest: what is opened behind it is none."""
    return markdown.rfind("-->") + len("-->") if "-->" in markdown else 0


def _take_block(lines: Sequence[str], spans: Sequence[Span], start: int) -> tuple[int, Block | None]:
    line = lines[start]
    heading = _HEADING.match(line)
    if heading:
        return start + 1, Block("heading", _plain(heading.group(2)), level=len(heading.group(1)))
    if _FENCE.match(line):
        return _take_fenced(lines, start)
    if _starts_table(lines, start):
        return _take_table(lines, spans, start)
    if not line.strip() or _DIVIDER.match(line):
        return start + 1, None
    return _take_text(lines, start)


def _take_fenced(lines: Sequence[str], start: int) -> tuple[int, Block]:
    fence = lines[start].strip()[:3]
    end = start + 1
    while end < len(lines) and not lines[end].strip().startswith(fence):
        end += 1
    return end + 1, Block("paragraph", "\n".join(lines[start + 1 : end]).strip("\n"))


def _starts_table(lines: Sequence[str], index: int) -> bool:
    following = lines[index + 1] if index + 1 < len(lines) else ""
    return "|" in lines[index] and "|" in following and bool(_RULE_ROW.match(following))


def _take_table(lines: Sequence[str], spans: Sequence[Span], start: int) -> tuple[int, Block]:
    end = start + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    rows = [(row, spans[index]) for index in range(start + 2, end) if (row := _table_row(lines[index])).strip(" |")]
    texts, row_spans = tuple(row for row, _ in rows), tuple(span for _, span in rows)
    return end, Block("table", _table_row(lines[start]), rows=texts, row_spans=row_spans)


def _table_row(line: str) -> str:
    return " | ".join(_plain(cell) for cell in split_row(line)).strip(" ")


def _take_text(lines: Sequence[str], start: int) -> tuple[int, Block]:
    is_item = bool(_ITEM.match(lines[start]))
    end = start + 1
    while end < len(lines) and not _interrupts(lines, end):
        end += 1
    text = _join([_QUOTE_MARK.sub("", line) for line in lines[start:end]])
    if is_item:
        return end, Block("item", _plain(_BULLET.sub(r"\1- ", text)))
    return end, Block("paragraph", _plain(text))


def _interrupts(lines: Sequence[str], index: int) -> bool:
    line = lines[index]
    if not line.strip() or _HEADING.match(line) or _FENCE.match(line) or _ITEM.match(line):
        return True
    return bool(_DIVIDER.match(line)) or _starts_table(lines, index)


def _join(lines: Sequence[str]) -> str:
    """The lines as one text.

    A line break stays where it was asked for, by two spaces or a backslash at the end, and where a key and its value
    follow on another: joined, the one value would go on with the other's key.
    """
    text, is_listed = "", False
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        is_listed = is_listed or _PAIR.match(line) is not None
        hard = line.endswith(("  ", "\\")) or (is_listed and _PAIR.match(following) is not None)
        text += line.rstrip("\\ ").strip() + ("\f" if hard else "\n")
    text = _CJK_SEAM.sub("", text.rstrip("\n\f"))
    return text.replace("\n", " ").replace("\f", "\n")


def _plain(text: str) -> str:
    """The text without inline Markdown and HTML tags."""
    text = _BREAK_TAG.sub(" ", text)
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\1", text)
    text = _CODE.sub(r"\1", text)
    text = _TAG.sub("", text)
    text = _ESCAPE.sub(r"\1", text)
    text = _ENTITY.sub(lambda entity: _ENTITIES[entity.group()], text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
