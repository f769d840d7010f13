"""Plain rows as a data frame of the library that is there. Imports it, nothing else."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from assay.errors import MissingExtra

__all__ = ["as_frame"]


def as_frame(rows: Sequence[Mapping[str, Any]]) -> Any:
    """A pandas DataFrame, or a polars one where only that is installed.

    Raises:
        MissingExtra: neither is installed.
    """
    found = next((name for name in ("pandas", "polars") if find_spec(name) is not None), None)
    if found is None:
        raise MissingExtra(
            "a frame needs pandas or polars: pip install pandas. The same as plain rows: .finished.tables"
        )
    return import_module(found).DataFrame(list(rows))
