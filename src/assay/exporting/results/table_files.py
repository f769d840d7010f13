"""The tables of a study as files, one each: CSV for spreadsheets, Parquet for frames."""

from pathlib import Path
from typing import Any

from assay.bench.whole_files import may_write, whole_files
from assay.errors import InputError
from assay.questions.writing import render_rows
from assay.studies.study import Finished
from assay.verdict.tables import Rows

__all__ = ["free_files", "write_csv", "write_parquet"]


def write_csv(finished: Finished[Any], where: str) -> list[str]:
    """cells.csv, answers.csv and so on in UTF-8, numbers with a point; a list in a cell is JSON.

    Raises:
        InputError: one of them is there.
    """
    tables = {name: rows for name, rows in finished.tables.items() if rows}
    files = free_files(where, [f"{name}.csv" for name in tables])
    with whole_files(files) as parts:
        for rows, part in zip(tables.values(), parts, strict=True):
            part.write_bytes(render_rows(rows, list(rows[0]), ".csv"))
    return [str(file) for file in files]


def write_parquet(finished: Finished[Any], where: str) -> list[str]:
    """The same as Parquet, with types; a list in a cell is a list.

    Raises:
        InputError: one of them is there.
    """
    import pyarrow.parquet as pq

    tables = {name: rows for name, rows in finished.tables.items() if rows}
    files = free_files(where, [f"{name}.parquet" for name in tables])
    with whole_files(files) as parts:
        for rows, part in zip(tables.values(), parts, strict=True):
            pq.write_table(_arrow(rows), part)
    return [str(file) for file in files]


def free_files(where: str, names: list[str]) -> list[Path]:
    """Where these files may be written; the folder is made.

    Raises:
        InputError: one of them is there, or the folder cannot be made.
    """
    folder = Path(where)
    files = [folder / name for name in names]
    there = next((file for file in files if file.exists()), None)
    if there is not None or (folder.exists() and not folder.is_dir()):
        raise InputError(f"{there or folder} is there already: give another folder (--folder), or delete it")
    with may_write(folder, "give another folder (--folder)"):
        folder.mkdir(parents=True, exist_ok=True)
    return files


def _arrow(rows: Rows) -> Any:
    """An Arrow table; a column in which nothing stands is one of texts, as its type cannot be told."""
    import pyarrow as pa

    table = pa.Table.from_pylist(rows)
    fields = [_typed(field, pa) for field in table.schema]
    return table.cast(pa.schema(fields))


def _typed(field: Any, pa: Any) -> Any:
    if pa.types.is_null(field.type):
        return field.with_type(pa.string())
    if pa.types.is_list(field.type) and pa.types.is_null(field.type.value_type):
        return field.with_type(pa.list_(pa.string()))
    return field
