"""The Markdown of a workbook, tidied: titles become headings, and blank rows part one table from the next."""

import re
from collections.abc import Iterator, Sequence

__all__ = ["render_sheet", "render_table", "split_row", "tidy_sheets"]

_CELL_BORDER = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+\s*$")
_MIDNIGHT = re.compile(r"(?<=\d{4}-\d\d-\d\d) 00:00:00$")

Row = list[str]


def tidy_sheets(markdown: str) -> str:
    """The workbook with each table of each sheet on its own, under its title where it has one."""
    blocks: list[str] = []
    rows: list[Row] = []
    for line in [*markdown.split("\n"), ""]:
        if line.startswith("|"):
            if not _RULE.match(line):
                rows.append([_MIDNIGHT.sub("", cell) for cell in split_row(line)])
            continue
        if rows:
            blocks.extend(render_sheet(rows))
            rows = []
        if line.strip():
            blocks.append(line)
    return "\n\n".join(blocks)


def split_row(line: str) -> Row:
    """The cells of one table row in Markdown, stripped, escapes undone."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip().replace("\\|", "|") for cell in _CELL_BORDER.split(inner)]


def render_table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose first row is the header; empty columns on the right are left out."""
    width = max((index + 1 for row in rows for index, cell in enumerate(row) if cell), default=0)
    if not width:
        return ""
    padded = [[*row, *[""] * width][:width] for row in rows]
    lines = ["| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in row) + " |" for row in padded]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def render_sheet(rows: Sequence[Row]) -> Iterator[str]:
    """The tables and titles of one sheet as Markdown; its cells have to be Markdown but for their bars."""
    groups = [part for group in _split_at_blank_rows(rows) for part in _split_at_blank_columns(group)]
    for number, group in enumerate(groups, start=1):
        n_titles = next((index for index, row in enumerate(group) if _n_filled(row) > 1), len(group))
        titles = [_only_cell(row) for row in group[:n_titles]]
        table = group[n_titles:]
        # What stands alone above a table is its title; alone at the end, it is a note or a sheet of one column.
        entitles = len(titles) <= 2 and (bool(table) or number < len(groups))
        yield from (f"### {title}" if entitles else title for title in titles)
        if table:
            yield render_table(table)


def _split_at_blank_rows(rows: Sequence[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        if _n_filled(row):
            group.append(row)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _split_at_blank_columns(group: Sequence[Row]) -> Iterator[list[Row]]:
    """Tables that stand side by side, two blank columns or more between them, each with its own rows only.

    A part of one column or of fewer than three rows is no table of its own: forms are laid out with such gaps.
    """
    width = max(map(len, group))
    filled = [any(index < len(row) and row[index] for row in group) for index in range(width)]
    starts = [0, *(index for index in range(2, width) if filled[index] and not any(filled[index - 2 : index]))]
    parts = [
        [row[start:end] for row in group if any(row[start:end])]
        for start, end in zip(starts, [*starts[1:], width], strict=True)
    ]
    apart = all(len(part) >= 3 and sum(map(any, zip(*part, strict=False))) >= 2 for part in parts)
    yield from (map(_without_margin, parts) if apart else [_without_margin(group)])


def _without_margin(rows: Sequence[Row]) -> list[Row]:
    """The rows without the columns that are empty in all of them at the left."""
    margin = min((next((at for at, cell in enumerate(row) if cell), len(row)) for row in rows), default=0)
    return [row[margin:] for row in rows]


def _n_filled(row: Row) -> int:
    return sum(bool(cell) for cell in row)


def _only_cell(row: Row) -> str:
    return next(cell for cell in row if cell)
