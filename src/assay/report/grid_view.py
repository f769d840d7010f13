"""What the heat map shows, cell by cell. Knows no HTML and no SVG: both pictures of the grid are drawn from it."""

from dataclasses import dataclass

from assay.grid.cell import BEHAVIOURS, CONTEXTS, ON_REQUEST, parse_cell, shown_columns
from assay.report.theme import Theme, heat_colours
from assay.verdict.result import CellSummary, RunResult
from assay.words import figures
from assay.words.page import has_word, word

__all__ = [
    "AdaptiveRow",
    "GridCell",
    "GridRow",
    "adaptive_rows",
    "cell_name",
    "column_heads",
    "grid_rows",
    "heat_variables",
    "left_out_notes",
    "shown_behaviours",
    "shown_contexts",
]


@dataclass(frozen=True)
class GridCell:
    """One field of the heat map. `share` is None for a cell that was not run; `note` then says why."""

    name: str
    people: str
    slot: int  # from 0, row by row: the number in the names of its colours
    share: float | None
    percent: str
    interval: str
    mark: str  # "Recommended" or another word for the verdict's cell, else ""
    note: str
    footnote: int | None  # its place among the reasons below the grid
    n_failed: int


@dataclass(frozen=True)
class AdaptiveRow:
    """What one cell that searches only when unsure saved."""

    people: str
    skipped: str
    saved: str


@dataclass(frozen=True)
class GridRow:
    """One context with its cells."""

    context: str
    title: str
    note: str
    is_ceiling: bool
    cells: tuple[GridCell, ...]


def grid_rows(result: RunResult, lang: str) -> list[GridRow]:
    """The rows from closed book to the ceiling, each with its cells in the grid's order."""
    shown, columns = shown_contexts(result), shown_behaviours(result)
    summaries = {summary.cell: summary for summary in result.cells}
    notes = [name for name, _ in _left_out(result)]
    return [
        GridRow(
            context=context,
            title=word(f"context.{context}", lang),
            note=word(f"context.{context}.note", lang),
            is_ceiling=context == "oracle",
            cells=tuple(
                _field(result, summaries.get(name), name, shown.index(context) * len(columns) + place, notes, lang)
                for place, name in enumerate(f"{context}/{behaviour}" for behaviour in columns)
            ),
        )
        for context in shown
    ]


def shown_contexts(result: RunResult) -> list[str]:
    """The rows that the page has: the three of every grid, and those that were asked for beside them."""
    named = {parse_cell(name).context for name in _asked_for(result)}
    return [context for context in CONTEXTS if context not in ON_REQUEST or context in named]


def shown_behaviours(result: RunResult) -> tuple[str, ...]:
    """The columns that the page has: the three of every grid, and those that were asked for beside them."""
    return shown_columns(_asked_for(result))


def column_heads(result: RunResult, lang: str) -> list[tuple[str, str]]:
    """Title and note of each column."""
    return [(word(f"behaviour.{b}", lang), word(f"behaviour.{b}.note", lang)) for b in shown_behaviours(result)]


def left_out_notes(result: RunResult, lang: str) -> list[tuple[str, str]]:
    """People's name and reason of every cell that was left out for a reason, in the grid's order."""
    return [(cell_name(name, lang), reason) for name, reason in _left_out(result)]


def heat_variables(rows: list[GridRow], theme: Theme) -> dict[str, str]:
    """CSS variables "heat-0" (background) and "heat-0-text" for each cell that was run."""
    made = {}
    for cell in (cell for row in rows for cell in row.cells):
        if cell.share is not None:
            made[f"heat-{cell.slot}"], made[f"heat-{cell.slot}-text"] = heat_colours(cell.share, theme)
    return made


def cell_name(name: str, lang: str) -> str:
    """A cell's name in people's words; a name that the table does not know stays as it is."""
    key = f"cell.{name}"
    return word(key, lang) if has_word(key) else name


def adaptive_rows(result: RunResult, lang: str) -> list[AdaptiveRow]:
    """What the cells that search only when unsure saved; empty where none was run."""
    return [
        AdaptiveRow(cell_name(cell.cell, lang), figures.percent(cell.skipped), _saved(cell.saved_s, lang))
        for cell in result.cells
        if cell.skipped is not None
    ]


def _saved(seconds: float | None, lang: str) -> str:
    time = figures.duration(None if seconds is None else abs(seconds), lang)
    return word("adaptive.lost", lang, time=time) if seconds is not None and seconds < 0 else time


def _field(
    result: RunResult, summary: CellSummary | None, name: str, slot: int, notes: list[str], lang: str
) -> GridCell:
    ran = summary is not None and summary.correct.n > 0
    share = summary.correct.value if summary is not None and ran else None
    return GridCell(
        name=name,
        people=cell_name(name, lang),
        slot=slot,
        share=share,
        percent=word("grid.not_run", lang) if summary is None else figures.percent(share),
        interval="" if summary is None else figures.interval(summary.correct, lang),
        mark=_mark(result, lang) if name == result.verdict.cell else "",
        note="" if summary is not None else result.left_out_cells.get(name, word("grid.not_asked", lang)),
        footnote=notes.index(name) + 1 if name in notes else None,
        n_failed=0 if summary is None else summary.n_failed,
    )


def _mark(result: RunResult, lang: str) -> str:
    key = {"decided": "grid.recommended", "cannot_tell": "grid.best_guess", "none_works": "grid.best"}
    return word(key[result.verdict.kind], lang)


def _asked_for(result: RunResult) -> list[str]:
    return [*(cell.cell for cell in result.cells), *result.left_out_cells]


def _left_out(result: RunResult) -> list[tuple[str, str]]:
    order = {f"{context}/{behaviour}": None for context in CONTEXTS for behaviour in BEHAVIOURS}
    return [(name, result.left_out_cells[name]) for name in order if name in result.left_out_cells]
