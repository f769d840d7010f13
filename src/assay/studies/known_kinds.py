"""The kinds of study that there are: one folder each, whose `kind.py` holds a `KIND`."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import assay.studies
from assay.bench.workspace import Workspace
from assay.errors import NotFound
from assay.studies.study import Finished, Kind, finished_studies
from assay.verdict.stored import load_result

__all__ = ["find_folders", "find_study", "list_kinds", "list_studies"]


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
            except NotFound as error:
                lines.append(f"{folder.name}  {error}")
                continue
            lines.append(f"{one.run_id}  {one.created}  {one.title}  {one.model}  -> {one.advised}")
    return lines


def find_study(workspace: Workspace, run_id: str, lang: str) -> Finished[Any]:
    """The finished study of an id, or of the first letters of it, whatever its kind.

    Raises:
        NotFound: there is none, or one of another format.
    """
    kind, folder = find_folders(workspace, run_id)[0]
    found = Finished(load_result(kind.result, folder / "result.json"), kind, folder, lang)
    if not found.report.is_file():
        found.write_report()
    return found


def find_folders(workspace: Workspace, run_id: str) -> list[tuple[Kind[Any], Path]]:
    """The finished studies of an id, or of the first letters of it, by kind, the newest first.

    Raises:
        NotFound: there is none.
    """
    kinds = list_kinds()
    found = [(kind, one) for kind in kinds for one in finished_studies(kind, workspace) if one.name.startswith(run_id)]
    if not found:
        raise NotFound(f'there is no run "{run_id}" in {workspace.folder}: start one with assay run or assay label')
    return found
