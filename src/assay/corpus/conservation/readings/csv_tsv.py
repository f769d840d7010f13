"""CSV and TSV: their cells, by the sign that parts most lines alike."""

import csv
import io
import re
from collections import Counter

from assay.corpus.conservation.piece import Piece
from assay.corpus.encoding import decode_text

__all__ = ["read"]

_SIGNS = "\t;|,"  # the decimal sign last: of two that part all lines alike, the other one does it
_QUOTED = re.compile(r'"[^"]*"')
_LOOKED_AT = 200  # lines


def read(data: bytes) -> list[Piece]:
    """A piece a cell; the line that only names the sign is excluded."""
    text = decode_text(data)
    first, _, rest = text.partition("\n")
    told = first[4:5] if first.lower().startswith("sep=") else ""
    pieces = [Piece(first, "markup")] if told else []
    body = rest if told else text
    csv.field_size_limit(2**31 - 1)
    rows = csv.reader(io.StringIO(body, newline=""), delimiter=told or _sign(body))
    return pieces + [Piece(cell) for row in rows for cell in row if cell.strip()]


def _sign(text: str) -> str:
    """The sign of which most lines have the same number outside of quotation marks, at least one."""
    lines = [_QUOTED.sub("", line) for line in text.split("\n")[:_LOOKED_AT] if line.strip()]

    def agreement(sign: str) -> int:
        counts = Counter(n for line in lines if (n := line.count(sign)))
        return max(counts.values(), default=0)

    return max(_SIGNS, key=agreement)
