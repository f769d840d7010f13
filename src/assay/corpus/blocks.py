"""Markdown to blocks: headings, paragraphs, list items, tables. Knows the common Markdown, not all of it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from assay.corpus.inline import CODE_SPAN, plain_inline
from assay.corpus.language import CJK
from assay.corpus.sheets import split_row

__all__ = ["Block", "Span", "parse_blocks"]

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r"^\s*(`{3,}(?=[^`]*$)|~{3,})")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+\S")
_BULLET = re.compile(r"^(\s*)[-*+•]\s+(?:\[[ xX]\]\s+)?")
_RULE_ROW = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_DIVIDER = re.compile(r"^\s*([-*_])(?:\s*\1){2,}\s*$")
_QUOTE_MARK = re.compile(r"^\s*(?:>\s?)+")
_SETEXT = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_MOST_TITLE = 300  # characters of a paragraph that a line below may make a heading
# Comments, and code in which there are none; without bounds, a text of opening marks would take a day.
_FENCED = (
    r"^[ \t]*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*(?:\n|\Z)(?:.*?\n)??(?:[ \t]*(?P=fence)[`~]*[ \t]*$|[^\n]*\Z)"
)
_COMMENT = re.compile(rf"{_FENCED}|{CODE_SPAN}|<!--(?P<comment>.*?)-->", re.DOTALL | re.MULTILINE)
_HTML_TABLE, _HTML_TABLE_END = re.compile(r"^\s*<table\b", re.IGNORECASE), re.compile(r"</table\s*>", re.IGNORECASE)
_HTML_ROW = re.compile(r"<tr\b[^<>]*>(.*?)(?=<tr\b|</tr\s*>|</table|\Z)", re.IGNORECASE | re.DOTALL)
_HTML_CELL = re.compile(r"<t[dh]\b[^<>]*>(.*?)(?=<t[dh]\b|</t[dhr]\s*>|</table|\Z)", re.IGNORECASE | re.DOTALL)
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
    comments = _comments(markdown)
    lines = _without(markdown, comments).split("\n")
    spans = _line_spans(lines, comments)
    index = 0
    while index < len(lines):
        start = index
        index, block = _take_block(lines, spans, start)
        if block and (block.text or block.rows):
            yield replace(block, start=spans[start][0], end=spans[min(index, len(lines)) - 1][1])


def _comments(markdown: str) -> list[Span]:
    """Where the comments are; none behind the last end of one, and none in code."""
    end = markdown.rfind("-->") + len("-->") if "<!--" in markdown else 0
    found = _COMMENT.finditer(markdown, 0, end) if end > len("-->") else ()
    return [one.span() for one in found if one.group("comment") is not None]


def _without(markdown: str, spans: Sequence[Span]) -> str:
    starts, ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(markdown)]
    return "".join(markdown[start:end] for start, end in zip(starts, ends, strict=True))


def _line_spans(lines: Sequence[str], comments: Sequence[Span]) -> list[Span]:
    """Where each line stands in the Markdown, which still has its comments."""
    places, shifts, shift = [], [0], 0  # of the comments in the lines; what they take up from there on
    for start, end in comments:
        places.append(start - shift)
        shift += end - start
        shifts.append(shift)
    spans, place = [], 0
    for line in lines:
        end = place + len(line)
        spans.append((place + shifts[bisect_left(places, place)], end + shifts[bisect_left(places, end)]))
        place = end + 1
    return spans


def _take_block(lines: Sequence[str], spans: Sequence[Span], start: int) -> tuple[int, Block | None]:
    line = lines[start]
    heading = _HEADING.match(line)
    if heading:
        return start + 1, Block("heading", plain_inline(heading.group(2)), level=len(heading.group(1)))
    if _FENCE.match(line):
        return _take_fenced(lines, start)
    if _HTML_TABLE.match(line):
        return _take_html_table(lines, spans, start)
    if _starts_table(lines, start):
        return _take_table(lines, spans, start)
    if not line.strip() or _DIVIDER.match(line):
        return start + 1, None
    return _take_text(lines, start)


def _take_fenced(lines: Sequence[str], start: int) -> tuple[int, Block]:
    """Code as it stands, up to a fence that is at least as long as the first, or to the end."""
    opened = _FENCE.match(lines[start])
    fence = opened.group(1) if opened else ""
    end = start + 1
    while end < len(lines) and not (lines[end].strip().startswith(fence) and not lines[end].strip().strip(fence[0])):
        end += 1
    return end + 1, Block("paragraph", "\n".join(lines[start + 1 : end]).strip("\n"))


def _take_html_table(lines: Sequence[str], spans: Sequence[Span], start: int) -> tuple[int, Block | None]:
    """A table of HTML, up to its end or an empty line; tables in its cells become words of theirs."""
    end = start
    while end < len(lines) and lines[end].strip() and not _HTML_TABLE_END.search(lines[end]):
        end += 1
    end = min(end + 1, len(lines))
    found = _HTML_ROW.findall("\n".join(lines[start:end]))
    rows = [" | ".join(plain_inline(cell).replace("\n", " ") for cell in _HTML_CELL.findall(row)) for row in found]
    rows = [row for row in rows if row.strip(" |")]
    if not rows:
        return _take_text(lines, start)
    whole = spans[start][0], spans[end - 1][1]
    return end, Block("table", rows[0], rows=tuple(rows[1:]), row_spans=(whole,) * (len(rows) - 1))


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
    return " | ".join(plain_inline(cell) for cell in split_row(line)).strip(" ")


def _take_text(lines: Sequence[str], start: int) -> tuple[int, Block]:
    is_item = bool(_ITEM.match(lines[start]))
    end = start + 1
    while end < len(lines) and not _interrupts(lines, end):
        end += 1
    text = _join([_QUOTE_MARK.sub("", line) for line in lines[start:end]])
    if is_item:
        return end, Block("item", plain_inline(_BULLET.sub(r"\1- ", text)))
    underline = _SETEXT.match(lines[end]) if end < len(lines) else None
    if underline and len(text) <= _MOST_TITLE:
        level = 1 if underline.group(1)[0] == "=" else 2
        return end + 1, Block("heading", plain_inline(text).replace("\n", " "), level=level)
    return end, Block("paragraph", plain_inline(text))


def _interrupts(lines: Sequence[str], index: int) -> bool:
    line = lines[index]
    if not line.strip() or _HEADING.match(line) or _FENCE.match(line) or _ITEM.match(line) or _SETEXT.match(line):
        return True
    return bool(_DIVIDER.match(line) or _HTML_TABLE.match(line)) or _starts_table(lines, index)


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
