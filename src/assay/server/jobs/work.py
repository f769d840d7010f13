"""The worker: does the jobs of a workspace one after another, tells how far it is, and stops where it is told to."""

import fcntl
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

from sqlalchemy.exc import DBAPIError

from assay.bench.workspace import Workspace
from assay.errors import AssayError
from assay.masking import mask_error
from assay.privacy import hub_closed
from assay.server.database import open_tables
from assay.server.jobs.job import Job, Jobs
from assay.server.waiting_questions import WaitingQuestions

__all__ = ["do_job", "work"]

_BEAT_S = 1.0
_TELL_S = 0.5
_AGAIN_S = 10.0


class _Told:
    """Progress into a job's row, not more often than people can read."""

    def __init__(self, jobs: Jobs, id: int) -> None:
        self._jobs, self._id = jobs, id
        self._lines: list[str] = []
        self._step, self._begun, self._first, self._told = "", 0.0, 0, 0.0

    def say(self, line: str) -> None:
        """A line more."""
        self._lines.append(line)
        self._jobs.say(self._id, self._lines)

    def step(self, name: str, done: int, total: int, note: str = "") -> None:
        """How far a step is, and how long the rest takes as it has gone so far."""
        now = time.monotonic()
        if name != self._step:
            self._step, self._begun, self._first, self._told = name, now, done, 0.0
        if now - self._told < _TELL_S and done < total:
            return
        self._told = now
        gone = done - self._first
        left = (total - done) * (now - self._begun) / gone if gone > 0 else None
        self._jobs.tell(self._id, name, done, total, left)


def work(folder: Path) -> bool:
    """Do the next job that waits; nothing where another worker is at it. Whether there may be one more."""
    workspace = Workspace(folder)
    database = open_tables(workspace)
    jobs = Jobs(database)
    with (folder / "jobs.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        lock.truncate(0)
        print(os.getpid(), file=lock, flush=True)
        jobs.take_up_lost()
        job = jobs.take()
        if job is not None:
            with hub_closed():
                do_job(job, jobs, workspace)
    database.dispose()
    return job is not None


def do_job(job: Job, jobs: Jobs, workspace: Workspace) -> None:
    """One job to its end, whatever that is."""
    over = Event()
    beating = Thread(target=_beat, args=(jobs, job.id, over), daemon=True)
    beating.start()
    try:
        outcome = _DOING[job.kind](job.arguments, _Told(jobs, job.id), workspace)
    except KeyboardInterrupt:
        jobs.end(job.id, "stopped", {})
    except AssayError as error:
        jobs.end(job.id, "failed", {"problem": str(error)})
    except Exception as error:
        print(mask_error("".join(traceback.format_exception(error))), file=sys.stderr, flush=True)
        jobs.end(job.id, "failed", {"problem": mask_error(f"{type(error).__name__}: {error}")})
    else:
        jobs.end(job.id, "finished", outcome)
    finally:
        over.set()
        beating.join()


def _beat(jobs: Jobs, id: int, over: Event) -> None:
    """Say that the job lives; interrupt it, as Ctrl-C does, where it is to stop, until it does."""
    interrupted = -_AGAIN_S
    while not over.wait(_BEAT_S):
        with suppress(DBAPIError):  # said a second later
            if jobs.beat(id) and time.monotonic() - interrupted >= _AGAIN_S:
                interrupted = time.monotonic()
                os.kill(os.getpid(), signal.SIGINT)


def _run(asked: dict[str, Any], told: _Told, workspace: Workspace) -> dict[str, Any]:
    """Of: documents, questions, cells ("" for the usual ones), settings."""
    from assay.studies.grid.grid_study import run

    done = run(
        asked["documents"],
        asked["questions"],
        out=workspace.folder,
        cells=asked["cells"] or None,
        progress=told,
        **asked["settings"],
    )
    return {"run": done.result.run_id}


def _sync(asked: dict[str, Any], told: _Told, workspace: Workspace) -> dict[str, Any]:
    """Of: documents, lang."""
    from assay.serving.sync import sync

    return _as_outcome(sync(Path(asked["documents"]), workspace, told, lang=asked["lang"]))


def _undo(asked: dict[str, Any], told: _Told, workspace: Workspace) -> dict[str, Any]:
    """Of: documents, lang."""
    from assay.serving.sync import undo

    return _as_outcome(undo(Path(asked["documents"]), workspace, told, lang=asked["lang"]))


def _draft(asked: dict[str, Any], told: _Told, workspace: Workspace) -> dict[str, Any]:
    """Of: documents, n, manner, set (that they are meant for), settings. They wait for a person."""
    from assay.drafting import draft_from_files

    drafts = draft_from_files(
        asked["documents"],
        asked["n"],
        manner=asked["manner"],
        out=workspace.folder,
        progress=told,
        **asked["settings"],
    )
    database = open_tables(workspace)
    WaitingQuestions(database).add_drafts(drafts.questions, dict(drafts.notes), asked["set"])
    database.dispose()
    return {"n": len(drafts.questions), "n_tried": drafts.n_drafted}


def _as_outcome(done: Any) -> dict[str, Any]:
    changes = done.changes
    return {
        "added": list(changes.added),
        "changed": list(changes.changed),
        "renamed": [list(pair) for pair in changes.renamed],
        "deleted": list(changes.deleted),
        "skipped": [[file.path, file.reason] for file in changes.skipped],
        "n_passages": done.n_passages,
        "seconds": done.seconds,
    }


_DOING: dict[str, Callable[[dict[str, Any], _Told, Workspace], dict[str, Any]]] = {
    "run": _run,
    "sync": _sync,
    "undo": _undo,
    "draft": _draft,
}

if __name__ == "__main__":
    if work(Path(sys.argv[1])):  # a fresh process for the next: what was interrupted may have left anything half done
        os.execv(sys.executable, [sys.executable, "-m", "assay.server.jobs.work", sys.argv[1]])
