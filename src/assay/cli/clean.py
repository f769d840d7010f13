"""assay clean: what caches and the workspace hold, and the end of what is named."""

from pathlib import Path
from typing import Annotated

import typer

from assay.cli.options import SpokenLanguage, spoken_language

__all__ = ["clean"]


def clean(
    names: Annotated[
        list[str] | None, typer.Argument(help="What to delete, as it is listed; cache or workspace for all of it.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Workspace.")] = Path(".assay"),
    lang: SpokenLanguage = None,
) -> None:
    """List what the cache folder and the workspace hold; delete what is named, which is made again when needed."""
    from assay.bench.workspace import Workspace
    from assay.serving.held_space import held, remove
    from assay.words import figures, message

    lang = spoken_language(lang)
    workspace = Workspace(out)
    if names:
        gone = remove(names, workspace)
        size = figures.megabytes(sum(one.n_bytes for one in gone) / 1e6)
        print(message("clean.done", lang, n=len(gone), size=size))
        return
    there = held(workspace)
    for one in there:
        print(f"{figures.megabytes(one.n_bytes / 1e6):>9}  {one.used[:10]}  {one.name}")
    print(message("clean.total", lang, size=figures.megabytes(sum(one.n_bytes for one in there) / 1e6), n=len(there)))
