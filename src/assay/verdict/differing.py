"""What differs between two records of plain values, name by name. Knows no run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Change", "differing", "leaves"]


@dataclass(frozen=True)
class Change:
    """One value of a record before and after; None where one of the two records does not have it."""

    name: str  # with dots: "versions.torch"
    before: Any
    after: Any


def leaves(record: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted names and plain values, in the record's order: {"lora": {"rank": 16}} gives ("lora.rank", 16)."""
    for key, value in record.items():
        if isinstance(value, Mapping) and value:
            yield from leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The names whose values are not the same, in the order of the first record, what only the second has last."""
    a, b = dict(leaves(before)), dict(leaves(after))
    return [Change(name, a.get(name), b.get(name)) for name in {**a, **b} if a.get(name) != b.get(name)]
