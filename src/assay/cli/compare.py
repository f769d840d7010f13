"""assay compare: two finished runs beside each other."""

from pathlib import Path
from typing import Annotated

import typer

from assay.cli.options import Language, spoken_language

__all__ = ["compare"]


def compare(
    first: Annotated[
        str | None, typer.Argument(help="A run: its id or the first letters of it, or WORKSPACE:ID.")
    ] = None,
    second: Annotated[
        str | None, typer.Argument(help="The run beside it: differences are this one minus the first.")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="The HTML file; by default comparisons/… in the workspace.")] = None,
    out: Annotated[Path, typer.Option(help="Workspace of runs that name none.")] = Path(".assay"),
    lang: Language = None,
) -> None:
    """Put two runs of one exam beside each other, by default the two newest: what turned, and what had changed.

    A run is named by its id, by the first letters of it, or as WORKSPACE:ID. Differences are second minus first.
    """
    from assay.cli.printing import print_outcome
    from assay.studies.comparison import compare as compare_runs

    spoken = spoken_language(lang)
    found = compare_runs(first, second, out=out, lang=spoken, to=to)
    print_outcome(found.outcome, found.report)
