"""Documents to passages: pieces of one page under one heading, within a budget. Knows structure, no encoder."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assay.corpus.blocks import Block, parse_blocks
from assay.corpus.document import Document, Passage
from assay.corpus.language import CJK
from assay.corpus.tokens import count_tokens

__all__ = ["DEFAULT_MAX_TOKENS", "split_document"]

DEFAULT_MAX_TOKENS = 160
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|(?<=[。！？；])|\n")
_PIECE = re.compile(rf"\s*(?:[{CJK}]|[^\s{CJK}]+)")
_WORD_CHARACTER = re.compile(r"[^\W_]")

TokenCounter = Callable[[str], int]


@dataclass(frozen=True)
class _Unit:
    """The smallest piece that is packed: a paragraph, a sentence, a list item, a table row."""

    text: str
    n_tokens: int
    glue: str  # what joins it to the unit before
    header: str = ""  # of the table that it is a row of


@dataclass
class _Section:
    """What stands under one heading on one page."""

    page: int | None
    heading: str
    blocks: list[Block] = field(default_factory=list)


def split_document(
    document: Document, max_tokens: int = DEFAULT_MAX_TOKENS, count: TokenCounter = count_tokens
) -> list[Passage]:
    """The passages of one document in reading order, each at most `max_tokens` long by `count`.

    A passage lies on one page and under one heading; the path of headings, led by the document's title, is carried over
    pages and stands apart from the text. Table rows follow their header row wherever a table is cut. Text is cut
    between paragraphs, else sentences, else words. Pieces without a word are left out.
    """
    passages: list[Passage] = []
    seen: Counter[tuple[int | None, str, str]] = Counter()
    for section in _sections(document):
        for text in _pack(section.blocks, max_tokens, count):
            if not _WORD_CHARACTER.search(text):
                continue
            key = (section.page, section.heading, text)
            passage_id = _passage_id(document.id, *key, seen[key])
            seen[key] += 1
            passages.append(Passage(passage_id, document.id, section.page, section.heading, text))
    return passages


def _passage_id(document: str, page: int | None, heading: str, text: str, occurrence: int) -> str:
    place = "\0".join((document, str(page), heading, text, str(occurrence)))
    return hashlib.sha256(place.encode()).hexdigest()[:16]


def _sections(document: Document) -> Iterator[_Section]:
    path: list[tuple[int, str]] = []
    for page in document.pages:
        section = _Section(page.number, _heading(document.title, path))
        for block in parse_blocks(page.text):
            if block.kind != "heading":
                section.blocks.append(block)
                continue
            yield section
            path = [*((level, text) for level, text in path if level < block.level), (block.level, block.text)]
            section = _Section(page.number, _heading(document.title, path))
        yield section


def _heading(title: str, path: Sequence[tuple[int, str]]) -> str:
    names = [text for _, text in path]
    if not names or names[0].casefold() != title.casefold():
        names.insert(0, title)
    return " > ".join(name for name in names if name)


def _pack(blocks: Sequence[Block], max_tokens: int, count: TokenCounter) -> list[str]:
    """The section's text in as few pieces as fit, of about equal length: a greedy fill leaves a scrap at the end."""
    units = [unit for block in blocks for unit in _units(block, max_tokens, count)]
    pieces = _fill(units, max_tokens, count)
    low, high = 0, max_tokens  # the least limit that needs no further piece lies in (low, high]
    while len(pieces) > 1 and high - low > 1:
        limit = (low + high) // 2
        tried = _fill(units, limit, count)
        if len(tried) > len(pieces):
            low = limit
        else:
            pieces, high = tried, limit
    return [_render(piece) for piece in pieces]


def _fill(units: Sequence[_Unit], limit: int, count: TokenCounter) -> list[list[_Unit]]:
    pieces: list[list[_Unit]] = []
    length = 0
    for unit in units:
        cost = unit.n_tokens + (_header_cost(unit, pieces[-1], count) if pieces else 0)
        if not pieces or length + cost > limit:
            pieces.append([])
            length, cost = 0, unit.n_tokens + _header_cost(unit, [], count)
        pieces[-1].append(unit)
        length += cost
    return pieces


def _header_cost(unit: _Unit, piece: Sequence[_Unit], count: TokenCounter) -> int:
    repeats = piece and piece[-1].header == unit.header
    return 0 if repeats or not unit.header else count(unit.header)


def _render(piece: Sequence[_Unit]) -> str:
    text = ""
    header = ""
    for unit in piece:
        if unit.header and unit.header != header:
            text += f"\n{unit.header}" if text else unit.header
        header = unit.header
        text += (unit.glue if text else "") + unit.text
    return text


def _units(block: Block, max_tokens: int, count: TokenCounter) -> list[_Unit]:
    if block.kind == "table":
        return _table_units(block, max_tokens, count)
    rows = _line_table(block)
    if rows and count(block.text) > max_tokens:
        return _table_units(rows, max_tokens, count)
    glue = "\n" if block.kind == "item" else "\n\n"
    return _text_units(block.text, max_tokens, count, glue)


def _line_table(block: Block) -> Block | None:
    """A paragraph of short lines read as a table whose first line is the header: so PDF tables come in."""
    header, *rows = block.text.split("\n")
    return Block("table", header, rows=tuple(rows)) if len(rows) >= 2 else None


def _table_units(block: Block, max_tokens: int, count: TokenCounter) -> list[_Unit]:
    if not block.rows:
        return _text_units(block.text, max_tokens, count, "\n\n")
    header, *rest = _cut(block.text, max_tokens // 2, count)  # a wide header must leave room for the row
    room = max_tokens - count(header)
    return [
        _Unit(piece, count(piece), "\n", header) for row in (*rest, *block.rows) for piece in _cut(row, room, count)
    ]


def _text_units(text: str, max_tokens: int, count: TokenCounter, glue: str) -> list[_Unit]:
    n_tokens = count(text)
    if n_tokens <= max_tokens:
        return [_Unit(text, n_tokens, glue)]
    units: list[_Unit] = []
    for sentence, seam in _sentences(text):
        for piece in _cut(sentence, max_tokens, count):
            units.append(_Unit(piece, count(piece), glue if not units else seam))
    return units


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence with what stood before it: a space, a line break, or nothing between Chinese sentences."""
    start, seam = 0, ""
    for end in _SENTENCE_END.finditer(text):
        sentence = text[start : end.end()].strip()
        if sentence:
            yield sentence, seam
        seam = "\n" if "\n" in end.group() else " " if end.group() else ""
        start = end.end()
    if text[start:].strip():
        yield text[start:].strip(), seam


def _cut(text: str, max_tokens: int, count: TokenCounter) -> list[str]:
    """The text in pieces of at most `max_tokens`, cut between words, inside a word only where it alone is too long."""
    if count(text) <= max_tokens:
        return [text]
    pieces, piece, length = [], "", 0
    for word in _words(text, max_tokens, count):
        n_tokens = count(word)
        if piece and length + n_tokens > max_tokens:
            pieces.append(piece.strip())
            piece, length = "", 0
        piece += word
        length += n_tokens
    return [*pieces, piece.strip()]


def _words(text: str, max_tokens: int, count: TokenCounter) -> Iterator[str]:
    for match in _PIECE.finditer(text):
        word = match.group()
        if count(word) <= max_tokens:
            yield word
        else:
            # No token is shorter than one character, so slices of `max_tokens` characters always fit.
            yield from (word[start : start + max_tokens] for start in range(0, len(word), max_tokens))
