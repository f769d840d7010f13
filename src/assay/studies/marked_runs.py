"""People's marks of a finished run: sheets are drawn from it, and what comes back is taken into its result and report.

Knows where runs are kept. Draws, reads and corrects by `assay.marks`, renders by `assay.report`.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from assay.bench.whole_files import write_whole
from assay.bench.workspace import Workspace
from assay.errors import InputError, NotFound
from assay.marks.correcting import with_marks
from assay.marks.drawing import Draw, draw_answers
from assay.marks.kept_marks import Mark, Said, keep_draw, keep_marks, load_draws, load_marks, marks_folder
from assay.marks.marked_files import MarkedFile, read_marks
from assay.marks.marking_sheet import sheet_rows, write_workbook
from assay.questions.exam import load_exam
from assay.questions.rows import list_problems
from assay.report.judge_lines import judge_lines
from assay.report.lines import generalised
from assay.report.marking_page import render_marking_page
from assay.report.marks_lines import marks_lines, marks_table
from assay.report.outcome import Outcome
from assay.report.sheet_lines import draw_lines, drawn_lines, taken_lines
from assay.statistics.sampling import Sampling
from assay.studies.grid.kind import KIND
from assay.studies.known_kinds import find_folder
from assay.studies.study import Finished, finished_studies
from assay.verdict.result import RunResult
from assay.verdict.stored import load_result, save_result
from assay.words import message

__all__ = ["Drawn", "Taken", "draw_marks", "find_run", "retell_marks", "say_mark", "show_marks", "take_marks"]

_SHEETS = (".xlsx", ".html")


@dataclass(frozen=True)
class Drawn:
    """What was drawn, and the sheets that were written of it."""

    draw: Draw
    files: tuple[Path, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """The run with all marks that there are of it, and what was read of each file."""

    finished: Finished[RunResult]
    lines: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        """What is printed of it."""
        return _outcome(self.finished, self.lines)


def draw_marks(
    run: str | Finished[RunResult] | None = None,
    n: int = 60,
    *,
    to: str | Path | None = None,
    cells: str | None = None,
    seed: int | None = None,
    out: str | Path = ".assay",
    lang: str | None = None,
) -> Drawn:
    """A blind sheet of answers of a run for people to mark: drawn at random, shuffled, kept with its chances.

    Args:
        run: its id, or the first letters of it, or what `run` returned; by default the newest.
        n: how many answers. What was drawn before is not drawn again.
        to: the file, .xlsx or .html; by default one of each in the folder of the run.
        cells: "none/zero-shot,retrieved/tuned": of whose answers; by default of all.
        seed: by default that of the run.
        out: the workspace.
        lang: of the sheet; by default that of the run.

    Raises:
        NotFound: no such run.
        InputError: a run that is none of the grid, cells that it has not, nothing left to draw, a file that cannot be
            written or is there already.
    """
    finished = find_run(run, out, lang)
    result, folder, spoken = finished.result, finished.folder, finished.lang
    named = [cell.strip() for cell in cells.split(",") if cell.strip()] if cells else []
    before = load_draws(folder)
    created = datetime.now(UTC).isoformat(timespec="seconds")
    seed = int(result.settings.get("seed", 0)) if seed is None else seed
    draw = draw_answers(result, n, named, before, seed, created)
    own = [marks_folder(folder) / f"sheet-{draw.number}{suffix}" for suffix in _SHEETS]
    files = own if to is None else [_check(Path(to))]
    marks_folder(folder).mkdir(exist_ok=True)
    rows = sheet_rows(draw, result, spoken)
    for file in files:
        if file.suffix.lower() == ".xlsx":
            write_workbook(rows, result.run_id, file, spoken)
        else:
            write_whole(file, render_marking_page(rows, result.run_id, draw.number, spoken).encode())
    keep_draw(draw, folder)  # last: a sheet that cannot be written is no draw
    return Drawn(draw, tuple(files), tuple(drawn_lines([*before, draw], result, n, spoken)))


def take_marks(*files: str | Path, out: str | Path = ".assay", lang: str | None = None) -> Taken:
    """Take in what people have marked, and render the run's report anew.

    A row that the same person marked before is replaced. All or nothing is taken.

    Args:
        files: sheets as they came back: .xlsx, .csv, or the .json that the page saves; of one run.
        out: the workspace of the run.
        lang: of the report and of what is told; by default that of the run.

    Raises:
        InputError: a file that holds no marks, marks that are none, rows that were not drawn, files of several runs;
            all problems of a file together.
        NotFound: their run is not in the workspace.
    """
    if not files:
        raise InputError("there is no file of marks: give the sheets that were marked")
    read = [read_marks(Path(file)) for file in files]
    finished = find_run(_run_of(read, Workspace(Path(out))), out, lang)
    draws, marks = load_draws(finished.folder), load_marks(finished.folder)
    for file in read:
        _check_rows(file, draws, finished.result)
    lines = []
    for file in read:
        marks, n_replaced = _add(marks, file)
        lines += taken_lines(file, n_replaced, finished.lang)
    keep_marks(marks, finished.folder)
    return Taken(_retell(finished, draws, marks), tuple(lines))


def say_mark(finished: Finished[RunResult], row: str, person: str, said: Said) -> None:
    """Keep what one person says of one row, in the place of what they said of it before.

    The report is rendered with it by `retell_marks`. Of one run one thread at a time may call this.

    Raises:
        InputError: no such row was drawn, or nobody says it.
    """
    if not person.strip():
        raise InputError(message("sheet.name_first", finished.lang))
    if row not in {one.row for draw in load_draws(finished.folder) for one in draw.rows}:
        raise InputError(f'"{row[:40]}" is no row that was drawn from run {finished.result.run_id}')
    mark = Mark(row, person.strip(), said)
    kept = [one for one in load_marks(finished.folder) if (one.row, one.person) != (mark.row, mark.person)]
    keep_marks([*kept, mark], finished.folder)


def retell_marks(finished: Finished[RunResult]) -> Finished[RunResult]:
    """The run with all marks that there are of it, kept, and its report rendered anew."""
    return _retell(finished, load_draws(finished.folder), load_marks(finished.folder))


def _retell(finished: Finished[RunResult], draws: Sequence[Draw], marks: Sequence[Mark]) -> Finished[RunResult]:
    file = finished.folder / "result.json"
    held = file.stat()
    result = with_marks(finished.result, draws, marks, _sampling(finished))
    save_result(result, file)
    os.utime(file, ns=(held.st_atime_ns, held.st_mtime_ns))  # marks make no run a newer one
    found = Finished(result, KIND, finished.folder, finished.lang)
    found.write_report()
    return found


def show_marks(run: str | None = None, *, out: str | Path = ".assay", lang: str | None = None) -> Taken:
    """What the marks of a run say, by default of the newest.

    Raises:
        NotFound: no such run, or nothing was drawn from it.
    """
    finished = find_run(run, out, lang)
    draws = load_draws(finished.folder)
    if not draws:
        id = finished.result.run_id
        raise NotFound(f"nothing of run {id} was drawn to be marked: start with assay marks draw {id} -n 60")
    result = with_marks(finished.result, draws, load_marks(finished.folder), _sampling(finished))
    return Taken(replace(finished, result=result), tuple(draw_lines(draws, finished.lang)))


def find_run(run: str | Finished[RunResult] | None, out: str | Path, lang: str | None) -> Finished[RunResult]:
    """A finished run of the grid by its id, or the first letters of it; by default the newest.

    Raises:
        NotFound: no such run.
        InputError: letters that fit several, or a study of another kind.
    """
    workspace = Workspace(Path(out))
    if isinstance(run, Finished):
        folder = run.folder
    elif run is None:
        newest = finished_studies(KIND, workspace)
        if not newest:
            raise NotFound(f"there is no finished run in {out}: start one with assay run DOCS QUESTIONS, or give --out")
        folder = newest[0]
    else:
        kind, folder = find_folder(workspace, run)
        if kind.result is not RunResult:
            raise InputError(f"{folder} is no run of the grid: only answers of assay run can be marked")
    result = load_result(RunResult, folder / "result.json")
    return Finished(result, KIND, folder, lang or str(result.settings["lang"]))


def _check(path: Path) -> Path:
    if path.suffix.lower() not in _SHEETS:
        raise InputError(f'{path}: a sheet is written as {" or ".join(_SHEETS)}, not as "{path.suffix}" (--to)')
    if path.exists():
        raise InputError(f"{path} is there already, and somebody may have marked it: give another name, or delete it")
    if not path.resolve().parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent} (--to)")
    return path


def _run_of(read: Sequence[MarkedFile], workspace: Workspace) -> str:
    """The run whose rows these are: as the files name it, else the one that drew a row of them."""
    named = {file.run for file in read if file.run}
    if len(named) > 1:
        raise InputError(f"these are marks of several runs, {', '.join(sorted(named))}: take those of one at a time")
    if named:
        run = named.pop()
        if run not in {folder.name for folder in finished_studies(KIND, workspace)}:
            raise NotFound(
                f"{read[0].path} holds marks of run {run}, which is not in {workspace.folder}: give the workspace that "
                "it was drawn from (--out)"
            )
        return run
    rows = {mark.row for file in read for mark in file.marks}
    for folder in finished_studies(KIND, workspace):
        if rows & {row.row for draw in load_draws(folder) for row in draw.rows}:
            return folder.name
    raise InputError(f"{read[0].path} names no run, and none of its rows was drawn in {workspace.folder} (--out)")


def _check_rows(file: MarkedFile, draws: Sequence[Draw], result: RunResult) -> None:
    known = {row.row for draw in draws for row in draw.rows}
    problems = list(file.problems)
    for mark in file.marks:
        if mark.row not in known:
            unknown = f'"{mark.row}" is no row that was drawn from run {result.run_id}'
            problems.append(f"{mark.place}: {unknown if mark.row else 'a mark without the id of its row'}")
    if problems:
        raise InputError(f"{list_problems(file.path, problems)}\nNothing was taken: mend it and take it again")


def _add(marks: Sequence[Mark], file: MarkedFile) -> tuple[list[Mark], int]:
    new = {(one.row, one.person): Mark(one.row, one.person, one.said) for one in file.marks}
    kept = [mark for mark in marks if (mark.row, mark.person) not in new]
    return [*kept, *new.values()], len(marks) - len(kept)


def _sampling(finished: Finished[RunResult]) -> Sampling:
    """What the run's own intervals are about."""
    exam = load_exam(finished.folder / "exam.json")
    return exam.sampling(generalised(finished.result.settings))


def _outcome(finished: Finished[RunResult], lines: Sequence[str]) -> Outcome:
    people = finished.result.people
    if people is None:
        judge = judge_lines(finished.result, finished.lang)
        return Outcome([*lines, message("marks.none_yet", finished.lang), *judge])
    return Outcome([*lines, *marks_lines(finished.result, finished.lang)], marks_table(finished.result, finished.lang))
