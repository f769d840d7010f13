"""Settings and provenance as rows of dotted names and plain values. Knows no page."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from assay.masking import mask
from assay.verdict.differing import leaves

__all__ = ["plain_value", "record_rows"]

_MOMENTS = ("started",)  # kept as seconds since 1970


def record_rows(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """One row a leaf, in the record's order: {"lora": {"rank": 16}} becomes ("lora.rank", "16")."""
    return [(name, _moment(value) if name in _MOMENTS else plain_value(value)) for name, value in leaves(record)]


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def plain_value(value: Any) -> str:
    """A value as people read it; a dash where there is none."""
    if value is None or value == {} or value == []:
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(plain_value(item) for item in value)
    return f"{value:,.4g}" if isinstance(value, float) else mask(str(value))
