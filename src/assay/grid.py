"""The grid's two axes and its cells, by name. Knows nothing of how a cell is built."""

from dataclasses import dataclass

from assay.errors import InputError

__all__ = ["BEHAVIOURS", "CONTEXTS", "Cell", "all_cells", "parse_cell", "parse_cells"]

CONTEXTS = ("none", "retrieved", "oracle")
BEHAVIOURS = ("zero-shot", "few-shot", "tuned")


@dataclass(frozen=True, order=True)
class Cell:
    """One cell: what the model may read and how it is made to act. `str(cell)` is "retrieved/tuned"."""

    context: str
    behaviour: str

    def __str__(self) -> str:
        return f"{self.context}/{self.behaviour}"

    @property
    def can_be_served(self) -> bool:
        """Oracle cells need the right page handed over: ceilings for the diagnosis, never shipped."""
        return self.context != "oracle"


def all_cells() -> tuple[Cell, ...]:
    """The nine cells, row by row."""
    return tuple(Cell(context, behaviour) for context in CONTEXTS for behaviour in BEHAVIOURS)


def parse_cell(name: str) -> Cell:
    """The cell of a name such as "retrieved/tuned".

    Raises:
        InputError: a name that is not context/behaviour of the grid.
    """
    context, _, behaviour = name.strip().partition("/")
    if context not in CONTEXTS or behaviour not in BEHAVIOURS:
        raise InputError(
            f'unknown cell "{name}": write context/behaviour, with a context of {", ".join(CONTEXTS)} '
            f"and a behaviour of {', '.join(BEHAVIOURS)}"
        )
    return Cell(context, behaviour)


def parse_cells(names: str | None) -> tuple[Cell, ...]:
    """The cells of a comma-separated list in the grid's order; all nine for None.

    Raises:
        InputError: a name that is not a cell of the grid.
    """
    if names is None:
        return all_cells()
    wanted = {parse_cell(name) for name in names.split(",") if name.strip()}
    if not wanted:
        raise InputError('no cell named: write for example --cells "none/zero-shot,retrieved/zero-shot"')
    return tuple(cell for cell in all_cells() if cell in wanted)
