"""Text with delimiters (CSV, TSV) to cells. Knows no headings and no kinds of cells."""

import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator

__all__ = ["DELIMITERS", "UnclosedQuote", "guess_delimiter", "parse_delimited"]

# The decimal sign and signs within texts last: of two that part all rows alike, the rarer one in words does it.
DELIMITERS = "\t;|,"
_SAMPLE = 50_000  # characters that are looked at
_NAMED = re.compile(
    r"\"?sep=(\\t|[^\n\"\w])\"?[;,\t]*(?:\n|\Z)", re.IGNORECASE
)  # what Excel writes into the first line


class UnclosedQuote(ValueError):
    """A quotation mark opens a cell and does not close it where it must: what follows would be taken into the cell."""


def guess_delimiter(text: str, delimiters: str = DELIMITERS) -> tuple[str, str]:
    """The text without a line that names its delimiter, and the delimiter: the one that most rows agree on.

    Args:
        text: with newlines as "\\n".
    """
    named = _NAMED.match(text)
    if named:
        return text[named.end() :], named.group(1).replace("\\t", "\t")
    sample = text[:_SAMPLE]
    return text, max(delimiters, key=lambda delimiter: _agreement(sample, delimiter))


def parse_delimited(text: str, delimiter: str, is_strict: bool) -> Iterator[list[str]]:
    """The rows, one after the other, of cells of any length.

    Args:
        text: with newlines as "\\n".
        delimiter: what parts the cells.
        is_strict: refuse a quotation mark that is not closed; else it is a sign like others.

    Raises:
        UnclosedQuote: in the row after the last one that was given.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # the file's size is limited: no need to refuse long cells
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    if is_strict:
        try:
            yield from reader
        except csv.Error as error:
            raise UnclosedQuote(str(error)) from error
        return
    try:
        rows = list(reader)
    except csv.Error:
        rows = list(_parse_loosely(text, delimiter))
    yield from rows


def _parse_loosely(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows; a quotation mark that opens a cell and is not closed before a delimiter or a line's end is a sign."""
    mark = re.escape(delimiter)
    cell = re.compile(rf'"([^"]*(?:""[^"]*)*)"(?={mark}|\n|\Z)|([^{mark}\n]*)')
    row: list[str] = []
    place = 0
    while place < len(text):
        found = cell.match(text, place)
        quoted, bare = found.groups() if found else (None, "")
        row.append(quoted.replace('""', '"') if quoted is not None else bare)
        place = found.end() if found else place + 1
        if place >= len(text) or text[place] == "\n":
            yield row
            row = []
        place += 1


def _agreement(sample: str, delimiter: str) -> tuple[int, int]:
    """How many rows have the most frequent number of cells, and that number; (0, 0) where it parts none."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        lengths = Counter(len(row) for row in reader if len(row) > 1)
    except csv.Error:
        return 0, 0
    length, n_rows = max(lengths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return n_rows, length
