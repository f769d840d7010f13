"""The kinds of study that there are: one folder each, whose `kind.py` holds a `KIND`."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import assay.studies
from assay.bench.workspace import Workspace
from assay.errors import InputError, NotFound
from assay.studies.study import Finished, Kind, choose_folder, finished_studies
from assay.verdict.stored import load_result

__all__ = ["find_folder", "find_study", "list_kinds", "list_studies"]


def list_kinds() -> list[Kind[Any]]:
    """All of them, in alphabetical order of their folders."""
    folders = [found.name for found in iter_modules(assay.studies.__path__) if found.ispkg]
    return [import_module(f"assay.studies.{name}.kind").KIND for name in sorted(folders)]


def list_studies(workspace: Workspace) -> list[str]:
    """A line for each finished study of any kind, the newest of a kind first: id, time, title, model, advice."""
    lines = []
    for kind in list_kinds():
        for folder in finished_studies(kind, workspace):
            try:
                one = load_result(kind.result, folder / "result.json")
            except (InputError, NotFound) as error:
                lines.append(f"{folder.name}  {error}")
                continue
            lines.append(f"{one.run_id}  {one.created}  {one.title}  {one.model}  -> {one.advised}")
    return lines


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
