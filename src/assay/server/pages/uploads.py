"""Files that people bring: where they are put, and which are turned away. Reads no file's content."""

import os
import re
import tempfile
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath

from assay.corpus.extraction import SUFFIXES
from assay.corpus.file_names import normal_name
from assay.corpus.reading import MAX_BYTES
from assay.errors import InputError

__all__ = ["MAX_BYTES", "place_for", "write_upload"]

_LONGEST = 180  # bytes of a name
_LONGEST_PATH = 1_000  # and of one with its folders
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\\u202a-\u202e\u2066-\u2069]")  # the last ones turn the rest around


def place_for(folder: Path, name: str) -> Path:
    """Where a file of this name is put below the documents folder.

    Raises:
        InputError: a name that leads out of the folder, is hidden, or of a kind that is not read.
    """
    path = PurePosixPath(unicodedata.normalize("NFC", name))
    parts = path.parts
    if not parts:
        raise InputError("a file needs a name: give it one")
    if path.is_absolute() or any(part in (".", "..") or part.startswith(("~$", ".")) for part in parts):
        raise InputError(f"{name[:200]}: this name leads elsewhere or is hidden: give the file a plain name")
    if _NOT_SHOWN.search(name) or any(len(part.encode()) > _LONGEST for part in parts):
        raise InputError(f"{name[:200]!r}: this name cannot be kept: give the file a shorter, plain name")
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{name[:200]}: files of this kind are not read; these are: {' '.join(SUFFIXES)}")
    if len(str(path).encode()) > _LONGEST_PATH:
        raise InputError(f"{name[:200]}: this name cannot be kept: put the file into fewer folders")
    place = folder / path
    if not place.parent.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{name}: this folder leads elsewhere: give the file a plain name")
    return _there_already(place) or place


def _there_already(place: Path) -> Path | None:
    """The file of the same name, however it is composed or capitalised; for people these are one."""
    if place.exists() or not place.parent.is_dir():
        return None
    wanted = normal_name(place.name)
    return next((one for one in place.parent.iterdir() if normal_name(one.name) == wanted), None)


async def write_upload(chunks: AsyncIterator[bytes], place: Path, may_replace: bool) -> int:
    """Write what comes; a file appears whole or not at all. How many bytes it has.

    Raises:
        InputError: more than is read of a file, nothing, or one of this name is there and may not be replaced.
    """
    if place.exists() and not may_replace:
        raise InputError(f"{place.name} is there already: tick that it may be replaced, or give another name")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{place.name} cannot be kept: its folder cannot be made ({error.strerror})") from error
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
