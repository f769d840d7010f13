"""assay drill: what changes under a system in service, tried before it happens. One verb so far."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.options import Base, Encoder, Language, Pairs, parse_pairs
from assay.cli.outcome import print_outcome

if TYPE_CHECKING:
    from assay.studies.drill.run import FinishedDrill

__all__ = ["drill"]

drill = typer.Typer(
    help="Try what happens when knowledge changes: the price of correcting each cell.",
    no_args_is_help=True,
    rich_markup_mode=None,
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
    lang: Language = None,
    set_: Pairs = None,
) -> None:
    """Change the documents under every cell: seconds and tokens until it answers the new way, and what else moves."""
    flags: dict[str, Any] = {"base": base, "encoder": encoder, "lang": lang} | parse_pairs(set_ or [])
    from assay.cli.console import Console
    from assay.studies.drill.run import drill_update

    with Console() as console:
        finished = drill_update(questions, old, new, out=out, cells=cells, progress=console, **flags)
    _print(finished)


def _print(finished: "FinishedDrill") -> None:
    from assay.report.drill_lines import drill_lines, drill_table

    result, lang = finished.result, finished.lang
    table, lines = drill_table(result, lang), drill_lines(result, lang)
    print_outcome(table, lines, finished.report, n_left=2, least_width=150, wraps=True)
