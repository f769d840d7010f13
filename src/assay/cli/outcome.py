"""What a finished exam prints: its table, its lines and where its report is."""

from collections.abc import Sequence
from pathlib import Path

__all__ = ["print_outcome"]


def print_outcome(
    table: tuple[Sequence[str], Sequence[Sequence[str]]],
    lines: Sequence[str],
    report: Path,
    *,
    n_left: int,
    least_width: int,
    wraps: bool = False,
) -> None:
    """Print all three.

    Args:
        table: head and rows.
        lines: printed below it as they are.
        report: the file to look at.
        n_left: columns of words, on the left; the others hold numbers.
        least_width: characters of the table, even where the terminal has fewer.
        wraps: whether a long cell goes on in a second line.
    """
    from rich.console import Console
    from rich.table import Table

    head, rows = table
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, title in enumerate(head):
        drawn.add_column(title, justify="left" if number < n_left else "right", no_wrap=not wraps)
    for row in rows:
        drawn.add_row(*row)
    terminal = Console(highlight=False, markup=False)
    terminal.width = max(terminal.width, least_width)  # print's own width is cut to that of the terminal
    print()
    terminal.print(drawn, crop=False, overflow="ignore")
    print()
    for line in lines:
        print(line)
    print(f"\n{report.resolve()}")
