"""assay sync: take in what changed in a documents folder, or go back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.options import SpokenLanguage, spoken_language

if TYPE_CHECKING:
    from assay.corpus.document import Account
    from assay.serving.sync import Synced

__all__ = ["describe", "summarise", "sync"]

_SHOWN = 20


def sync(
    docs: Annotated[Path, typer.Argument(help="The documents folder, as given to assay run.")],
    out: Annotated[Path, typer.Option(help="Workspace.")] = Path(".assay"),
    undo: Annotated[bool, typer.Option("--undo", help="Go back to the state before the last sync.")] = False,
    lang: SpokenLanguage = None,
) -> None:
    """Read the files that were added, changed, renamed or deleted, and bring the index up to date."""
    from assay.bench.workspace import Workspace
    from assay.cli.console import Console
    from assay.serving.sync import sync as take_in
    from assay.serving.sync import undo as go_back
    from assay.words import figures, message

    workspace, spoken = Workspace(out), spoken_language(lang)
    workspace.create()
    with Console() as console:
        done = (go_back if undo else take_in)(docs, workspace, console, lang=spoken)
    for line in describe(done, spoken):
        print(line)
    if undo:
        print(message("sync.back", spoken, when=figures.date(done.state.created, spoken)))
    else:
        held = {"documents": len(done.state.files), "passages": done.n_passages}
        print(message("sync.searchable", spoken, **held, seconds=figures.duration(done.seconds, spoken, short=False)))


def describe(done: "Synced", lang: str) -> list[str]:
    """The counts, then the files, at most twenty of them."""
    from assay.words import message

    changes = done.changes
    files = [f"  + {path}" for path in changes.added] + [f"  * {path}" for path in changes.changed]
    files += [f"  > {old} -> {new}" for old, new in changes.renamed] + [f"  - {path}" for path in changes.deleted]
    files += [f"  ! {file.path}: {file.reason}" for file in changes.skipped]
    files += [f"  ? {_describe_account(path, account, lang)}" for path, account in done.accounts.items()]
    lines = [summarise(done, lang), *files[:_SHOWN]]
    if len(files) > _SHOWN:
        lines.append(message("sync.more", lang, n=len(files) - _SHOWN))
    return [*lines, *(message("sync.opened", lang, path=path) for path in changes.opened)]


def _describe_account(path: str, account: "Account", lang: str) -> str:
    from assay.words import message

    if account.is_second:
        return message("sync.second", lang, path=path)
    return message("sync.unaccounted", lang, path=path, n=account.n_lost, numbers=account.n_lost_numbers)


def summarise(done: "Synced", lang: str) -> str:
    """The counts in one line."""
    from assay.words import message

    changes = done.changes
    counts = {
        "added": len(changes.added),
        "changed": len(changes.changed),
        "renamed": len(changes.renamed),
        "deleted": len(changes.deleted),
        "skipped": len(changes.skipped),
    }
    said = [message(f"sync.{what}", lang, n=n) for what, n in counts.items() if n]
    said += [message("sync.access", lang)] if changes.access else []
    return message("list.comma", lang).join(said) or message("sync.nothing", lang)
