"""assay sync: take in what changed in a documents folder, or go back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assay.serving.sync import Synced

__all__ = ["describe", "summarise", "sync"]

_SHOWN = 20


def sync(
    docs: Annotated[Path, typer.Argument(help="The documents folder, as given to assay run.")],
    out: Annotated[Path, typer.Option(help="Workspace.")] = Path(".assay"),
    undo: Annotated[bool, typer.Option("--undo", help="Go back to the state before the last sync.")] = False,
) -> None:
    """Read the files that were added, changed, renamed or deleted, and bring the index up to date."""
    from assay.bench.workspace import Workspace
    from assay.cli.console import Console
    from assay.serving.sync import sync as take_in
    from assay.serving.sync import undo as go_back
    from assay.words import figures

    workspace = Workspace(out)
    workspace.create()
    with Console() as console:
        done = go_back(docs, workspace, console) if undo else take_in(docs, workspace, console)
    for line in describe(done):
        print(line)
    if undo:
        print(f"Back at the state of {done.state.created}. The folder and the index differ until the next sync.")
    else:
        seconds = figures.duration(done.seconds, "en")
        print(f"{len(done.state.files)} documents, {done.n_passages} passages: searchable after {seconds}")


def describe(done: "Synced") -> list[str]:
    """The counts, then the files, at most twenty of them."""
    changes = done.changes
    files = [f"  + {path}" for path in changes.added] + [f"  * {path}" for path in changes.changed]
    files += [f"  > {old} -> {new}" for old, new in changes.renamed] + [f"  - {path}" for path in changes.deleted]
    files += [f"  ! {file.path}: {file.reason}" for file in changes.skipped]
    lines = [summarise(done), *files[:_SHOWN]]
    if len(files) > _SHOWN:
        lines.append(f"  and {len(files) - _SHOWN} more")
    lines += [f'access.toml: the rule "{pattern}" matches no document' for pattern in done.unused_rules]
    return lines


def summarise(done: "Synced") -> str:
    """The counts in one line."""
    changes = done.changes
    counts = {
        "added": len(changes.added),
        "changed": len(changes.changed),
        "renamed": len(changes.renamed),
        "deleted": len(changes.deleted),
        "cannot be read": len(changes.skipped),
    }
    said = [f"{n} {what}" for what, n in counts.items() if n]
    said += ["who may read what has changed"] if changes.access else []
    return ", ".join(said) or "nothing has changed"
