"""assay marks: people mark a sample of a run's answers; its figures are corrected by what they say."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["marks"]

marks = typer.Typer(
    help="Have people mark a sample of a run's answers, and correct its figures by what they say.",
    no_args_is_help=True,
    rich_markup_mode=None,
    suggest_commands=False,
)
_Run = Annotated[
    str | None, typer.Argument(help="A run: its id or the first letters of it; by default the newest.", metavar="RUN")
]
_Out = Annotated[Path, typer.Option(help="Workspace of the run.")]
_Lang = Annotated[str | None, typer.Option(help="Language, such as en or zh; by default that of the run.")]


@marks.command()
def draw(
    run: _Run = None,
    n: Annotated[int, typer.Option("-n", help="How many answers; those drawn before are not drawn again.")] = 60,
    to: Annotated[
        Path | None, typer.Option(help="The sheet, .xlsx or .html; by default one of each in the run's folder.")
    ] = None,
    cells: Annotated[
        str | None, typer.Option(help='Of whose answers, such as "none/tuned,retrieved/zero-shot"; by default all.')
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Of the draw; by default the run's.")] = None,
    out: _Out = Path(".assay"),
    lang: _Lang = None,
) -> None:
    """Draw answers at random and write a blind, shuffled sheet: neither cell nor the scorer's mark is told."""
    from assay.studies.marked_runs import draw_marks

    drawn = draw_marks(run, n, to=to, cells=cells, seed=seed, out=out, lang=lang)
    for line in drawn.lines:
        print(line)
    for file in drawn.files:
        print(file.resolve())


@marks.command()
def take(
    files: Annotated[list[Path], typer.Argument(help="Sheets as they came back: .xlsx, .csv, or the page's .json.")],
    out: _Out = Path(".assay"),
    lang: _Lang = None,
) -> None:
    """Take in what one or several people have marked, and render the run's report anew."""
    from assay.cli.printing import print_outcome
    from assay.studies.marked_runs import take_marks

    taken = take_marks(*files, out=out, lang=lang)
    print_outcome(taken.outcome, taken.finished.report)


@marks.command()
def show(run: _Run = None, out: _Out = Path(".assay"), lang: _Lang = None) -> None:
    """Say what people's marks of a run say: agreement, and its figures corrected."""
    from assay.cli.printing import print_outcome
    from assay.studies.marked_runs import show_marks

    shown = show_marks(run, out=out, lang=lang)
    print_outcome(shown.outcome, shown.finished.report)
