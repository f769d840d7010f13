"""Where converted models are kept between runs: the user's cache folder. Knows no model."""

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Literal, get_args

from assay.bench.whole_files import may_write, write_whole
from assay.errors import InputError

__all__ = ["KEPT", "build_once", "cache_folder", "hash_files", "hash_known", "kept_in"]


Kept = Literal["encoders", "fetched", "hashes", "jieba", "models", "openvino"]
KEPT: tuple[Kept, ...] = get_args(Kept)
"""The folders of the cache folder, which may be shared with others: nothing else in it is ours."""


def cache_folder() -> Path:
    """ASSAY_CACHE, or "assay" in the user's cache folder; a variable that is empty is none."""
    usual = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("ASSAY_CACHE") or Path(usual) / "assay")


def kept_in(kind: Kept) -> Path:
    """The folder of the cache folder for things of a kind."""
    return cache_folder() / kind


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
    file = kept_in("hashes") / hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]
    try:
        kept = file.read_text()
    except OSError:
        kept = ""
    if len(kept) == 64:
        return kept
    digest = hash_files(paths)
    with suppress(OSError, InputError):  # a cache that cannot be written costs time
        write_whole(file, digest.encode())
    return digest


def build_once(folder: Path, build: Callable[[Path], None]) -> Path:
    """`folder`, built by `build(empty folder)` if it is not there. A killed build leaves nothing under that name.

    Raises:
        InputError: a place that cannot be written.
    """
    if folder.exists():
        return folder
    with may_write(folder.parent, "set ASSAY_CACHE to a folder that can be written"):
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(mkdtemp(prefix=f"{folder.name}.part-", dir=folder.parent))
    try:
        build(part)
        if not folder.exists():  # another process may have been faster
            part.rename(folder)
    finally:
        rmtree(part, ignore_errors=True)
    return folder
