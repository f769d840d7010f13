"""Settings and provenance as rows of dotted names and plain values. Knows no page."""

from collections.abc import Iterator, Mapping
from typing import Any

from assay.masking import mask

__all__ = ["record_rows"]


def record_rows(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """One row a leaf, in the record's order: {"lora": {"rank": 16}} becomes ("lora.rank", "16")."""
    return list(_leaves(record, ""))


def _leaves(record: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, f"{name}.")
        else:
            yield name, _plain(value)


def _plain(value: Any) -> str:
    if value is None or value == {} or value == []:
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(_plain(item) for item in value)
    return f"{value:,.4g}" if isinstance(value, float) else mask(str(value))
