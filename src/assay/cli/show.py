"""assay show: the studies of a workspace, or one study's verdict again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.options import SpokenLanguage, spoken_language

if TYPE_CHECKING:
    from assay.bench.workspace import Workspace

__all__ = ["show"]


def show(
    run: Annotated[str | None, typer.Argument(help="Id of a run, of labels or of a drill; without it, a list.")] = None,
    out: Annotated[Path, typer.Option(help="Workspace of the runs.")] = Path(".assay"),
    lang: SpokenLanguage = None,
    to: Annotated[
        str | None,
        typer.Option(help="Write it for other programs: csv, parquet, mlflow or inspect; of --prompt: json."),
    ] = None,
    folder: Annotated[
        str | None,
        typer.Option(help="Where to write it; by default beside its report. For mlflow also sqlite:///FILE."),
    ] = None,
    prompt: Annotated[bool, typer.Option("--prompt", help="Print the prompt that was chosen, to be pasted.")] = False,
) -> None:
    """List the studies of a workspace, print the verdict of one again, or write one for other programs."""
    from assay.bench.workspace import Workspace
    from assay.cli.printing import print_outcome
    from assay.errors import InputError, NotFound
    from assay.studies.known_kinds import describe_studies, find_study

    workspace, spoken = Workspace(out), spoken_language(lang)
    if prompt:
        _print_prompt(workspace, run, spoken, to, folder)
        return
    if (to or folder) and (run is None or to is None):
        raise InputError("to write a study name it and a form: assay show RUN --to csv (assay show lists them)")
    if run is None:
        listed = describe_studies(workspace, spoken)
        if not listed.lines and listed.table is None:
            raise NotFound(f"nothing is finished in {out}: start with assay run DOCS QUESTIONS, or give --out")
        print_outcome(listed)
        return
    found = find_study(workspace, run, spoken)
    if to is None:
        print_outcome(found.outcome, found.report)
        return
    from assay.exporting.results import write_result

    for place in write_result(found, to, folder):
        print(place)


def _print_prompt(workspace: "Workspace", run: str | None, lang: str, to: str | None, folder: str | None) -> None:
    """The chosen prompts of a run, as text or as JSON."""
    from assay.errors import InputError
    from assay.exporting.chosen_prompts import prompts_as_json, prompts_as_text
    from assay.studies.known_kinds import find_study

    if run is None or to not in (None, "json") or folder:
        raise InputError("to print a prompt name the run, and nothing else but --to json: assay show RUN --prompt")
    result = find_study(workspace, run, lang).result
    typer.echo(prompts_as_text(result, lang) if to is None else prompts_as_json(result))
