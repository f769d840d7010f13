"""Finished label and entity runs of a workspace, taken up again."""

from pathlib import Path
from typing import Any

from assay.errors import NotFound
from assay.labelling.run import FinishedLabels
from assay.verdict.label_result import load_label_result
from assay.verdict.report.words import Lang

__all__ = ["list_label_runs", "load_labels"]


def load_labels(run_id: str, *, out: str | Path = ".assay", lang: Lang = "en") -> FinishedLabels:
    """A finished run by its id, or the first letters of it.

    Raises:
        NotFound: there is no such run.
    """
    for folder in _finished(Path(out)):
        if folder.name.startswith(run_id):
            return FinishedLabels(load_label_result(folder / "result.json"), folder, lang)
    raise NotFound(f'there is no run "{run_id}" in {out}: start one with assay run or assay label')


def list_label_runs(out: str | Path = ".assay") -> list[dict[str, Any]]:
    """Id, creation time, title, base model and chosen way of every finished run, the newest first."""
    results = [load_label_result(folder / "result.json") for folder in _finished(Path(out))]
    return [
        {"id": r.run_id, "created": r.created, "title": r.title, "base": r.base or r.encoder, "cell": r.verdict.cell}
        for r in results
    ]


def _finished(out: Path) -> list[Path]:
    files = list((out / "labels").glob("*/result.json"))
    return [file.parent for file in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)]
