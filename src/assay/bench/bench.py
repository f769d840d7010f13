"""What every step of a study is handed, and how it is opened. Knows no task."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from assay.bench.freed_memory import share_arenas
from assay.bench.parts import Parts, load_parts, place_of
from assay.bench.progress import Progress, usual_progress
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.privacy import hub_closed
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
    parts: Parts = field(default_factory=Parts)

    def say(self, key: str, **values: object) -> None:
        """A line of the message table, for people."""
        self.progress.say(message(key, self.settings.lang, **values))

    def show(self, key: str, **values: object) -> Callable[..., None]:
        """What shows a step by its name in the message table: (done, total, note)."""
        return partial(self.progress.step, message(key, self.settings.lang, **values))


@contextmanager
def open_bench(
    out: str | Path, settings: Mapping[str, Any], progress: Progress | None, is_held: bool = True
) -> Iterator[Bench]:
    """The bench of a workspace, held for one study; not held, where what is done keeps nothing that a study keeps.

    Raises:
        InputError: settings or parts that cannot be used; a workspace that another exam holds.
    """
    share_arenas()
    chosen, workspace = load_settings(settings, environ=os.environ), Workspace(Path(out))
    parts = load_parts(chosen.parts)
    chosen = replace(chosen, parts=tuple(place_of(name) for name in chosen.parts))
    workspace.create()
    with (
        hub_closed(),
        workspace.lock() if is_held else nullcontext(),
        closing(Store(chosen.database or workspace.database_url)) as store,
    ):
        yield Bench(chosen, workspace, store, progress or usual_progress(), parts)
