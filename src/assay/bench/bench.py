"""What every step of a study is handed, and how it is opened. Knows no task."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.bench.progress import Progress, Silent
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.settings import Settings, load_settings
from assay.words import message

__all__ = ["Bench", "open_bench"]


@dataclass(frozen=True)
class Bench:
    """What every step of an exam is handed: where it works, what it remembers, how it is set, whom it tells."""

    settings: Settings
    workspace: Workspace
    store: Store
    progress: Progress

    def say(self, key: str, **values: object) -> None:
        """A line of the message table, for people."""
        self.progress.say(message(key, self.settings.lang, **values))


@contextmanager
def open_bench(out: str | Path, settings: Mapping[str, Any], progress: Progress | None) -> Iterator[Bench]:
    """The bench of a workspace, held for one exam.

    Raises:
        InputError: settings that cannot be used; a workspace that another exam holds.
    """
    chosen, workspace = load_settings(settings, environ=os.environ), Workspace(Path(out))
    workspace.create()
    with workspace.lock(), closing(Store(chosen.database or workspace.database_url)) as store:
        yield Bench(chosen, workspace, store, progress or Silent())
