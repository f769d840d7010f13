"""assay ask: one question to a cell of a finished run."""

import os
from pathlib import Path
from typing import Annotated

import typer

from assay.cli.options import PartFiles

__all__ = ["ask"]

_MARKS: dict[int | None, str] = {None: "", 0: " (no passage supports this sentence)"}


def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    cell: Annotated[str | None, typer.Option(help="The cell to ask; by default the recommended one.")] = None,
    run: Annotated[str | None, typer.Option(help="Id of the run; by default the newest.")] = None,
    groups: Annotated[
        str | None, typer.Option(help="Groups of the asker, such as hr,managers: answered from what they may read.")
    ] = None,
    only: Annotated[
        str | None, typer.Option(help='Search only in documents of these paths, such as "policies/*" or "*.pdf".')
    ] = None,
    cache: Annotated[
        float | None,
        typer.Option(help="Give a kept answer to a question at least so alike, such as 0.9; 0: never (answer_cache)."),
    ] = None,
    parts: PartFiles = None,
    out: Annotated[Path, typer.Option(help="Workspace of the run.")] = Path(".assay"),
) -> None:
    """Ask the very cell that was measured; the answer names file, page and quote."""
    from assay.serving.measured_run import load
    from assay.settings import load_settings

    likeness = load_settings({"answer_cache": cache}, environ=os.environ).answer_cache
    finished = load(run, out=out, parts=parts or ())
    asker = None if groups is None else [group.strip() for group in groups.split(",") if group.strip()]
    reply = finished.ask(question, cell=cell, groups=asker, only=only, cache=likeness)
    pieces, quotes = reply.marked()
    print("".join(piece.text + _MARKS.get(piece.mark, f" [{piece.mark}]") for piece in pieces))
    for number, citation in enumerate(quotes, start=1):
        page = f", page {citation.page}" if citation.page else ""
        print(f'  [{number}] {citation.document}{page}: "{citation.quote}"')
    if not reply.citations:
        print("  (no passage supports this answer)")
    if reply.from_cache:
        print("  (from the cache)")
    if finished.as_of:
        print(f"  documents as of {finished.as_of}")
