"""The run that is answered from, kept current: a sync or a newer run takes its place once it is ready."""

import logging
from threading import Event, Lock, Thread

from assay.bench.workspace import Workspace
from assay.errors import AssayError, NotFound
from assay.privacy import hub_closed
from assay.serving.measured_run import FinishedRun, load
from assay.serving.sync import newest_sync
from assay.studies.grid.kind import KIND
from assay.studies.study import finished_studies

__all__ = ["CurrentRun", "Loading"]

_LOOKS_EVERY_S = 1.0
_log = logging.getLogger(__name__)
State = tuple[str, str]  # the run's id, and when its documents were synced


class Loading(AssayError):
    """What is served is being loaded; ask again in a moment."""


class CurrentRun:
    """The newest run of a workspace over the newest state of its documents.

    Args:
        workspace: where runs are.
        run_id: of the one that is served; None: the newest, also when it is finished later.
        parts: where its parts from outside are; by default where they were.
    """

    def __init__(self, workspace: Workspace, run_id: str | None = None, parts: tuple[str, ...] = ()) -> None:
        self._workspace, self._run_id, self._parts = workspace, run_id, parts
        self._run: FinishedRun | None = None
        self._state: State | None = None
        self._loading, self._closed = Lock(), Event()
        self.is_loading = True  # until it was looked for the first time
        self.problem = ""  # why what is there cannot be served

    def open(self) -> None:
        """Load what is there now, and go on looking for what is newer."""
        self.refresh()
        Thread(target=self._look, name="assay-current-run", daemon=True).start()

    def close(self) -> None:
        """Look no more."""
        self._closed.set()

    def now(self) -> FinishedRun | None:
        """What is served, or None where nothing is finished. Whoever asked before goes on with what was served then."""
        return self._run

    def needed(self) -> FinishedRun:
        """What is served.

        Raises:
            Loading: it is on its way.
            NotFound: nothing is finished yet.
        """
        if self._run is None and self.is_loading:
            raise Loading("what is served is being loaded: ask again in a moment")
        if self._run is None:
            raise NotFound(
                self.problem
                or f"nothing is finished in {self._workspace.folder} yet: start a run with assay run DOCS QUESTIONS"
            )
        return self._run

    def refresh(self) -> None:
        """Take in a sync or a newer run, now; what cannot be loaded leaves what is served, and says why."""
        with self._loading, hub_closed():
            try:
                state = self._newest()
                if state is not None and state != self._state:
                    self.is_loading = self._run is None
                    run = load(state[0], out=self._workspace.folder, parts=self._parts)
                    run.make_ready()
                    self._run, self._state, self.problem = run, state, ""
            except AssayError as error:
                self.problem = str(error)
                _log.warning("what is served stays as it is: %s", error)
            finally:
                self.is_loading = False

    def _look(self) -> None:
        while not self._closed.wait(_LOOKS_EVERY_S):
            self.refresh()

    def _newest(self) -> State | None:
        folders = finished_studies(KIND, self._workspace)
        folder = next((one for one in folders if one.name.startswith(self._run_id or "")), None)
        if folder is None:
            return None
        run = self._run if self._run is not None and self._run.folder == folder else None
        documents = (run or load(folder.name, out=self._workspace.folder, parts=self._parts)).documents
        return folder.name, newest_sync(documents, self._workspace)
