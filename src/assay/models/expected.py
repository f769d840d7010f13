"""What a base answered of known questions when it was healthy: shipped for the embedded one, kept for others."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from assay.bench.whole_files import write_whole
from assay.models.cache import cache_folder
from assay.models.model import Model

__all__ = ["expected_score", "keep_healthy"]

_HEALTHY = 0.6  # of the questions: a base seen with fewer may be broken already
# The embedded model's, by the first 16 digits of its weights: 35 of 36 English ones (8 of 36 Chinese tell nothing).
_SHIPPED: dict[tuple[str, str], int] = {("e939feb923f6a445", "en/zero-shot/f7365bfe"): 35}


def expected_score(model: Model, asked: str) -> int | None:
    """How many the base is known to answer right; None where it was never seen healthy.

    Args:
        model: the base, known by its weights whatever folder they lie in.
        asked: what names the questions and how they are asked.
    """
    shipped = _SHIPPED.get((model.sha256[:16], asked))
    with suppress(OSError, ValueError, KeyError):
        kept = int(json.loads(_file(model, asked).read_text())["right"])
        return max(kept, shipped or 0)
    return shipped


def keep_healthy(model: Model, asked: str, n_right: int, n: int) -> None:
    """Keep what a base answered, where that is what a healthy one does and more than is known of it."""
    known = expected_score(model, asked)
    if n_right < _HEALTHY * n or (known is not None and known >= n_right):
        return
    file = _file(model, asked)
    with suppress(OSError):  # a cache that cannot be written costs a comparison
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps({"base": model.name, "right": n_right, "of": n}).encode())


def _file(model: Model, asked: str) -> Path:
    name = hashlib.sha256(f"{model.sha256} {asked}".encode()).hexdigest()[:32]
    return cache_folder() / "canaries" / f"{name}.json"
