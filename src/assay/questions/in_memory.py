"""Questions in memory: a list of dicts, or a pandas, polars or Arrow table. Imports none of these."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias, runtime_checkable

from assay.errors import InputError
from assay.questions.rows import RowFile, rows_of_objects

__all__ = ["Source", "describe_source", "in_memory_rows"]


@runtime_checkable
class _Polars(Protocol):
    def to_dicts(self) -> Any: ...


@runtime_checkable
class _Arrow(Protocol):
    def to_pylist(self) -> Any: ...


@runtime_checkable
class _Pandas(Protocol):
    @property
    def columns(self) -> Any: ...

    @property
    def to_dict(self) -> Any: ...


Frame: TypeAlias = _Polars | _Arrow | _Pandas
Source: TypeAlias = str | Path | Sequence[Mapping[str, Any]] | Frame
"""Where questions come from: the path of a file, or rows in memory."""


def in_memory_rows(source: Source) -> tuple[RowFile, bytes]:
    """The rows of a list or a frame, and the same as JSON, by which they are told apart.

    Rows are counted from 1. What stands for nothing (None, NaN, pandas' NA and NaT) is an empty cell. In a frame, as in
    a table, several answers may share a text, parted by "|"; a list holds several as a list.

    Raises:
        InputError: neither a list of dicts nor a frame; two columns of one name.
    """
    is_frame = not isinstance(source, list | tuple)
    items = [_plain_row(row) for row in _listed(source)]
    data = json.dumps(items, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
    return rows_of_objects(items, "row" if is_frame else "item", is_table=is_frame), data


def describe_source(source: Source) -> str:
    """What an error message calls it."""
    if isinstance(source, str | Path):
        return str(source)
    return "the list of questions" if isinstance(source, list | tuple) else "the frame of questions"


def _listed(source: Source) -> Sequence[Any]:
    if isinstance(source, list | tuple):
        return source
    if isinstance(source, _Polars) and not isinstance(source, type):
        return list(source.to_dicts())
    if isinstance(source, _Arrow) and not isinstance(source, type):
        return list(source.to_pylist())
    if isinstance(source, _Pandas) and not isinstance(source, type):
        _check_names([str(name) for name in source.columns])
        return list(source.to_dict("records"))
    raise InputError(
        f"questions must be the path of a file, a list of dicts or a data frame, got {type(source).__name__}"
    )


def _check_names(names: Sequence[str]) -> None:
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise InputError(f'the frame of questions has two columns "{twice[0]}": rename or drop one')


def _plain_row(row: Any) -> Any:
    return {str(name): _plain(value) for name, value in row.items()} if isinstance(row, Mapping) else row


def _plain(value: Any) -> Any:
    """A value without anything of numpy, pandas or polars in it."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return None if value != value else float(value)
    if isinstance(value, Mapping):
        return _plain_row(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    for name in ("tolist", "to_list"):  # numpy's scalars and arrays; polars' series
        if hasattr(value, name):
            return _plain(getattr(value, name)())
    return value
