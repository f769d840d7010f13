"""What the table of costs, the break-even lines and the two scatter plots show. Knows no HTML and draws nothing."""

from dataclasses import dataclass

from assay.report.figure_table import FigureRow, FigureTable, figure_table
from assay.report.grid_view import cell_name
from assay.verdict.costs import VOLUME, total_cost
from assay.verdict.result import CellSummary, Cost, RunResult
from assay.words import figures, spoken
from assay.words.page_words import word

__all__ = [
    "SIGNS",
    "Point",
    "Scatter",
    "break_even_lines",
    "cost_scatter",
    "cost_table",
    "latency_scatter",
    "legend",
    "slow_latency",
    "told_cost_table",
    "volume",
]

_COLUMNS = (
    "right", "prepare", "prepare_tokens", "peak", "batched", "p50", "p95", "prompt_tokens", "new_tokens", "hours",
    "money",
)  # fmt: skip
SIGNS = {"circle": "●", "square": "■", "triangle-up": "▲", "diamond": "◆"}


@dataclass(frozen=True)
class Point:
    """One cell of a scatter plot; `x` in the plot's unit, shares from 0 to 1."""

    cell: str
    name: str
    x: float
    share: float
    low: float | None
    high: float | None
    is_recommended: bool
    colour: str = "accent"  # by its name in the theme
    shape: str = "circle"


@dataclass(frozen=True)
class Scatter:
    """Quality against one other measure, with the words around it."""

    title: str
    x_title: str
    points: tuple[Point, ...]
    y_title: str = ""  # empty: the share of right answers


def volume(result: RunResult) -> int:
    """The number of answers that the cheapest cell is chosen for."""
    wanted = result.settings.get("volume", VOLUME)
    return wanted if isinstance(wanted, int) and wanted > 0 else VOLUME


def latency_scatter(result: RunResult, lang: str) -> Scatter:
    """Quality against time to answer: one at a time where that was measured for every cell, else batched."""
    cells = _servable(result)
    single = {cell.cell: p50 for cell in cells if (p50 := cell.cost.latency_p50_s) is not None}
    seconds = single if len(single) == len(cells) else {cell.cell: cell.cost.answer_s for cell in cells}
    return Scatter(
        title=word("costs.against_latency", lang),
        x_title=word("costs.latency" if seconds is single else "costs.batched", lang),
        points=tuple(_point(cell, seconds[cell.cell], result, lang) for cell in cells),
    )


def cost_scatter(result: RunResult, lang: str) -> Scatter:
    """Quality against the cost of preparing and of giving the volume of answers: money where every cell has a price."""
    cells = _servable(result)
    priced = bool(cells) and all(cell.cost.money_per_1000 is not None for cell in cells)
    n = volume(result)
    paid = {cell.cell: total_cost(cell.cost, n, in_money=True) if priced else _hours(cell.cost, n) for cell in cells}
    return Scatter(
        title=word("costs.against_cost", lang),
        x_title=word("costs.money" if priced else "costs.hours", lang, volume=figures.count(n)),
        points=tuple(_point(cell, paid[cell.cell], result, lang) for cell in cells),
    )


def legend(result: RunResult, lang: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Colour and title of each row with points, sign and title of each kind of column."""
    rows = [(row.colour, spoken(row.title, lang)) for row in result.rows if row.is_served]
    columns = [(SIGNS.get(column.shape, "✚"), spoken(column.title, lang)) for column in result.columns]
    return rows, list(dict.fromkeys(columns))


def cost_table(result: RunResult, lang: str) -> FigureTable:
    """What each cell took."""
    n = volume(result)
    head = [word("col.cell", lang), *(word(f"col.{name}", lang, volume=figures.count(n)) for name in _COLUMNS)]
    rows = [
        FigureRow(_costs(cell, cell_name(result, cell.cell, lang), n, lang), cell.cell == result.verdict.cell)
        for cell in result.cells
    ]
    return figure_table(word("costs.table", lang), head, rows)


def told_cost_table(result: RunResult, lang: str) -> FigureTable:
    """What other systems took, as the files of their answers tell."""
    head = [
        word("grid.other", lang),
        *(word(f"col.{name}", lang) for name in ("right", "p50", "p95", "tokens", "money")),
    ]
    rows = [
        FigureRow(
            [
                cell_name(result, other.cell, lang),
                figures.percent(other.correct.value),
                figures.duration(other.told.latency_p50_s, lang),
                figures.duration(other.told.latency_p95_s, lang),
                figures.count(other.told.n_tokens),
                figures.money(other.told.money_per_1000),
            ]
        )
        for other in result.others
    ]
    return figure_table(word("costs.others", lang), head, rows)


def slow_latency(cost: Cost, lang: str) -> str:
    """The time within which 95 of 100 are answered; a dash where a single one was timed: it has no percentiles."""
    return figures.duration(cost.latency_p95_s if cost.n_latency > 1 else None, lang)


def _costs(cell: CellSummary, name: str, n_answers: int, lang: str) -> list[str]:
    cost = cell.cost
    return [
        name,
        figures.percent(cell.correct.value),
        figures.duration(cost.prepare_s, lang),
        figures.count(cost.prepare_tokens),
        figures.megabytes(cost.prepare_peak_mb),
        figures.duration(cost.answer_s, lang),
        figures.duration(cost.latency_p50_s, lang),
        slow_latency(cost, lang),
        figures.count(cost.prompt_tokens),
        figures.count(cost.new_tokens),
        figures.decimal(_hours(cost, n_answers)),
        figures.money(cost.money_per_1000),
    ]


def _hours(cost: Cost, n_answers: int) -> float:
    """Of the machine, for preparing a cell and giving so many answers in batches."""
    return total_cost(cost, n_answers) / 3600


def break_even_lines(result: RunResult, lang: str) -> list[str]:
    """One sentence for each pair of cells whose costs cross."""
    return [
        word(
            "costs.break_even.line",
            lang,
            answers=figures.count(even.answers),
            dearer=cell_name(result, even.dearer_to_prepare, lang),
            slower=cell_name(result, even.dearer_to_answer, lang),
        )
        for even in result.verdict.break_even
    ]


def _servable(result: RunResult) -> list[CellSummary]:
    return [cell for cell in result.cells if result.is_served(cell.cell) and cell.correct.n > 0]


def _point(cell: CellSummary, x: float, result: RunResult, lang: str) -> Point:
    score = cell.correct
    row, column = cell.cell.split("/")
    colours = {one.name: one.colour for one in result.rows}
    shapes = {one.name: one.shape for one in result.columns}
    return Point(
        cell=cell.cell,
        name=spoken(result.words[cell.cell].short, lang),
        x=x,
        share=score.value,
        low=score.low,
        high=score.high,
        is_recommended=cell.cell == result.verdict.cell,
        colour=colours[row],
        shape=shapes[column],
    )
