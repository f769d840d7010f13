"""Where converted models are kept between runs: the user's cache folder. Knows no model."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from assay.errors import InputError

__all__ = ["build_once", "cache_folder", "hash_files"]


def cache_folder() -> Path:
    """ASSAY_CACHE, or "assay" in the user's cache folder."""
    default = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "assay"
    return Path(os.environ.get("ASSAY_CACHE", default))


def hash_files(paths: list[Path]) -> str:
    """SHA-256 over names and contents of files, in name order, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        digest.update(path.name.encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def build_once(folder: Path, build: Callable[[Path], None]) -> Path:
    """`folder`, built by `build(empty folder)` if it is not there. A killed build leaves nothing under that name.

    Raises:
        InputError: a place that cannot be written.
    """
    if folder.exists():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(mkdtemp(prefix=f"{folder.name}.part-", dir=folder.parent))
    except (PermissionError, FileExistsError, NotADirectoryError) as error:
        raise InputError(
            f"cannot write to {folder.parent} ({error.strerror}): set ASSAY_CACHE to a folder that can be written"
        ) from error
    try:
        build(part)
        if not folder.exists():  # another process may have been faster
            part.rename(folder)
    finally:
        rmtree(part, ignore_errors=True)
    return folder
