"""The grid as a report shows it, in plain values: so that it can be rendered when its parts are gone."""

from collections.abc import Sequence
from typing import Any

from assay.bench.parts import Parts
from assay.grid.cell import Cell
from assay.grid.column import Column
from assay.grid.naming import advise_cell, name_cell, shorten_cell
from assay.grid.row import Row
from assay.verdict.result import CellWords, ColumnView, RowView
from assay.words import worded

__all__ = ["show_grid"]


def show_grid(asked: Sequence[Cell], parts: Parts) -> dict[str, Any]:
    """`rows`, `columns` and `words` of a result: of every grid, and of the cells that were asked for beside it."""
    rows = [row for row in parts.of(Row).values() if not row.on_request or row in {cell.row for cell in asked}]
    columns = [
        column
        for column in parts.of(Column).values()
        if not column.on_request or column in {cell.column for cell in asked}
    ]
    cells = [Cell(row, column) for row in rows for column in columns]
    return {
        "rows": [_show_row(row) for row in rows],
        "columns": [_show_column(column) for column in columns],
        "words": {str(cell): CellWords(name_cell(cell), shorten_cell(cell), advise_cell(cell)) for cell in cells},
    }


def _show_row(row: Row) -> RowView:
    return RowView(row.name, worded(row.title), worded(row.note), row.is_served, row.colour, row.code)


def _show_column(column: Column) -> ColumnView:
    return ColumnView(column.name, worded(column.title), worded(column.note), column.shape, column.code)
