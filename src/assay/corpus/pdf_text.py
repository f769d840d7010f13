"""The text lines of PDF pages to Markdown: paragraphs, headings, list items and rows of tables.

A heading is a short line that looks like one, by its number, by what stands around it, or by a larger or bolder type. A
run of short lines stays on lines of their own; tables come in as Markdown and stay so. Words that are broken at the end
of a line are put together: with their hyphen where the document has it elsewhere, or both parts as words.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assay.corpus.language import CJK
from assay.corpus.pdf_segments import HYPHEN

__all__ = ["render_pdf_pages"]

_BULLET = re.compile(r"^[•·▪◦‣●○■□◆➢✓*–—-]\s+(?=\S)")
_ITEM_NUMBER = re.compile(
    r"^(?:\(?\d{1,3}[.)]\s+|\(?[a-z][.)]\s+|\d{1,3}、|[（(]?[一二三四五六七八九十]{1,3}[）)、])\s*(?=\S)"
)
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])(?![年月日号个天次元人名条项倍周亿万])")
_CHAPTER = re.compile(rf"^第\s*[一二三四五六七八九十百零\d]{{1,5}}\s*(部分|[编章节])(?=[\s{CJK}])")
_CHINESE_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|([（(])[一二三四五六七八九十]{1,3}[）)])\s*")
_ARTICLE = re.compile(r"^第\s*[一二三四五六七八九十百千零\d]{1,6}\s*条")
_SENTENCE_END = re.compile(r"[.!?。！？;；:：,，、]['\"”’)）]*$")
_STATEMENT_END = re.compile(r"[.!?:。！？：]['\"”’)）]*$")
_MARKS = re.compile(r"^#+\s+")  # would be taken for a heading
_LEADERS = re.compile(r"(?<!\s)\s*(?:\.\s?){4,}\s*|(?<!\s)\s*…{2,}\s*")
_CHAPTER_LEVELS = {"部分": 1, "编": 1, "章": 2, "节": 3}
_CAPITALS_LEVEL, _PLAIN_LEVEL = 5, 6  # below every numbered heading
_HEADING_WIDTH, _HEADING_WORDS = 70, 10
_FIGURES = re.compile(r"[$€£¥%]|\d\D+\d")
_CLAUSE_END = re.compile(r"[。；，！？…]|[.!?] ")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b"
    "\uff01-\uff60\uffe0-\uffe6\U00017000-\U00018d08\U0001b000-\U0001b2fb\U0001f300-\U0001f64f\U0001f900-\U0001f9ff"
    "\U00020000-\U0003fffd]"
)
_TABLE_ROW, _TABLE_RULE = re.compile(r"^\|.*\|$"), re.compile(r"^\|(?: --- \|)+$")
_WORD = re.compile(rf"[^\W\d_{CJK}]+(?:-[^\W\d_{CJK}]+)*")
_BROKEN = re.compile(rf"(?<![^\W_])([^\W_]+(?:-[^\W_]+)*){HYPHEN}\s?([^\W_]+)")
_MARKUP = re.compile(r"[\\`*_<]")
_FULL = 0.85  # of the usual width, from which on a line was broken by the margin and not by its author


@dataclass(frozen=True)
class _Line:
    """One line of a page; `full` if the next line continues it."""

    text: str
    full: bool
    level: int = 0  # as a heading, by its type; 0 where the type tells nothing


def render_pdf_pages(pages: Sequence[str], titles: Sequence[Mapping[str, int]] = ()) -> list[str]:
    """The pages of one PDF as Markdown, one for one; rows of tables end in two spaces (a hard line break).

    Args:
        pages: their lines.
        titles: for each page the lines that are set in larger or bolder type, with the level that this tells.
    """
    cleaned = [[_clean(line) for line in page.splitlines()] for page in pages]
    usual = _usual_width([line for lines in cleaned for line in lines], 80.0)
    words = frozenset(word.casefold() for page in pages for word in _WORD.findall(_without_broken(page)))
    levels: list[Mapping[str, int]] = [*titles] or [{} for _ in pages]
    return [
        _join_broken(_render_page(_mark_full(lines, _usual_width(lines, usual), told)), words)
        for lines, told in zip(cleaned, levels, strict=True)
    ]


def _clean(line: str) -> str:
    if _TABLE_ROW.match(line):
        return line
    line = _LEADERS.sub(" … ", line) if ".." in line or ". ." in line or "……" in line else line
    return _MARKS.sub("", line.strip())


def _join_broken(text: str, words: Collection[str]) -> str:
    """The words that were broken at the end of a line in one piece."""
    if HYPHEN not in text:
        return text
    return _BROKEN.sub(lambda found: _whole(found[1], found[2], words), text).replace(HYPHEN, "-")


def _without_broken(text: str) -> str:
    return _BROKEN.sub(" ", text) if HYPHEN in text else text


def _whole(first: str, second: str, words: Collection[str]) -> str:
    joined, hyphened = f"{first}{second}", f"{first}-{second}"
    if joined.casefold() in words:
        return joined
    is_compound = "-" in first or not first[-1].isalpha() or not second[0].islower()
    are_words = len(first) > 2 and first.casefold() in words and second.casefold() in words
    return hyphened if is_compound or are_words or hyphened.casefold() in words else joined


def _usual_width(lines: Sequence[str], default: float) -> float:
    """The 90th percentile of the widths of lines that are no fragments, if there are enough of them."""
    texts = (line for line in lines if not _TABLE_ROW.match(line))
    widths = sorted(width for line in texts if (width := _width(line)) >= 30)
    return float(widths[int(0.9 * (len(widths) - 1))]) if len(widths) >= 6 else default


def _width(text: str) -> int:
    """In columns of a typewriter: wide characters (Unicode's East Asian Width, W and F) take two."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _mark_full(lines: Sequence[str], width: float, titles: Mapping[str, int]) -> list[_Line]:
    marked = []
    for index, text in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        first_word = re.match(rf"[{CJK}]|[^\s{CJK}]+", following)
        # A line is full if the next word would not have fitted: a long word leaves a wide gap.
        reach = _width(text) + (1 + _width(first_word.group()) if first_word else 0)
        full = bool(following) and _width(text) >= width / 2 and reach >= _FULL * width
        full = full or text.endswith(HYPHEN)
        marked.append(_Line(text, full, titles.get(text, 0)))
    return marked


def _render_page(lines: Sequence[_Line]) -> str:
    blocks: list[str] = []
    index = 0
    while index < len(lines):
        end, block = _take_block(lines, index)
        if block:
            blocks.append(block)
        index = end
    return "\n\n".join(blocks)


def _take_block(lines: Sequence[_Line], start: int) -> tuple[int, str]:
    """The index after the block that begins at `start`, and the block as Markdown."""
    line = lines[start]
    if not line.text:
        return start + 1, ""
    if _starts_table(lines, start):
        return _take_table(lines, start)
    level = _heading_level(lines, start)
    if level:
        end = _title_end(lines, start)
        return end, f"{'#' * level} {_join(lines[start:end], bullet=False)}"
    if _starts_item(line.text):
        end = _paragraph_end(lines, start)
        return end, _join(lines[start:end], bullet=True)
    if not line.full:
        end = _rows_end(lines, start)
        if end - start > 1:
            return end, "  \n".join(_escape(row.text) for row in lines[start:end])
    end = _paragraph_end(lines, start)
    return end, _join(lines[start:end], bullet=False)


def _title_end(lines: Sequence[_Line], start: int) -> int:
    """The index after a title that is set in large type, over several lines perhaps."""
    end = start + 1
    while (
        0 < lines[start].level <= _CAPITALS_LEVEL
        and end < len(lines)
        and lines[end].level == lines[start].level
        and not _starts_item(lines[end].text)
        and _numbered_level(lines, end) == 0
    ):
        end += 1
    return end


def _starts_table(lines: Sequence[_Line], index: int) -> bool:
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    return bool(_TABLE_ROW.match(lines[index].text) and _TABLE_RULE.match(following))


def _take_table(lines: Sequence[_Line], start: int) -> tuple[int, str]:
    end = start + 2
    while end < len(lines) and _TABLE_ROW.match(lines[end].text):
        end += 1
    return end, "\n".join(_escape_cells(line.text) for line in lines[start:end])


def _escape_cells(row: str) -> str:
    """A table's row, in which | and \\ are escaped already, as Markdown."""
    return re.sub(r"[`*_<]", r"\\\g<0>", row)


def _escape(text: str) -> str:
    """A line as Markdown."""
    return _MARKUP.sub(r"\\\g<0>", text)


def _paragraph_end(lines: Sequence[_Line], start: int) -> int:
    """The index after the paragraph: it ends with the first line that is not full, or before an item or article."""
    end = start + 1
    while end < len(lines) and lines[end - 1].full and not _starts_block(lines, end):
        if _STATEMENT_END.search(lines[end - 1].text) and _looks_like_heading(lines[end]):
            break  # a sentence that happened to fill its last line, then a heading
        end += 1
    return end


def _rows_end(lines: Sequence[_Line], start: int) -> int:
    """The index after the run of short lines without a sentence's end: rows of a table, an address, a title block."""
    end = start
    while end < len(lines) and _is_row(lines[end]) and (end == start or not _starts_block(lines, end)):
        end += 1
    return end


def _is_row(line: _Line) -> bool:
    return bool(line.text) and not line.full and not line.level and not _SENTENCE_END.search(line.text)


def _starts_block(lines: Sequence[_Line], index: int) -> bool:
    text = lines[index].text
    if not text or _starts_item(text) or _ARTICLE.match(text) or _starts_table(lines, index):
        return True
    if lines[index].level and _heading_level(lines, index):
        return True
    return _numbered_level(lines, index) > 0


def _starts_item(text: str) -> bool:
    return bool(_BULLET.match(text) or _ITEM_NUMBER.match(text))


def _heading_level(lines: Sequence[_Line], index: int) -> int:
    """1 to 6, or 0 for a line that is no heading."""
    level = _numbered_level(lines, index)
    if level:
        return level
    text = lines[index].text
    if lines[index].level and _looks_like_heading(lines[index]) and not _starts_item(text):
        return lines[index].level
    alone = index == 0 or not _is_row(lines[index - 1]) or _numbered_level(lines, index - 1) > 0
    below = index + 2 if index + 1 < len(lines) and not lines[index + 1].text else index + 1
    follows = below < len(lines) and bool(lines[below].text) and not _is_row(lines[below])
    is_title = _looks_like_heading(lines[index]) and not _FIGURES.search(text) and not _starts_item(text)
    if not (alone and follows and is_title):
        return 0
    return _CAPITALS_LEVEL if text.isupper() else _PLAIN_LEVEL


def _numbered_level(lines: Sequence[_Line], index: int) -> int:
    """The depth of "3.2 Flights" or "第二章 总则"; 0 for other lines and for the items of a numbered list."""
    line = lines[index]
    chapter = _CHAPTER.match(line.text)
    if chapter and _width(line.text) <= _HEADING_WIDTH and not _SENTENCE_END.search(line.text):
        return _CHAPTER_LEVELS[chapter.group(1)]
    if level := _chinese_level(lines, index):
        return level
    number = _NUMBERED.match(line.text)
    if not number or not _looks_like_heading(_Line(line.text[number.end() :], line.full)):
        return 0
    depth = number.group(1).count(".") + 1
    return 0 if _is_among_equals(lines, index, depth) else min(depth, 4)


def _chinese_level(lines: Sequence[_Line], index: int) -> int:
    """3 for "一、总体要求" and 4 for "（一）目标"; 0 for other lines and for the items of a list."""
    number = _CHINESE_NUMBER.match(lines[index].text)
    if not number or not _looks_like_heading(_Line(lines[index].text[number.end() :], lines[index].full)):
        return 0
    for neighbour in (index - 1, index + 1):
        if 0 <= neighbour < len(lines):
            other = _CHINESE_NUMBER.match(lines[neighbour].text)
            if other and bool(other.group(1)) == bool(number.group(1)):
                return 0
    return 4 if number.group(1) else 3


def _is_among_equals(lines: Sequence[_Line], index: int, depth: int) -> bool:
    """True if a neighbouring line carries a number of the same depth: then both are items or rows, not headings."""
    for neighbour in (index - 1, index + 1):
        if 0 <= neighbour < len(lines):
            number = _NUMBERED.match(lines[neighbour].text)
            if number and number.group(1).count(".") + 1 == depth:
                return True
    return False


def _looks_like_heading(line: _Line) -> bool:
    text = line.text
    if not text or line.full or _SENTENCE_END.search(text) or _width(text) > _HEADING_WIDTH:
        return False
    if (
        len(text.split()) > _HEADING_WORDS
        or _CLAUSE_END.search(text)
        or not any(character.isalpha() for character in text)
    ):
        return False
    return text[0].isupper() or "\u4e00" <= text[0] <= "\u9fff"


def _join(lines: Sequence[_Line], bullet: bool) -> str:
    text = _escape(lines[0].text)
    if bullet:
        text = f"- {_BULLET.sub('', text)}" if _BULLET.match(text) else f"- {text}"
    for line in lines[1:]:
        glue = (
            ""
            if re.search(f"[{CJK}，。；：、）》”]$", text) and re.match(f"[{CJK}，。；：、（《“]", line.text)
            else " "
        )
        text += (glue if text[-1] != HYPHEN else "") + _escape(line.text)
    return text
