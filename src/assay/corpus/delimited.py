"""Text with delimiters (CSV, TSV) to cells. Knows no headings and no kinds of cells."""

import csv
import io
import sys
from collections.abc import Iterator

__all__ = ["UnclosedQuote", "parse_delimited"]


class UnclosedQuote(ValueError):
    """A quotation mark opens a cell and does not close it where it must: what follows would be taken into the cell."""


def parse_delimited(text: str, delimiters: str, is_strict: bool) -> Iterator[list[str]]:
    """The rows, one after the other, of cells of any length.

    Args:
        text: with newlines as "\\n".
        delimiters: that of them which stands most often in the first line parts the cells.
        is_strict: refuse a quotation mark that is not closed; else the cell goes on to the end.

    Raises:
        UnclosedQuote: in the row after the last one that was given.
    """
    first_line = text.split("\n", 1)[0]
    delimiter = max(delimiters, key=first_line.count)  # spreadsheets write ";" where the comma is the decimal sign
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # the file's size is limited: no need to refuse long cells
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=is_strict)
    except csv.Error as error:
        raise UnclosedQuote(str(error)) from error
