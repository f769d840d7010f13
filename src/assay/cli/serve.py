"""assay serve: a finished run behind an address."""

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from assay.cli.options import PartFiles, SpokenLanguage
from assay.errors import InputError, MissingExtra

__all__ = ["serve"]


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; without keys one of this machine alone.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="Port to listen on; 0: any that is free.")] = 8000,
    run: Annotated[str | None, typer.Option(help="Id of the run; by default the newest, also a later one.")] = None,
    at_once: Annotated[int, typer.Option(min=1, help="Questions that are answered at once.")] = 16,
    waiting: Annotated[int, typer.Option(min=1, help="Questions that wait; one more is turned away (429).")] = 64,
    seconds: Annotated[float, typer.Option(min=1, help="The longest time from a question to its whole answer.")] = 120,
    canary: Annotated[
        bool,
        typer.Option(help="Ask the exam again, a question at a time, while nobody asks; /metrics tells how it goes."),
    ] = False,
    canary_every: Annotated[float, typer.Option(min=0.1, help="Seconds from one such question to the next.")] = 60,
    keep_answers: Annotated[
        int,
        typer.Option(min=0, max=3650, help="Days for which questions and answers are kept, to learn from; 0: not."),
    ] = 0,
    lang: SpokenLanguage = None,
    parts: PartFiles = None,
    out: Annotated[Path, typer.Option("--out", "--workspace", help="Workspace of the run.")] = Path(".assay"),
) -> None:
    """Serve the cells that were measured: an OpenAI-compatible interface for programs, and pages for people."""
    try:
        from assay.server.app import create_app
        from assay.server.limits import Limits
        from assay.server.listening import listen
    except ModuleNotFoundError as error:
        raise MissingExtra(f'assay serve needs {error.name}: pip install "assay[serve]"') from error
    from assay.bench.workspace import Workspace
    from assay.settings import load_settings

    settings = load_settings({"lang": lang}, environ=os.environ)
    app = create_app(
        Workspace(out),
        run_id=run,
        parts=tuple(parts or ()),
        limits=Limits(at_once, waiting, seconds=seconds),
        lang=settings.lang,
        canary_s=canary_every if canary else None,
        kept_days=keep_answers,
    )
    if not _is_here(host) and not app.state.served.keys.are_needed():
        raise InputError(
            f"without keys everybody who reaches {host} could read everything: add one with assay keys add NAME, or "
            "leave --host out"
        )
    listen(app, host, port, settings.lang)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
