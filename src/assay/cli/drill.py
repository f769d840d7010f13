"""assay drill: what changes under a system in service, tried before it happens. One verb so far."""

from pathlib import Path
from typing import Annotated, Any

import typer

from assay.cli.options import Base, Encoder, Language, Pairs, PartFiles, parse_pairs
from assay.cli.printing import print_outcome

__all__ = ["drill"]

drill = typer.Typer(
    help="Try what happens when knowledge changes: the price of correcting each cell.",
    no_args_is_help=True,
    rich_markup_mode=None,
    suggest_commands=False,
)


@drill.command()
def update(
    questions: Annotated[
        Path,
        typer.Argument(help="The questions, with a column new_answer where the change makes another answer right."),
    ],
    old: Annotated[Path, typer.Option("--from", help="The documents before the change.")],
    new: Annotated[Path, typer.Option("--to", help="The documents after the change.")],
    base: Base = None,
    encoder: Encoder = None,
    cells: Annotated[
        str | None, typer.Option(help='Cells or rows to correct, such as "none/tuned,retrieved/zero-shot".')
    ] = None,
    out: Annotated[Path, typer.Option(help="Workspace; what a run or a drill has made there is taken up.")] = Path(
        ".assay"
    ),
    parts: PartFiles = None,
    lang: Language = None,
    set_: Pairs = None,
) -> None:
    """Change the documents under every cell: seconds and tokens until it answers the new way, and what else moves."""
    flags: dict[str, Any] = {"base": base, "encoder": encoder, "lang": lang, "parts": parts} | parse_pairs(set_ or [])
    from assay.cli.console import Console
    from assay.studies.drill.drill_study import drill_update

    with Console() as console:
        finished = drill_update(questions, old, new, out=out, cells=cells, progress=console, **flags)
    print_outcome(finished.outcome, finished.report)
