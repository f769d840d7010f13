"""The grid and the verdict as a piece of HTML for a notebook: no script, no style sheet."""

from html import escape

from assay.report.grid_view import GridCell, column_heads, grid_rows
from assay.report.lines import verdict_lines
from assay.verdict.result import RunResult

__all__ = ["grid_html"]


def grid_html(result: RunResult, lang: str) -> str:
    """A table with the share of right answers and its interval in each cell, the advised one bold; then the lines."""
    heads = "".join(f"<th>{escape(title)}</th>" for title, _ in column_heads(result, lang))
    rows = "".join(
        f"<tr><th>{escape(row.title)}</th>{''.join(map(_field, row.cells))}</tr>" for row in grid_rows(result, lang)
    )
    lines = "".join(f"<p>{escape(line)}</p>" for line in verdict_lines(result, lang))
    return f"<table><thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table>{lines}"


def _field(cell: GridCell) -> str:
    share = f"<b>{escape(cell.percent)}</b>" if cell.mark else escape(cell.percent)
    notes = "".join(f"<br><small>{escape(text)}</small>" for text in (cell.people, cell.interval, cell.mark) if text)
    return f"<td>{share}{notes}</td>"
