"""What is said of a finished study on a terminal: lines, and a table where there is one. Knows no terminal."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Outcome", "Table"]


@dataclass(frozen=True)
class Table:
    """Head and rows.

    Args:
        head: titles of the columns.
        rows: cells, as they are shown.
        n_words: columns of words, on the left; the others hold numbers.
        width: characters that it needs, even where the terminal has fewer.
        wraps: whether a long cell goes on in a second line.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    n_words: int
    width: int
    wraps: bool = False


@dataclass(frozen=True)
class Outcome:
    """The table comes first, the ladder over several bases next."""

    lines: Sequence[str]
    table: Table | None = None
    ladder: Table | None = None
