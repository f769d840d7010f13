"""assay ask: one question to a cell of a finished run."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["ask"]

_MARKS: dict[int | None, str] = {None: "", 0: " (no passage supports this sentence)"}


def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    cell: Annotated[str | None, typer.Option(help="The cell to ask; by default the recommended one.")] = None,
    run: Annotated[str | None, typer.Option(help="Id of the run; by default the newest.")] = None,
    out: Annotated[Path, typer.Option(help="Workspace of the run.")] = Path(".assay"),
) -> None:
    """Ask the very cell that was measured; the answer names file, page and quote."""
    from assay.experiment.finished import load

    reply = load(run, out=out).ask(question, cell=cell)
    pieces, quotes = reply.marked()
    print("".join(piece.text + _MARKS.get(piece.mark, f" [{piece.mark}]") for piece in pieces))
    for number, citation in enumerate(quotes, start=1):
        page = f", page {citation.page}" if citation.page else ""
        print(f'  [{number}] {citation.document}{page}: "{citation.quote}"')
    if not reply.citations:
        print("  (no passage supports this answer)")
