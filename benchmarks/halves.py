"""Tables over one half of each question set: one to choose settings on, the other to report."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

__all__ = ["print_table"]


def print_table(
    columns: str, measure_company: Callable[[str], Sequence[str]], measure_folder: Callable[[Path, str], Sequence[str]]
) -> None:
    """Read the options and print the table of the example company and of each data folder, rows as they are ready."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, action="append", default=[])
    parser.add_argument("--part", choices=("tune", "report"), default="report", help="which half of the questions")
    options = parser.parse_args()
    print(f"| {columns} |\n|{'---|' * (columns.count('|') + 1)}", flush=True)
    print("\n".join(measure_company(options.part)), flush=True)
    for folder in options.data:
        print("\n".join(measure_folder(folder, options.part)), flush=True)
