"""What is printed at the end of a verb: a table, lines, and where the report is."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.report.outcome import Outcome, Table

__all__ = ["print_outcome"]


def print_outcome(outcome: "Outcome", report: Path | None = None, title: str = "") -> None:
    """The title and the tables first, where there are any; the report last, where there is one."""
    if title:
        print(f"\n{title}:")
    for table in (outcome.table, outcome.ladder):
        if table is not None:
            _print_table(table)
    print()
    for line in outcome.lines:
        print(line)
    if report is not None:
        print(f"\n{report.resolve()}")


def _print_table(table: "Table") -> None:
    from rich.console import Console
    from rich.table import Table as Drawn

    drawn = Drawn(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, title in enumerate(table.head):
        drawn.add_column(title, justify="left" if number < table.n_words else "right", no_wrap=not table.wraps)
    for row in table.rows:
        drawn.add_row(*row)
    terminal = Console(highlight=False, markup=False)
    terminal.width = max(terminal.width, table.width)  # print's own width is cut to that of the terminal
    print()
    terminal.print(drawn, crop=False, overflow="ignore")
