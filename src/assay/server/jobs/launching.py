"""A worker process for the jobs of a workspace, begun where one is needed. It outlives whoever began it."""

import os
import subprocess
import sys
from threading import Thread

from assay.bench.workspace import Workspace

__all__ = ["launch_worker"]


def launch_worker(workspace: Workspace) -> None:
    """Begin one; where one is at work already, the new one ends at once."""
    log = (workspace.folder / "jobs.log").open("ab")
    with log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "assay.server.jobs.work", str(workspace.folder.resolve())],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in sys.path)},
            start_new_session=True,
        )
    Thread(target=worker.wait, daemon=True).start()  # so that it leaves no zombie
