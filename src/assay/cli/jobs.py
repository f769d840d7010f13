"""assay jobs: runs, syncs and drafts that were begun from the web app, seen and steered from here."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.options import SpokenLanguage, spoken_language

if TYPE_CHECKING:
    from assay.server.jobs import Job, Jobs

__all__ = ["jobs"]

Out = Annotated[Path, typer.Option("--out", "--workspace", help="Workspace that is served.")]
Number = Annotated[int, typer.Argument(help="Its number, as assay jobs lists it.", metavar="NUMBER")]
jobs = typer.Typer(
    help="Runs, syncs and drafts begun from the web app: listed, stopped, resumed.", no_args_is_help=False
)


@jobs.callback(invoke_without_command=True)
def list_jobs(context: typer.Context, lang: SpokenLanguage = None, out: Out = Path(".assay")) -> None:
    """The last ones, the newest first."""
    if context.invoked_subcommand is not None:
        return
    from assay.words import message

    spoken = spoken_language(lang)
    listed = _open(out).newest()
    for one in listed:
        print(_line(one, spoken))
    if not listed:
        print(message("jobs.none", spoken))


@jobs.command()
def stop(number: Number, lang: SpokenLanguage = None, out: Out = Path(".assay")) -> None:
    """Stop one; what it has done is kept."""

    opened = _open(out)
    opened.one(number)
    opened.stop(number)
    print(_line(opened.one(number), spoken_language(lang)))


@jobs.command()
def resume(number: Number, lang: SpokenLanguage = None, out: Out = Path(".assay")) -> None:
    """Take one up where it stopped."""
    from assay.bench.workspace import Workspace
    from assay.server.jobs import launch_worker

    opened = _open(out)
    opened.one(number)
    opened.resume(number)
    launch_worker(Workspace(out))
    print(_line(opened.one(number), spoken_language(lang)))


def _open(out: Path) -> "Jobs":
    from assay.bench.workspace import Workspace
    from assay.server.database import open_tables
    from assay.server.jobs import Jobs

    return Jobs(open_tables(Workspace(out)))


def _line(one: "Job", lang: str) -> str:
    from assay.words import message

    parts = [f"{one.id:>4}  {message(f'web.job.{one.kind}', lang)} · {one.title}"]
    parts.append(message(f"web.job.state.{one.state}", lang))
    if one.is_open and one.total:
        parts.append(f"{one.step} {one.done}/{one.total}")
    if one.outcome.get("problem"):
        parts.append(str(one.outcome["problem"]))
    return " · ".join(parts)
