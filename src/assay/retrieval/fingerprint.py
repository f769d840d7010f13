"""What tells two sets of weights apart in a name."""

import hashlib
from pathlib import Path

__all__ = ["fingerprint"]


def fingerprint(path: Path) -> str:
    """The first 8 hex digits of the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:8]
