"""What the table of costs, the break-even lines and the two scatter plots show. Knows no HTML and draws nothing."""

from dataclasses import dataclass

from assay.report.grid_view import cell_name
from assay.verdict.costs import VOLUME, total_cost
from assay.verdict.result import CellSummary, RunResult
from assay.words import figures, spoken
from assay.words.page_words import word

__all__ = [
    "Point",
    "Scatter",
    "break_even_lines",
    "cost_scatter",
    "latency_scatter",
    "legend",
    "machine_hours",
    "volume",
]


_SIGNS = {"circle": "●", "square": "■", "triangle-up": "▲", "diamond": "◆"}


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
    paid = {cell.cell: total_cost(cell.cost, n, in_money=True) if priced else machine_hours(cell, n) for cell in cells}
    return Scatter(
        title=word("costs.against_cost", lang),
        x_title=word("costs.money" if priced else "costs.hours", lang, volume=figures.count(n)),
        points=tuple(_point(cell, paid[cell.cell], result, lang) for cell in cells),
    )


def legend(result: RunResult, lang: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Colour and title of each row with points, sign and title of each kind of column."""
    rows = [(row.colour, spoken(row.title, lang)) for row in result.rows if row.is_served]
    columns = [(_SIGNS.get(column.shape, "✚"), spoken(column.title, lang)) for column in result.columns]
    return rows, list(dict.fromkeys(columns))


def machine_hours(cell: CellSummary, n_answers: int) -> float:
    """Hours for preparing a cell and giving so many answers in batches."""
    return total_cost(cell.cost, n_answers) / 3600


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
