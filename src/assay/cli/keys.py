"""assay keys: who may ask a server, and what they may read."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.options import SpokenLanguage, spoken_language

if TYPE_CHECKING:
    from assay.server.keys import KeyEntry, Keys

__all__ = ["keys"]

Out = Annotated[Path, typer.Option("--out", "--workspace", help="Workspace that is served.")]
keys = typer.Typer(help="Who may ask assay serve, and what they may read.", no_args_is_help=False)


@keys.callback(invoke_without_command=True)
def list_keys(context: typer.Context, lang: SpokenLanguage = None, out: Out = Path(".assay")) -> None:
    """The keys that are in force."""
    if context.invoked_subcommand is not None:
        return
    from assay.words import message

    spoken = spoken_language(lang)
    entries = _open(out).entries()
    for one in entries:
        print(_line(one, spoken))
    if not entries:
        print(message("keys.none", spoken))


@keys.command()
def add(
    name: Annotated[str, typer.Argument(help="Whose key it is.")],
    groups: Annotated[
        str | None, typer.Option(help="Groups of its owner, such as hr,managers; by default they read everything.")
    ] = None,
    manages: Annotated[bool, typer.Option(help="Its owner may change documents, questions, runs and keys.")] = False,
    days: Annotated[float | None, typer.Option(help="After how many days it ends; by default never.")] = None,
    lang: SpokenLanguage = None,
    out: Out = Path(".assay"),
) -> None:
    """Make a key; it is told this once."""
    from assay.words import message

    names = None if groups is None else tuple(one.strip() for one in groups.split(",") if one.strip())
    print(_open(out).add(name, names, manages, days))
    typer.echo(message("keys.told_once", spoken_language(lang)), err=True)


@keys.command()
def revoke(
    name: Annotated[str, typer.Argument(help="Whose key it is.")],
    lang: SpokenLanguage = None,
    out: Out = Path(".assay"),
) -> None:
    """End a key, at once."""
    from assay.words import message

    _open(out).revoke(name)
    print(message("keys.revoked", spoken_language(lang), name=name))


def _open(out: Path) -> "Keys":
    from assay.bench.workspace import Workspace
    from assay.server.database import open_tables
    from assay.server.keys import Keys

    return Keys(open_tables(Workspace(out)))


def _line(one: "KeyEntry", lang: str) -> str:
    from assay.words import message

    groups = message("keys.everything", lang) if one.groups is None else ", ".join(one.groups) or "-"
    rest = [message("keys.manages", lang)] if one.may_manage else []
    rest += [message("keys.expires", lang, date=one.expires[:10])] if one.expires else []
    return " · ".join([one.name, groups, *rest])
