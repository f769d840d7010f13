"""The folder where a run keeps what it makes, and who may write there."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assay.errors import InputError

__all__ = ["Workspace"]


class Workspace:
    """`.assay/` or the folder of --out: database, corpora, index, adapters, runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self) -> None:
        """Make the folder if it is not there.

        Raises:
            InputError: it cannot be written to.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"cannot write to {self.folder}: {error}. Give another folder with --out") from error

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
            InputError: another run holds it.
        """
        with (self.folder / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise InputError(
                    f"another run is at work in {self.folder}: wait for it, or give another --out"
                ) from error
            yield
