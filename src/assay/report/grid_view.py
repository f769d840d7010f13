"""What the heat map shows, cell by cell. Knows no HTML and no SVG: both pictures of the grid are drawn from it."""

from dataclasses import dataclass

from assay.report.figure_table import FigureRow, FigureTable, figure_table
from assay.report.theme import Theme, heat_colours
from assay.verdict.result import CellSummary, OtherSummary, RunResult
from assay.words import figures, spoken
from assay.words.page_words import has_word, word

__all__ = [
    "GridCell",
    "GridRow",
    "SavingRow",
    "cell_name",
    "cell_names",
    "column_heads",
    "grid_rows",
    "heat_variables",
    "left_out_notes",
    "measure_table",
    "saving_rows",
]

_MEASURES = (
    "right", "interval", "answerable", "unanswerable", "exact_match", "f1", "refusal", "supported", "n", "failed",
)  # fmt: skip


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
class SavingRow:
    """What one cell that searches only when unsure saved."""

    people: str
    skipped: str
    saved: str


@dataclass(frozen=True)
class GridRow:
    """One context with its cells; or a system from elsewhere, with one field for all columns."""

    context: str
    title: str
    note: str
    is_ceiling: bool
    cells: tuple[GridCell, ...]
    is_other: bool = False


def grid_rows(result: RunResult, lang: str) -> list[GridRow]:
    """The rows from closed book to the ceiling, each with its cells in the grid's order; then other systems."""
    summaries = {summary.cell: summary for summary in result.cells}
    notes = [name for name, _ in _left_out(result)]
    slots = {name: slot for slot, name in enumerate(cell_names(result))}
    rows = [
        GridRow(
            context=row.name,
            title=spoken(row.title, lang),
            note=spoken(row.note, lang),
            is_ceiling=not row.is_served,
            cells=tuple(
                _field(result, summaries.get(name), name, slots[name], notes, lang)
                for name in (f"{row.name}/{column.name}" for column in result.columns)
            ),
        )
        for row in result.rows
    ]
    return [*rows, *(_other_row(result, other, slots[other.cell], lang) for other in result.others)]


def cell_names(result: RunResult) -> list[str]:
    """The names of the fields of the grid, row by row, whether they were run or not; then other systems."""
    cells = [f"{row.name}/{column.name}" for row in result.rows for column in result.columns]
    return [*cells, *(other.cell for other in result.others)]


def column_heads(result: RunResult, lang: str) -> list[tuple[str, str]]:
    """Title and note of each column."""
    return [(spoken(column.title, lang), spoken(column.note, lang)) for column in result.columns]


def left_out_notes(result: RunResult, lang: str) -> list[tuple[str, str]]:
    """People's name and reason of every cell that was left out for a reason, in the grid's order."""
    return [(cell_name(result, name, lang), reason) for name, reason in _left_out(result)]


def measure_table(result: RunResult, lang: str) -> FigureTable:
    """All measures of every cell that was run."""
    sat: list[CellSummary | OtherSummary] = [*result.cells, *result.others]
    with_form = any(cell.form_kept is not None for cell in sat)
    head = [word("col.cell", lang), *(word(f"col.{name}", lang) for name in _MEASURES)]
    head += [word("col.form_kept", lang)] if with_form else []
    rows = [
        FigureRow(
            _measures(cell, cell_name(result, cell.cell, lang), lang)
            + ([figures.percent(cell.form_kept)] if with_form else []),
            cell.cell == result.verdict.cell,
        )
        for cell in sat
    ]
    return figure_table(word("grid.more", lang), head, rows)


def _measures(cell: CellSummary | OtherSummary, name: str, lang: str) -> list[str]:
    parts = (cell.correct_answerable, cell.correct_unanswerable)
    return [
        name,
        figures.percent(cell.correct.value),
        figures.interval(cell.correct, lang),
        *(figures.percent(part.value if part else None) for part in parts),
        figures.percent(cell.exact_match),
        figures.decimal(cell.f1),
        figures.percent(cell.refusal_rate),
        figures.percent(cell.supported),
        figures.count(cell.correct.n),
        figures.count(cell.n_failed),
    ]


def heat_variables(rows: list[GridRow], theme: Theme) -> dict[str, str]:
    """CSS variables "heat-0" (background) and "heat-0-text" for each cell that was run."""
    made = {}
    for cell in (cell for row in rows for cell in row.cells):
        if cell.share is not None:
            made[f"heat-{cell.slot}"], made[f"heat-{cell.slot}-text"] = heat_colours(cell.share, theme)
    return made


def cell_name(result: RunResult, name: str, lang: str) -> str:
    """A cell's name in people's words; so is what stands in the place of a cell, such as "all right"."""
    if name in result.words:
        return spoken(result.words[name].name, lang)
    key = f"cell.{name}"
    return word(key, lang) if has_word(key) else name


def saving_rows(result: RunResult, lang: str) -> list[SavingRow]:
    """What the cells that search only when unsure saved; empty where none was run."""
    return [
        SavingRow(cell_name(result, cell.cell, lang), figures.percent(cell.skipped), _saved(cell.saved_s, lang))
        for cell in result.cells
        if cell.skipped is not None
    ]


def _saved(seconds: float | None, lang: str) -> str:
    time = figures.duration(None if seconds is None else abs(seconds), lang)
    return word("adaptive.lost", lang, time=time) if seconds is not None and seconds < 0 else time


def _other_row(result: RunResult, other: OtherSummary, slot: int, lang: str) -> GridRow:
    field = _field(result, other, other.cell, slot, [], lang)
    return GridRow(other.cell, field.people, word("other.note", lang), False, (field,), is_other=True)


def _field(
    result: RunResult,
    summary: CellSummary | OtherSummary | None,
    name: str,
    slot: int,
    notes: list[str],
    lang: str,
) -> GridCell:
    ran = summary is not None and summary.correct.n > 0
    share = summary.correct.value if summary is not None and ran else None
    return GridCell(
        name=name,
        people=cell_name(result, name, lang),
        slot=slot,
        share=share,
        percent=word("grid.not_run", lang) if summary is None else figures.percent(share),
        interval="" if summary is None else figures.interval(summary.correct, lang),
        mark=_mark(result, lang) if name == result.verdict.cell else "",
        note="" if summary is not None else result.left_out.get(name, word("grid.not_asked", lang)),
        footnote=notes.index(name) + 1 if name in notes else None,
        n_failed=0 if summary is None else summary.n_failed,
    )


def _mark(result: RunResult, lang: str) -> str:
    key = {"decided": "grid.recommended", "cannot_tell": "grid.best_guess", "none_works": "grid.best"}
    return word(key[result.verdict.kind], lang)


def _left_out(result: RunResult) -> list[tuple[str, str]]:
    return [(name, result.left_out[name]) for name in cell_names(result) if name in result.left_out]
