"""Settings and provenance as rows of dotted names and plain values. Knows no page."""

from collections.abc import Mapping
from typing import Any

from assay.masking import mask
from assay.verdict.differing import leaves

__all__ = ["plain_value", "record_rows"]


def record_rows(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """One row a leaf, in the record's order: {"lora": {"rank": 16}} becomes ("lora.rank", "16")."""
    return [(name, plain_value(value)) for name, value in leaves(record)]


def plain_value(value: Any) -> str:
    """A value as people read it; a dash where there is none."""
    if value is None or value == {} or value == []:
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(plain_value(item) for item in value)
    return f"{value:,.4g}" if isinstance(value, float) else mask(str(value))
