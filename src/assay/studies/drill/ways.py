"""What can be done about a cell whose knowledge has changed: search anew, show other examples, train again."""

from assay.grid.cell import Cell
from assay.verdict.drill_result import Way

__all__ = ["reads", "ways_of"]


def reads(cell: Cell) -> bool:
    """Whether the cell searches the documents, always or when it is unsure."""
    return any(part.context == "retrieved" for part in cell.parts)


def ways_of(cell: Cell) -> tuple[Way, ...]:
    """The ways to correct a cell, the cheap one first.

    A cell that searches is right again as soon as the index is, as far as it reads what it finds; what it was taught
    stays old until it is taught anew. The base model on its own can only stay as it is.
    """
    if cell.is_tuned:
        return ("sync", "sync+retrain") if reads(cell) else ("retrain",)
    if cell.behaviour == "few-shot":
        return ("sync", "sync+examples") if reads(cell) else ("examples",)
    return ("sync",) if reads(cell) else ("nothing",)
