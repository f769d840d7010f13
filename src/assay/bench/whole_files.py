"""Files written whole or not at all, and what is said where nothing can be written."""

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from assay.errors import InputError

__all__ = ["may_write", "whole_files", "write_whole"]


def write_whole(path: Path, data: bytes | memoryview) -> None:
    """Put the data into the file: a reader, or a process that is killed meanwhile, finds the old content or the new.

    Makes the folder.

    Raises:
        InputError: nothing can be written there.
        OSError: the disk is full; the file is as it was.
    """
    with whole_files([path]) as (part,), may_write(path):
        part.write_bytes(data)


@contextmanager
def whole_files(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Hidden files beside these, to be written to, that take their names together when the block ends.

    Where the block fails, for instance because the disk is full, none of them is there. Makes the folders.

    Raises:
        InputError: nothing can be written there.
    """
    parts: list[Path] = []
    try:
        for path in paths:
            with may_write(path):
                parts.append(_beside(path))
        yield parts
        for part, path in zip(parts, paths, strict=True):
            with may_write(path):
                part.replace(path)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


@contextmanager
def may_write(place: Path, instead: str = "give another place") -> Iterator[None]:
    """What the system says of a place that cannot be written, as one sentence that ends with what to do `instead`.

    Raises:
        InputError: it cannot be written.
        OSError: the disk is full, which is no fault of the place.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        raise InputError(f"cannot write {place} ({error.strerror or error}): {instead}") from error


def _beside(path: Path) -> Path:
    """A new file of a name that nobody else has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{token_hex(8)}.part")
    part.touch(exist_ok=False)
    return part
