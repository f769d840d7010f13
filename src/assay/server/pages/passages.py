"""Passages as HTML: their paragraphs, their tables, and a quote marked in them. Knows rows with bars, nothing more."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from assay.server.quotes.letters import LEAST_SHARE, find_quote, letters_of

__all__ = ["passage_html"]

_RULE = re.compile(r"^\|[\s:|-]+\|?$")


def passage_html(text: str, quote: str = "") -> Markup:
    """The passage, escaped, with the quote inside <mark> wherever its letters are found."""
    spans = _quoted(text, quote) if quote else []
    blocks = groupby(_lines(text), key=lambda line: _is_row(text[line[0] : line[1]]))
    return Markup("").join(_block(text, list(lines), spans, are_rows) for are_rows, lines in blocks)


Span = tuple[int, int]


def _quoted(text: str, quote: str) -> list[Span]:
    letters = letters_of(text)
    match = find_quote(letters_of(quote).text, letters.text)
    return [letters.source(span) for span in match.spans] if match.share >= LEAST_SHARE else []


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|") or " | " in line


def _block(text: str, lines: list[Span], spans: list[Span], are_rows: bool) -> Markup:
    return (_table if are_rows and len(lines) > 1 else _paragraphs)(text, lines, spans)


def _paragraphs(text: str, lines: list[Span], spans: list[Span]) -> Markup:
    start, end = lines[0][0], lines[-1][1]
    pieces = [match.span() for match in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+", text[start:end])]
    return Markup("").join(
        Markup("<p>{}</p>").format(_marked(text, (start + a, start + b), spans))
        for a, b in pieces
        if text[start + a : start + b].strip()
    )


def _table(text: str, lines: list[Span], spans: list[Span]) -> Markup:
    rows = [line for line in lines if not _RULE.match(text[line[0] : line[1]].strip())]
    html = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td>{}</td>").format(_marked(text, cell, spans)) for cell in _cells(text, row))
        )
        for row in rows
    )
    return Markup('<div class="scroll" tabindex="0"><table>{}</table></div>').format(html)


def _cells(text: str, row: Span) -> list[Span]:
    bars = [match.start() for match in re.finditer(r"(?<!\\)\|", text[row[0] : row[1]])]
    edges = [row[0] + bar for bar in bars]
    if not text[row[0] : row[1]].lstrip().startswith("|"):
        edges.insert(0, row[0] - 1)
    if not text[row[0] : row[1]].rstrip().endswith("|"):
        edges.append(row[1])
    return [(a + 1, b) for a, b in pairwise(edges)]


def _marked(text: str, piece: Span, spans: list[Span]) -> Markup:
    out, at = Markup(""), piece[0]
    for start, end in sorted((max(a, piece[0]), min(b, piece[1])) for a, b in spans):
        if start < end and start >= at:
            out += escape(text[at:start]) + Markup("<mark>{}</mark>").format(text[start:end])
            at = end
    return out + escape(text[at : piece[1]])
