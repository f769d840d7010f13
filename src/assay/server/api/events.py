"""Server-sent events: JSON on a line. Knows nothing of what is in them."""

import json
from typing import Any

__all__ = ["event", "named_event"]


def event(row: dict[str, Any]) -> str:
    """One without a name."""
    return f"data: {json.dumps(row, ensure_ascii=False)}\n\n"


def named_event(name: str, row: dict[str, Any]) -> str:
    """One with its name on a line before."""
    return f"event: {name}\n{event(row)}"
