"""assay show: the studies of a workspace, or one study's verdict again."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["show"]


def show(
    run: Annotated[str | None, typer.Argument(help="Id of a run, of labels or of a drill; without it, a list.")] = None,
    out: Annotated[Path, typer.Option(help="Workspace of the runs.")] = Path(".assay"),
    lang: Annotated[str, typer.Option(help="Language, such as en or zh.")] = "en",
) -> None:
    """List the studies of a workspace, or print the verdict of one again."""
    from assay.bench.workspace import Workspace
    from assay.cli.printing import print_outcome
    from assay.errors import NotFound
    from assay.studies.known_kinds import find_study, list_studies

    workspace = Workspace(out)
    if run is None:
        lines = list_studies(workspace)
        if not lines:
            raise NotFound(f"nothing is finished in {out}: start with assay run DOCS QUESTIONS, or give --out")
        print("\n".join(lines))
        return
    found = find_study(workspace, run, lang)
    print_outcome(found.outcome, found.report)
