"""What SQLite says of a file that it cannot use, as our errors."""

import errno
from pathlib import Path

from assay.errors import InputError

__all__ = ["translate"]

_FULL = ("disk is full",)
_CLOSED = ("readonly database", "unable to open", "disk I/O error")
_DAMAGED = ("malformed", "not a database")


def translate(error: BaseException, place: Path | str) -> Exception | None:
    """An InputError that says what to do, an OSError for a full disk; None where it is something else."""
    words = str(error)
    if any(known in words for known in _FULL):
        return OSError(errno.ENOSPC, "the disk is full")
    if any(known in words for known in _CLOSED):
        return InputError(f"cannot write {place} ({words}): give another folder with --out")
    if any(known in words for known in _DAMAGED):
        return InputError(f"{place} is damaged ({words}): delete it, and the same line makes anew what it held")
    return None
