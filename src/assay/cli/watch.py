"""assay watch: keep the index of a documents folder current while people work in it."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from assay.cli.options import SpokenLanguage, spoken_language

__all__ = ["watch"]

_QUIET_MS = 1000  # a burst of changes is taken in together, once it has been quiet for this long
_LONGEST_MS = 10_000  # or at the latest after this


def watch(
    docs: Annotated[Path, typer.Argument(help="The documents folder, as given to assay run.")],
    out: Annotated[Path, typer.Option(help="Workspace.")] = Path(".assay"),
    lang: SpokenLanguage = None,
) -> None:
    """Sync whenever something in the folder changes, one line each time; Ctrl-C ends it."""
    from watchfiles import watch as wait_for_changes

    from assay.bench.workspace import Workspace
    from assay.cli.sync import summarise
    from assay.errors import InputError
    from assay.retrieval import load_encoder
    from assay.serving.sync import sync
    from assay.words import figures, message

    workspace, spoken = Workspace(out), spoken_language(lang)
    workspace.create()
    inside = out.resolve()
    load = cache(load_encoder)

    def take_in() -> None:
        """A folder that cannot be taken in now, because somebody is at work on its rules, may be so later."""
        now = datetime.now().strftime("%H:%M:%S")
        try:
            done = sync(docs, workspace, load=load, lang=spoken)
        except InputError as error:
            print(message("watch.not_taken_in", spoken, time=now, error=error), flush=True)
            return
        if done.changes.n or done.changes.access:
            took = figures.duration(done.seconds, spoken, short=False)
            said = {"time": now, "changes": summarise(done, spoken), "seconds": took}
            print(message("watch.taken_in", spoken, **said), flush=True)

    take_in()
    print(message("watch.begins", spoken, docs=docs), flush=True)
    try:
        for changes in wait_for_changes(docs, debounce=_LONGEST_MS, step=_QUIET_MS, raise_interrupt=True):
            if any(not Path(path).is_relative_to(inside) for _, path in changes):
                take_in()
    except KeyboardInterrupt:
        print(message("watch.ended", spoken))
