"""Two finished runs, found in their workspaces and put beside each other, with a page of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.bench.whole_files import write_whole
from assay.bench.workspace import Workspace
from assay.errors import InputError
from assay.questions.exam import load_exam
from assay.questions.writing import check_target
from assay.report.compare_lines import compare_lines, compare_table
from assay.report.compare_page import render_comparison
from assay.report.outcome import Outcome
from assay.studies.grid.kind import KIND
from assay.studies.known_kinds import find_folder
from assay.studies.study import Finished, Kind, check_beside_documents, finished_studies
from assay.verdict.comparing import compare_runs
from assay.verdict.result import RunResult
from assay.verdict.run_comparison import RunComparison
from assay.verdict.stored import load_result

__all__ = ["Compared", "compare"]


@dataclass(frozen=True)
class Compared:
    """Two runs beside each other: the result, where its page is, and in which language that is."""

    result: RunComparison
    report: Path
    lang: str

    @property
    def outcome(self) -> Outcome:
        """What is printed of it."""
        return Outcome(compare_lines(self.result, self.lang), compare_table(self.result, self.lang))


def compare(
    first: str | Finished[RunResult] | None = None,
    second: str | Finished[RunResult] | None = None,
    *,
    out: str | Path = ".assay",
    lang: str = "en",
    to: str | Path | None = None,
) -> Compared:
    """Put the second run beside the first, question by question, and write the page.

    Args:
        first: an id, or its first letters; "WORKSPACE:ID" of another workspace; or what `run` returned.
        second: the same; differences are this one minus the first. With neither, the two newest runs of the workspace.
        out: the workspace of runs that name none.
        lang: of the page and of what is printed.
        to: the HTML file; by default comparisons/FIRST-SECOND.html in the workspace of the second.

    Raises:
        NotFound: no such run, a damaged one, or one of an earlier format.
        InputError: one run alone, letters that fit several runs, studies that are no runs of the grid, runs that have
            no question or no cell in common; a file that is there already, that cannot be written, or among the
            documents.
    """
    named = [one for one in (first, second) if one is not None]
    folders = [_find(one, Path(out)) for one in named] if len(named) == 2 else _newest(named, Path(out))
    if to is not None:
        check_target(Path(to), (".html", ".htm"))
        for folder in folders:
            check_beside_documents(Path(to), folder)
    results = [load_result(RunResult, folder / "result.json") for folder in folders]
    found = compare_runs(results[0], results[1], _documents(*folders))
    names = f"{found.first.run_id}-{found.second.run_id}.html"
    report = Path(to) if to is not None else folders[1].parents[1] / "comparisons" / names
    write_whole(report, render_comparison(found, lang).encode())
    return Compared(found, report, lang)


def _newest(named: Sequence[object], out: Path) -> list[Path]:
    """The folders of the two newest runs, the older one first."""
    if named:
        raise InputError("name two runs, or none for the two newest of the workspace")
    folders = finished_studies(KIND, Workspace(out))[:2]
    if len(folders) < 2:
        raise InputError(f"{out} holds fewer than two runs: name runs of several workspaces as WORKSPACE:ID")
    return folders[::-1]


def _find(run: str | Finished[RunResult], out: Path) -> Path:
    """The folder of a run of the grid."""
    kind, folder = (run.kind, run.folder) if isinstance(run, Finished) else _find_named(run, out)
    if kind.result is not RunResult:
        raise InputError(f"{folder} is no run of the grid: only what assay run has made can be compared")
    return folder


def _find_named(run: str, out: Path) -> tuple[Kind[Any], Path]:
    place, _, letters = run.rpartition(":")
    return find_folder(Workspace(Path(place) if place else out), letters)


def _documents(first: Path, second: Path) -> tuple[Mapping[str, str], Mapping[str, str]] | None:
    """Path and content of the documents of both runs; None where one did not keep its exam."""
    files = first / "exam.json", second / "exam.json"
    if not all(file.is_file() for file in files):
        return None
    kept = [{one.id: one.sha256 for one in load_exam(file).corpus.documents} for file in files]
    return kept[0], kept[1]
