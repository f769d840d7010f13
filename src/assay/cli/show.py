"""assay show: the runs of a workspace, or one run's verdict again."""

from pathlib import Path
from typing import Annotated

import typer

from assay.cli.options import LANGUAGES

__all__ = ["show"]


def show(
    run: Annotated[str | None, typer.Argument(help="Id of a run; without it, all are listed.")] = None,
    out: Annotated[Path, typer.Option(help="Workspace of the runs.")] = Path(".assay"),
    lang: Annotated[str, typer.Option(help=f"Language: {LANGUAGES}.")] = "en",
) -> None:
    """List the runs of a workspace, or print the verdict of one again."""
    from assay.errors import NotFound
    from assay.labelling.finished import list_label_runs, load_labels
    from assay.serving.measured_run import list_runs, load

    if run is None:
        for row in [*list_runs(out), *list_label_runs(out)]:
            print(f"{row['id']}  {row['created']}  {row['title']}  {row['base']}  -> {row['cell']}")
        return
    from assay.cli.label import print_labels
    from assay.report.lines import forgetting_warnings, verdict_lines

    try:
        finished = load(run, out=out)
    except NotFound:
        print_labels(load_labels(run, out=out, lang=lang))
        return
    for line in verdict_lines(finished.result, lang) + forgetting_warnings(finished.result, lang):
        print(line)
    print(f"\n{finished.report.resolve()}")
