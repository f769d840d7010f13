"""What can be done about a cell whose knowledge has changed: search anew, show other examples, train again."""

from assay.grid.cell import Cell
from assay.verdict.drill_result import Way

__all__ = ["ways_of"]


_AFTER_SYNC: dict[str, Way] = {"examples": "sync+examples", "retrain": "sync+retrain"}


def ways_of(cell: Cell) -> tuple[Way, ...]:
    """The ways to correct a cell, the cheap one first.

    A cell that searches is right again as soon as the index is, as far as it reads what it finds; what it was taught
    stays old until it is taught anew. The base model on its own can only stay as it is.
    """
    remedy = cell.column.remedy
    if cell.searches:
        return ("sync", _AFTER_SYNC[remedy]) if remedy else ("sync",)
    return (remedy or "nothing",)
