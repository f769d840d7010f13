"""What the cache folder and a workspace hold, by name and size; and the end of what is named. Opens nothing."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assay.bench.whole_files import may_write
from assay.bench.workspace import MADE_IN, Workspace
from assay.errors import NotFound
from assay.models.cache import KEPT, cache_folder, kept_in

__all__ = ["Held", "held", "remove"]


@dataclass(frozen=True)
class Held:
    """Something that takes room.

    Args:
        name: "cache/openvino/3fe2…" or "workspace/runs/3fe2…": what `remove` is told.
        path: where it is.
        n_bytes: all of its files.
        used: when one of them was last written, ISO 8601, UTC.
    """

    name: str
    path: Path
    n_bytes: int
    used: str


def held(workspace: Workspace) -> list[Held]:
    """What can be deleted, the largest first. What a deleted thing was made from makes it again."""
    cached = [path for kind in KEPT for path in _entries(kept_in(kind))]
    made = [path for name in MADE_IN for path in _entries(workspace.folder / name)]
    found = [_measure("cache", path, cache_folder()) for path in cached]
    found += [_measure("workspace", path, workspace.folder) for path in made]
    return sorted(found, key=lambda one: -one.n_bytes)


def remove(names: Sequence[str], workspace: Workspace) -> list[Held]:
    """Delete what is named; "cache" and "workspace" stand for all that is in them.

    Raises:
        NotFound: a name of nothing; nothing is deleted then.
        InputError: a run holds the workspace, or what is named cannot be deleted.
    """
    there = held(workspace)
    chosen = {one.name: one for name in names for one in there if one.name == name or one.name.startswith(f"{name}/")}
    wrong = [name for name in names if not any(one == name or one.startswith(f"{name}/") for one in chosen)]
    if wrong:
        raise NotFound(f"there is no {', '.join(wrong)}: assay clean lists what there is")
    gone = list(chosen.values())
    if any(one.name.startswith("workspace/") for one in gone):
        with workspace.lock():
            _delete(gone)
    else:
        _delete(gone)
    return gone


def _delete(gone: Sequence[Held]) -> None:
    for one in gone:
        with may_write(one.path, "nothing more was deleted"):
            shutil.rmtree(one.path) if _is_own_folder(one.path) else one.path.unlink(missing_ok=True)


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _measure(prefix: str, path: Path, root: Path) -> Held:
    """What an entry takes; a link takes what it takes itself, whatever it leads to."""
    files = [one for one in path.rglob("*") if not _is_own_folder(one)] if _is_own_folder(path) else [path]
    stats = [one.lstat() for one in files]
    last = max((stat.st_mtime for stat in stats), default=path.lstat().st_mtime)
    used = datetime.fromtimestamp(last, UTC).isoformat(timespec="minutes")
    return Held(f"{prefix}/{path.relative_to(root)}", path, sum(stat.st_size for stat in stats), used)


def _is_own_folder(path: Path) -> bool:
    """Whether it is a folder and no link to one: what a link leads to is somebody else's."""
    return path.is_dir() and not path.is_symlink()
