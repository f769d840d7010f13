"""Where converted models are kept between runs: the user's cache folder. Knows no model."""

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from assay.bench.whole_files import write_whole
from assay.errors import InputError

__all__ = ["build_once", "cache_folder", "hash_files", "hash_known"]


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


def hash_known(paths: list[Path]) -> str:
    """`hash_files`, kept under names, sizes and times of change of the files: hashing 360 MB takes 0.3 s."""
    stats = [(str(path.resolve()), path.stat()) for path in sorted(paths)]
    facts = [[name, stat.st_size, stat.st_mtime_ns, stat.st_ino] for name, stat in stats]
    file = cache_folder() / "hashes" / hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]
    try:
        kept = file.read_text()
    except OSError:
        kept = ""
    if len(kept) == 64:
        return kept
    digest = hash_files(paths)
    with suppress(OSError):  # a cache that cannot be written costs time
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, digest.encode())
    return digest


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
