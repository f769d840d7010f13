"""Files that people bring: where they are put, and which are turned away. Reads no file's content."""

import os
import re
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath

from assay.corpus.extraction import SUFFIXES
from assay.corpus.reading import MAX_BYTES
from assay.errors import InputError

__all__ = ["MAX_BYTES", "place_for", "write_upload"]

_LONGEST = 180  # bytes of a name
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\]")


def place_for(folder: Path, name: str) -> Path:
    """Where a file of this name is put below the documents folder.

    Raises:
        InputError: a name that leads out of the folder, is hidden, or of a kind that is not read; a file is there.
    """
    path = PurePosixPath(name)
    parts = path.parts
    if not parts or path.is_absolute() or any(part in (".", "..") or part.startswith(("~$", ".")) for part in parts):
        raise InputError(f"{name[:200]}: this name leads elsewhere or is hidden: give the file a plain name")
    if _NOT_SHOWN.search(name) or any(len(part.encode()) > _LONGEST for part in parts):
        raise InputError(f"{name[:200]!r}: this name cannot be kept: give the file a shorter, plain name")
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{name}: files of this kind are not read; these are: {' '.join(SUFFIXES)}")
    place = folder / path
    if not place.parent.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{name}: this folder leads elsewhere: give the file a plain name")
    return place


async def write_upload(chunks: AsyncIterator[bytes], place: Path, may_replace: bool) -> int:
    """Write what comes; a file appears whole or not at all. How many bytes it has.

    Raises:
        InputError: more than is read of a file, nothing, or one of this name is there and may not be replaced.
    """
    if place.exists() and not may_replace:
        raise InputError(f"{place.name} is there already: tick that it may be replaced, or give another name")
    place.parent.mkdir(parents=True, exist_ok=True)
    n = 0
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".upload-", delete=False) as file:
        try:
            async for chunk in chunks:
                n += len(chunk)
                if n > MAX_BYTES:
                    raise InputError(f"{place.name} is too large: at most {MAX_BYTES / 1e6:.0f} MB are read of a file")
                file.write(chunk)
            if n == 0:
                raise InputError(f"{place.name} is empty: there is nothing to read")
            file.flush()
            os.chmod(file.name, 0o644)
            os.replace(file.name, place)
        except OSError as error:
            Path(file.name).unlink(missing_ok=True)
            raise InputError(f"{place.name} cannot be kept: {error.strerror}") from error
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return n
