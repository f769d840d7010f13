"""Names for what was computed: a hash over everything that it depends on."""

import hashlib
import json
from typing import Any

from assay.settings import Settings, as_dict

__all__ = ["answer_settings", "key_of"]

# settings on which no answer depends
_ELSEWHERE = (
    "lang",
    "parts",
    "columns",
    "database",
    "base",
    "answer_cache",
    "export_differing",
    "llama_cpp",
    "first_check",
    "memory",
    "judge",
    "learning_curve",
)

# settings that came later: runs from before have no word of them, and are still found while these are as usual
_LATER = (
    "search_steps",
    "scorer",
    "tuning_dtype",
    "interventions",
    "prompt_bank",
    "prompt_writer",
    "prompt_seconds",
    "token_prices",
)


def key_of(**parts: Any) -> str:
    """32 hexadecimal digits that change whenever one of the parts does; parts are plain values."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def answer_settings(settings: Settings) -> dict[str, Any]:
    """The settings on which answers depend, for the names of runs; a new password makes no new run."""
    usual = as_dict(Settings())
    return {
        name: value
        for name, value in as_dict(settings).items()
        if name not in _ELSEWHERE and not (name in _LATER and value == usual[name])
    }
