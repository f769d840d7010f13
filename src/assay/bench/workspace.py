"""The folder where a run keeps what it makes, and who may write there."""

import fcntl
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from assay.bench.whole_files import may_write
from assay.errors import InputError

__all__ = ["MADE_IN", "Workspace", "own_names"]

MADE_IN = ("adapters", "bases", "comparisons", "drills", "exports", "index", "labels", "runs")
"""The folders of a workspace: what is in them is made anew when needed."""

_DATABASES = ("assay.db", "library.db")
_LOCKS = ("lock", "library.lock")
_OTHER_OUT = "give another folder with --out"


def own_names(names: Collection[str]) -> set[str]:
    """Of the names in a folder those that a workspace has made there; none where the folder is none."""
    return {*MADE_IN, *_DATABASES, *_LOCKS} & set(names) if any(name in names for name in _DATABASES) else set()


class Workspace:
    """`.assay/` or the folder of --out: database, corpora, index, adapters, runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self) -> None:
        """Make the folder if it is not there.

        Raises:
            InputError: it cannot be written to.
        """
        with may_write(self.folder, _OTHER_OUT):
            self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL of the workspace's own database."""
        return f"sqlite:///{self.folder.resolve() / 'assay.db'}"

    @property
    def library_file(self) -> Path:
        """Where what was read of documents folders is kept."""
        return self.folder / "library.db"

    @property
    def index_folder(self) -> Path:
        """Where indexes are kept."""
        return self.folder / "index"

    def adapter_folder(self, key: str) -> Path:
        """Where an adapter is kept."""
        return self.folder / "adapters" / key

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the workspace for one run.

        Raises:
            InputError: another run holds it, or it cannot be written to.
        """
        with may_write(self.folder, _OTHER_OUT):
            file = (self.folder / "lock").open("w")
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise InputError(
                    f"another run is at work in {self.folder}: wait for it, or give another --out"
                ) from error
            yield
