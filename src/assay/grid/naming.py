"""What a cell is called: by a name of its own where the catalogue has one, else by its row and its column."""

from assay.grid.cell import Cell
from assay.words import has_message, languages, message, spoken

__all__ = ["advise_cell", "name_cell", "shorten_cell"]


def name_cell(cell: Cell) -> dict[str, str]:
    """Language -> "RAG + examples"."""
    return {lang: _name(cell, lang) for lang in languages()}


def shorten_cell(cell: Cell) -> dict[str, str]:
    """The same, short enough for a picture."""
    key = f"label.{cell}"
    return {lang: message(key, lang) if has_message(key) else _name(cell, lang) for lang in languages()}


def advise_cell(cell: Cell) -> dict[str, str]:
    """Language -> "Use RAG with examples.\""""
    key = f"use.{cell}"
    return {
        lang: message(key, lang) if has_message(key) else message("use.other", lang, cell=_name(cell, lang))
        for lang in languages()
    }


def _name(cell: Cell, lang: str) -> str:
    if has_message(f"cell.{cell}"):
        return message(f"cell.{cell}", lang)
    row, column = cell.row, cell.column
    if column.variant_of is not None:
        usual = _name(Cell(row, column.variant_of), lang)
        return message("cell.variant", lang, cell=usual, variant=spoken(column.note, lang))
    plain = spoken(row.cells or row.title, lang)
    if column.is_plain:
        return plain
    return message("cell.joined", lang, row=plain, column=spoken(column.cells or column.title, lang))
