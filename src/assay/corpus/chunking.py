"""Documents to passages: pieces of one page under one heading, within a budget. Knows structure, no encoder."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assay.corpus.blocks import Block, Span, parse_blocks
from assay.corpus.document import Document, Page, Passage
from assay.corpus.language import CJK
from assay.corpus.places import locate_pieces
from assay.corpus.tokens import count_tokens

__all__ = ["DEFAULT_MAX_TOKENS", "split_document"]

DEFAULT_MAX_TOKENS = 160
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|(?<=[。！？；])|\n")
_BY_LOOKS = 5  # from this level on a heading of a PDF is told by its looks alone: it leads its own page and the next
_PIECE = re.compile(rf"\s*(?:[{CJK}]|[^\s{CJK}]+)")
_FIGURE = re.compile(r"\d")
_WORD_CHARACTER = re.compile(r"[^\W_]")

TokenCounter = Callable[[str], int]


@dataclass(frozen=True)
class _Unit:
    """The smallest piece that is packed: a paragraph, a sentence, a list item, a table row."""

    text: str
    n_tokens: int
    glue: str  # what joins it to the unit before
    span: Span  # in the page's text
    header: str = ""  # of the table that it is a row of


@dataclass
class _Section:
    """What stands under one heading on one page."""

    page: Page
    heading: str
    blocks: list[Block] = field(default_factory=list)
    opener: Block | None = None  # the heading itself


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
        for piece in _pack(section, max_tokens, count):
            text = _render(piece)
            if not _WORD_CHARACTER.search(text):
                continue
            key = (section.page.number, section.heading, text)
            passage_id = _passage_id(document.id, *key, seen[key])
            seen[key] += 1
            start, end = min(unit.span[0] for unit in piece), max(unit.span[1] for unit in piece)
            passages.append(Passage(passage_id, document.id, section.page.number, section.heading, text, start, end))
    return passages


def _passage_id(document: str, page: int | None, heading: str, text: str, occurrence: int) -> str:
    place = "\0".join((document, str(page), heading, text, str(occurrence)))
    return hashlib.sha256(place.encode()).hexdigest()[:16]


def _sections(document: Document) -> Iterator[_Section]:
    """The sections of all pages; a heading with nothing below it, be it text or a deeper heading, is a text itself."""
    path: list[tuple[int, str]] = []
    since: dict[str, int] = {}  # the page on which a heading stood last
    bare: _Section | None = None  # a heading that nothing stands below so far
    for page in document.pages:
        if page.number is not None:
            path = [(n, text) for n, text in path if n < _BY_LOOKS or since[text] >= page.number - 1]
        section = _Section(page, _heading(document.title, path))
        for block in parse_blocks(page.text):
            if block.kind != "heading":
                section.blocks.append(block)
                bare = None
                continue
            yield from _told(bare, block.level, document.title)
            yield section
            path = [*((level, text) for level, text in path if level < block.level), (block.level, block.text)]
            since[block.text] = page.number or 0
            bare = section = _Section(page, _heading(document.title, path), opener=block)
        yield section
    yield from _told(bare, 0, document.title)


def _told(bare: _Section | None, level_below: int, title: str) -> Iterator[_Section]:
    """A section of its heading alone where no deeper one follows; the document's title is told everywhere."""
    opener = bare.opener if bare else None
    if bare and opener and level_below <= opener.level and opener.text.casefold() != title.casefold():
        yield replace(bare, blocks=[replace(opener, kind="paragraph")])


def _heading(title: str, path: Sequence[tuple[int, str]]) -> str:
    names = [text for _, text in path]
    if not names or names[0].casefold() != title.casefold():
        names.insert(0, title)
    return " > ".join(name for name in names if name)


def _pack(section: _Section, max_tokens: int, count: TokenCounter) -> list[list[_Unit]]:
    """The section's units in as few pieces as fit, of about equal length: a greedy fill leaves a scrap at the end."""
    page = section.page.text
    units = [unit for block in section.blocks for unit in _units(block, page, max_tokens, count)]
    pieces = _fill(units, max_tokens, count)
    low, high = 0, max_tokens  # the least limit that needs no further piece lies in (low, high]
    while len(pieces) > 1 and high - low > 1:
        limit = (low + high) // 2
        tried = _fill(units, limit, count)
        if len(tried) > len(pieces):
            low = limit
        else:
            pieces, high = tried, limit
    return pieces


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


def _units(block: Block, page: str, max_tokens: int, count: TokenCounter) -> list[_Unit]:
    if block.kind == "table":
        return _table_units(block, page, max_tokens, count)
    rows = _line_table(block, page) if count(block.text) > max_tokens else None
    if rows:
        return _table_units(rows, page, max_tokens, count)
    glue = "\n" if block.kind == "item" else "\n\n"
    return _text_units(block.text, (block.start, block.end), page, max_tokens, count, glue)


def _line_table(block: Block, page: str) -> Block | None:
    """A paragraph of short lines read as a table, so that it is cut between them; its first line leads the others if it
    has no figures: so tables of scanned pages come in."""
    lines = block.text.split("\n")
    if len(lines) < 3:
        return None
    header, *rows = lines if not _FIGURE.search(lines[0]) else ("", *lines)
    _, *spans = locate_pieces([header, *rows], block.text, page, (block.start, block.end))
    return replace(block, kind="table", text=header, rows=tuple(rows), row_spans=tuple(spans))


def _table_units(block: Block, page: str, max_tokens: int, count: TokenCounter) -> list[_Unit]:
    whole = (block.start, block.end)
    if not block.rows:
        return _text_units(block.text, whole, page, max_tokens, count, "\n\n")
    header, *rest = _cut(block.text, max_tokens // 2, count)  # a wide header must leave room for the row
    room = max_tokens - count(header)
    top = (block.start, block.row_spans[0][0])
    rows = [(piece, top) for piece in rest]
    for row, span in zip(block.rows, block.row_spans, strict=True):
        pieces = _cut(row, room, count)
        spans = [span] if len(pieces) == 1 else locate_pieces(pieces, row, page, span)
        rows += zip(pieces, spans, strict=True)
    rows[0] = (rows[0][0], (block.start, rows[0][1][1]))  # the header stands above the first of them
    return [_Unit(piece, count(piece), "\n", span, header) for piece, span in rows]


def _text_units(text: str, span: Span, page: str, max_tokens: int, count: TokenCounter, glue: str) -> list[_Unit]:
    n_tokens = count(text)
    if n_tokens <= max_tokens:
        return [_Unit(text, n_tokens, glue, span)]
    pieces = [(piece, seam) for sentence, seam in _sentences(text) for piece in _cut(sentence, max_tokens, count)]
    spans = locate_pieces([piece for piece, _ in pieces], text, page, span)
    return [
        _Unit(piece, count(piece), seam if index else glue, place)
        for index, ((piece, seam), place) in enumerate(zip(pieces, spans, strict=True))
    ]


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
