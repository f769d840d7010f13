"""The grid's cells: a row and a column each. Knows no row and no column by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from assay.bench.parts import Part, Parts
from assay.errors import InputError
from assay.grid.column import Column
from assay.grid.row import Row
from assay.training.adapters import TunedModel

__all__ = ["Cell", "all_cells", "in_order", "parse_cell", "parse_cells", "served_row"]


@dataclass(frozen=True)
class Cell:
    """One cell: what the model may read and how it is made to act. `str(cell)` is "retrieved/tuned"."""

    row: Row
    column: Column

    def __str__(self) -> str:
        return f"{self.row.name}/{self.column.name}"

    @property
    def is_tuned(self) -> bool:
        """Whether its model has other weights than the base, however they were trained."""
        return self.column.tuning is not None

    @property
    def can_be_served(self) -> bool:
        """Ceilings need the right page handed over: they are for the diagnosis, never shipped."""
        return self.row.is_served

    @property
    def parts(self) -> tuple[Cell, ...]:
        """The cells that it is made of; itself, where it is made of no others."""
        return tuple(Cell(row, self.column) for row in self.row.made_of) or (self,)

    @property
    def searches(self) -> bool:
        """Whether it searches the documents, always or at times."""
        return any(part.row.searches for part in self.parts)

    @property
    def tuned_model(self) -> TunedModel | None:
        """What its model is tuned to; None for the base model, or where the cell is made of others."""
        tuning = self.column.tuning
        if tuning is None or self.row.made_of:
            return None
        return TunedModel(
            tuning.method, self.row.reads, tuning.reads_documents, tuning.variant, self.column.code, tuning.asked_by
        )

    @property
    def outside(self) -> tuple[Part, ...]:
        """Its row and its column, as far as they come from outside."""
        return tuple(part for part in (self.row, self.column) if part.code)

    @property
    def code(self) -> list[str]:
        """The code of what comes from outside, for keys; empty for a cell of built-in parts."""
        return [part.code for part in self.outside]


def served_row(parts: Parts, reads: bool) -> Row:
    """The first usual row that is served, with passages or without."""
    usual = [row for row in parts.of(Row).values() if not row.on_request and row.is_served]
    return next(row for row in usual if row.reads == reads)


def all_cells(parts: Parts) -> tuple[Cell, ...]:
    """The nine cells that are run unless others are named, row by row."""
    rows = [row for row in parts.of(Row).values() if not row.on_request]
    return tuple(cell for row in rows for cell in _cells_of(row, parts))


def _cells_of(row: Row, parts: Parts) -> list[Cell]:
    return [Cell(row, column) for column in parts.of(Column).values() if not column.on_request]


def parse_cell(name: str, parts: Parts) -> Cell:
    """The cell of a name such as "retrieved/tuned".

    Raises:
        InputError: a name that is not row/column of the grid.
    """
    row, _, column = name.strip().partition("/")
    rows, columns = parts.of(Row), parts.of(Column)
    if row in rows and column in columns:
        return Cell(rows[row], columns[column])
    if row in columns and column in rows:
        raise InputError(f'unknown cell "{name}": the row comes first, {column}/{row}')
    wrong = [
        f'{what} "{part}" ({_nearest(part, known)})'
        for what, part, known in (("row", row, rows), ("column", column, columns))
        if part not in known
    ]
    raise InputError(
        f'unknown cell "{name}": there is no {" and no ".join(wrong)}. Write row/column; parts of your own are '
        "named by their file: --parts FILE"
    )


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"


def parse_cells(names: str | None, parts: Parts) -> tuple[Cell, ...]:
    """The cells of a comma-separated list in the grid's order; the nine of `all_cells` for None.

    A row alone ("adaptive") stands for its cells in the usual columns, a column alone for its cells in the usual rows.

    Raises:
        InputError: a name that is not a cell of the grid.
    """
    if names is None:
        return all_cells(parts)
    wanted = {cell for name in names.split(",") if name.strip() for cell in _named(name.strip(), parts)}
    if not wanted:
        raise InputError('no cell named: write for example --cells "none/zero-shot,retrieved/zero-shot"')
    return in_order(list(wanted), parts)


def _named(name: str, parts: Parts) -> Sequence[Cell]:
    rows, columns = parts.of(Row), parts.of(Column)
    if name in rows:
        return _cells_of(rows[name], parts)
    if name in columns:
        return [Cell(row, columns[name]) for row in rows.values() if not row.on_request]
    return [parse_cell(name, parts)]


def in_order(cells: Sequence[Cell], parts: Parts) -> tuple[Cell, ...]:
    """Row by row, column by column."""
    rows, columns = list(parts.of(Row).values()), list(parts.of(Column).values())
    return tuple(sorted(cells, key=lambda cell: (rows.index(cell.row), columns.index(cell.column))))
