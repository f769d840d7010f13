"""What all pages are handed: the workspace, its newest run, who asks, and where things are kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Protocol

from sqlalchemy import Engine

from assay.bench.workspace import Workspace
from assay.corpus.document import Corpus
from assay.errors import NotFound
from assay.server.quotes.page_process import PageProcess
from assay.server.quotes.sight import Sight
from assay.serving.measured_run import FinishedRun, Reply, load
from assay.studies.grid.kind import KIND
from assay.studies.study import finished_studies

__all__ = ["Answers", "Asker", "KeyEntry", "Keys", "NoKeys", "RunAnswers", "Runs", "Site"]


@dataclass(frozen=True)
class Asker:
    """Who looks at a page.

    Args:
        name: of their key; "" where the server has none.
        groups: what they may read; None: everything.
        may_manage: whether they may change documents, questions, runs and keys.
    """

    name: str = ""
    groups: tuple[str, ...] | None = None
    may_manage: bool = True


@dataclass(frozen=True)
class KeyEntry:
    """A key as it is listed: never the secret."""

    name: str
    groups: tuple[str, ...] | None
    may_manage: bool
    created: str  # ISO, UTC
    expires: str  # "" never


class Keys(Protocol):
    """Who may come in."""

    def asker(self, secret: str) -> Asker | None:
        """Whose key that is; None for a wrong, expired or revoked one."""

    def still(self, name: str) -> Asker | None:
        """Whoever has the key of a name, as of now; None where it is gone."""

    def entries(self) -> list[KeyEntry]:
        """All that are valid; none: nobody needs a key."""
        ...

    def add(self, name: str, groups: tuple[str, ...] | None, may_manage: bool, days: int | None) -> str:
        """The secret of a new key, told this once."""
        ...

    def revoke(self, name: str) -> None:
        """End a key."""


class NoKeys:
    """A server that only its own machine reaches."""

    def asker(self, secret: str) -> Asker | None:
        """Nobody has a key."""
        return None

    def still(self, name: str) -> Asker | None:
        """Nobody has a key."""
        return None

    def entries(self) -> list[KeyEntry]:
        """None."""
        return []

    def add(self, name: str, groups: tuple[str, ...] | None, may_manage: bool, days: int | None) -> str:
        """Not here."""
        raise NotFound("this server keeps no keys: add one with assay keys add NAME")

    def revoke(self, name: str) -> None:
        """Not here."""
        raise NotFound(f"there is no key {name}")


class Answers(Protocol):
    """What answers questions, piece by piece."""

    def stream(self, text: str, cell: str | None, asker: Asker) -> Iterator[str | Reply]:
        """Pieces of the answer as they come, at last the whole reply; raises what `FinishedRun.ask` raises."""
        ...


class Runs:
    """The finished runs of a workspace; the newest is loaded when it is first asked for, and again when it is older."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._loading = Lock()
        self._loaded: FinishedRun | None = None

    def newest(self) -> FinishedRun | None:
        """The newest run of the grid, or None where none is finished."""
        with self._loading:
            folders = finished_studies(KIND, self._workspace)
            if not folders:
                return None
            if self._loaded is None or self._loaded.folder != folders[0]:
                if self._loaded is not None:
                    self._loaded.close()
                self._loaded = load(folders[0].name, out=self._workspace.folder)
            return self._loaded

    def needed(self) -> FinishedRun:
        """The newest run.

        Raises:
            NotFound: none is finished.
        """
        run = self.newest()
        if run is None:
            raise NotFound("nothing is finished in this workspace yet: start a run")
        return run

    def refresh(self) -> None:
        """Load anew what is asked next: the documents have changed."""
        with self._loading:
            if self._loaded is not None:
                self._loaded.close()
            self._loaded = None


class RunAnswers:
    """The measured cells of the newest run; the whole answer at once."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    def stream(self, text: str, cell: str | None, asker: Asker) -> Iterator[str | Reply]:
        """One piece: the reply."""
        yield self._runs.needed().ask(text, cell=cell, groups=asker.groups)


@dataclass
class Site:
    """What all pages are handed."""

    workspace: Workspace
    database: Engine
    runs: Runs
    answers: Answers
    keys: Keys = field(default_factory=NoKeys)
    drawing: PageProcess = field(default_factory=PageProcess)

    _sight: Sight | None = field(default=None, init=False)

    def sight(self) -> Sight:
        """What draws the pages of the newest run's documents."""
        folder = self.documents_folder()
        if self._sight is None or self._sight.folder != folder:
            self._sight = Sight(folder, self.drawing)
        return self._sight

    def corpus(self) -> Corpus:
        """What is searched now."""
        return self.runs.needed().pipelines.search.corpus

    def documents_folder(self) -> Path:
        """Where the documents of the newest run are."""
        return Path(self.runs.needed().pipelines.exam.documents)
