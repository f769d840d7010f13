"""Names for what was computed: a hash over everything that it depends on."""

import hashlib
import json
from typing import Any

__all__ = ["key_of"]


def key_of(**parts: Any) -> str:
    """32 hexadecimal digits that change whenever one of the parts does; parts are plain values."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
