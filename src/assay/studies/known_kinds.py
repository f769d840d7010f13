"""The kinds of study that there are: one folder each, whose `kind.py` holds a `KIND`."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import assay.studies
from assay.bench.workspace import Workspace
from assay.errors import InputError, NotFound
from assay.report.outcome import Outcome, Table
from assay.studies.study import Finished, Kind, choose_folder, finished_studies
from assay.verdict.stored import load_result
from assay.words import figures, message

__all__ = ["describe_studies", "find_folder", "find_study", "list_kinds", "list_studies"]

_COLUMNS = ("id", "kind", "when", "title", "model", "verdict", "score")


def list_kinds() -> list[Kind[Any]]:
    """All of them, in alphabetical order of their folders."""
    folders = [found.name for found in iter_modules(assay.studies.__path__) if found.ispkg]
    return [import_module(f"assay.studies.{name}.kind").KIND for name in sorted(folders)]


def describe_studies(workspace: Workspace, lang: str) -> Outcome:
    """What `list_studies` gives as a table, and the lines."""
    rows, lines = list_studies(workspace, lang)
    head = [message(f"show.{column}", lang) for column in _COLUMNS]
    shown = [[*row.values()] for row in rows]
    return Outcome(lines, Table(head, shown, n_words=len(head), width=250) if rows else None)


def list_studies(workspace: Workspace, lang: str) -> tuple[list[dict[str, str]], list[str]]:
    """A row for each finished study of any kind, the newest of a kind first, and a line for each that is not readable.

    A row has id, kind, when, title, model, verdict and score, in words.
    """
    lines, rows = [], []
    for kind in list_kinds():
        for folder in finished_studies(kind, workspace):
            try:
                one = load_result(kind.result, folder / "result.json")
            except (InputError, NotFound) as error:
                lines.append(f"{folder.name}  {error}")
                continue
            told = (message(f"show.{kind.folder}", lang), figures.date(one.created, lang), one.title, one.model)
            values = (one.run_id, *told, *kind.headline(one, lang))
            rows.append(dict(zip(_COLUMNS, values, strict=True)))
    return rows, lines


def find_study(workspace: Workspace, run_id: str, lang: str) -> Finished[Any]:
    """The finished study of an id, or of the first letters of it, whatever its kind.

    Raises:
        NotFound: there is none, or a damaged one, or one of an earlier format.
        InputError: the letters fit several, or it is of a later format.
    """
    kind, folder = find_folder(workspace, run_id)
    found = Finished(load_result(kind.result, folder / "result.json"), kind, folder, lang)
    if not found.report.is_file():
        found.write_report()
    return found


def find_folder(workspace: Workspace, run_id: str) -> tuple[Kind[Any], Path]:
    """The kind and the folder of the finished study of an id, or of the first letters of it.

    Raises:
        NotFound: there is none.
        InputError: the letters fit several.
    """
    kinds = {folder: kind for kind in list_kinds() for folder in finished_studies(kind, workspace)}
    if not any(folder.name.startswith(run_id) for folder in kinds):
        raise NotFound(f'there is no run "{run_id}" in {workspace.folder}: start one with assay run or assay label')
    folder = choose_folder(list(kinds), run_id, workspace)
    return kinds[folder], folder
