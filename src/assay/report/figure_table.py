"""Tables of figures, one row a cell or a way: in a narrow window each row becomes a card. Knows no result."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

__all__ = ["FigureRow", "FigureTable", "figure_table"]

_EMPTY = ("–", "")


@dataclass(frozen=True)
class FigureRow:
    """What is counted or measured, by the table's columns; the first names the row."""

    cells: Sequence[str]
    is_chosen: bool = False
    is_grey: bool = False  # shown, and not to be counted on


@dataclass(frozen=True)
class FigureTable:
    """A table as the page shows it; `n_words` columns on the left hold words, the others figures."""

    label: str
    head: Sequence[str]
    rows: Sequence[FigureRow]
    n_words: int = 1

    @property
    def size(self) -> str:
        """How much room it takes: below that it becomes cards (style.css)."""
        return "wide" if len(self.head) > 8 else "medium" if len(self.head) > 5 else "small"


def figure_table(label: str, head: Sequence[str], rows: Sequence[FigureRow], n_words: int = 1) -> FigureTable:
    """The table without the columns in which no row has anything."""
    kept = [i for i in range(len(head)) if i < n_words or any(row.cells[i] not in _EMPTY for row in rows)]
    return FigureTable(
        label,
        [head[i] for i in kept],
        [replace(row, cells=[row.cells[i] for i in kept]) for row in rows],
        n_words,
    )
