"""The grid's two axes and its cells, by name. Knows nothing of how a cell is built."""

from collections.abc import Iterable
from dataclasses import dataclass

from assay.errors import InputError

__all__ = ["BEHAVIOURS", "CONTEXTS", "ON_REQUEST", "Cell", "all_cells", "parse_cell", "parse_cells", "shown_columns"]

CONTEXTS = ("none", "adaptive", "retrieved", "oracle")
BEHAVIOURS = (
    "zero-shot", "few-shot", "tuned", "tuned-dora", "tuned-rslora", "tuned-qlora", "tuned-full", "tuned-last-layers",
    "tuned-pretrained",
)  # fmt: skip
ON_REQUEST = ("adaptive", *BEHAVIOURS[3:])  # rows and columns that are run only when they are named


@dataclass(frozen=True, order=True)
class Cell:
    """One cell: what the model may read and how it is made to act. `str(cell)` is "retrieved/tuned"."""

    context: str
    behaviour: str

    def __str__(self) -> str:
        return f"{self.context}/{self.behaviour}"

    @property
    def is_tuned(self) -> bool:
        """Whether its model has other weights than the base, however they were trained."""
        return self.behaviour.startswith("tuned")

    @property
    def has_learnt_documents(self) -> bool:
        """Whether its model was trained on the documents themselves, so that it may repeat any of them."""
        return self.behaviour == "tuned-pretrained"

    @property
    def can_be_served(self) -> bool:
        """Oracle cells need the right page handed over: ceilings for the diagnosis, never shipped."""
        return self.context != "oracle"

    @property
    def parts(self) -> tuple["Cell", ...]:
        """The cells that it is made of: an adaptive cell answers as one or the other of two, every other as itself."""
        if self.context != "adaptive":
            return (self,)
        return Cell("none", self.behaviour), Cell("retrieved", self.behaviour)


def all_cells() -> tuple[Cell, ...]:
    """The nine cells that are run unless others are named, row by row."""
    return tuple(cell for context in CONTEXTS if context not in ON_REQUEST for cell in _row(context))


def _row(context: str) -> tuple[Cell, ...]:
    return tuple(Cell(context, behaviour) for behaviour in BEHAVIOURS if behaviour not in ON_REQUEST)


def shown_columns(names: Iterable[str]) -> tuple[str, ...]:
    """The behaviours that a table has: the three of every grid, and those asked for in cells of these names."""
    named = {parse_cell(name).behaviour for name in names}
    return tuple(behaviour for behaviour in BEHAVIOURS if behaviour not in ON_REQUEST or behaviour in named)


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
    """The cells of a comma-separated list in the grid's order; the nine of `all_cells` for None.

    A context alone ("adaptive") stands for its row.

    Raises:
        InputError: a name that is not a cell of the grid.
    """
    if names is None:
        return all_cells()
    parts = [name.strip() for name in names.split(",") if name.strip()]
    wanted = {cell for name in parts for cell in (_row(name) if name in CONTEXTS else (parse_cell(name),))}
    if not wanted:
        raise InputError('no cell named: write for example --cells "none/zero-shot,retrieved/zero-shot"')
    grid = (Cell(context, behaviour) for context in CONTEXTS for behaviour in BEHAVIOURS)
    return tuple(cell for cell in grid if cell in wanted)
