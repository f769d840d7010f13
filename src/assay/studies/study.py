"""What every study goes through, whatever is asked: say what is to come, ask, judge, keep, report. Knows no task."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from assay.bench.bench import Bench
from assay.bench.keys import answer_settings, key_of
from assay.bench.meter import Meter
from assay.bench.parts import Part, blaming_parts
from assay.bench.whole_files import write_whole
from assay.bench.workspace import Workspace
from assay.errors import InputError, NotFound, PartError, TrainingError
from assay.grid.answering import Answered, answer_cell
from assay.questions.answer import Answerer
from assay.questions.question import Question
from assay.report.outcome import Outcome
from assay.studies.plan import Plan
from assay.verdict.stored import load_result, save_result
from assay.verdict.tables import Rows, Tables
from assay.version import __version__

__all__ = [
    "Finished",
    "Kind",
    "Maker",
    "Result",
    "Study",
    "ask_cells",
    "check_beside_documents",
    "choose_folder",
    "conduct",
    "finished_studies",
    "measured",
]


class Result(Protocol):
    """What the results of all kinds of study have."""

    @property
    def run_id(self) -> str:
        """Twelve digits that name everything it depends on."""

    @property
    def created(self) -> str:
        """ISO 8601, UTC."""

    @property
    def title(self) -> str:
        """Of what was asked."""

    @property
    def model(self) -> str:
        """What was asked, by the name of its weights."""

    @property
    def advised(self) -> str:
        """The cell that the study ends with; empty where it ends with none."""

    @property
    def left_out(self) -> dict[str, str]:
        """Cell -> why it was not run, or failed."""


R = TypeVar("R", bound=Result)
C = TypeVar("C")
Asked = TypeVar("Asked", contravariant=True)


@dataclass(frozen=True)
class Kind(Generic[R]):
    """A kind of study, as `assay show` and the workspace know it.

    Args:
        folder: of the workspace, in which its results are kept; the sentence `show.FOLDER` is what people call it.
        result: the class of its results.
        render: the report on one as HTML, in a language.
        describe: what is printed of one, in a language.
        headline: of one in a list of many, in a language: what it advises, and how that scored.
        tables: one as tables of plain rows.
    """

    folder: str
    result: type[R]
    render: Callable[[R, str], str]
    describe: Callable[[R, str], Outcome]
    headline: Callable[[R, str], tuple[str, str]]
    tables: Callable[[R], Tables]


@dataclass(frozen=True)
class Finished(Generic[R]):
    """A finished study: its result, its kind, where it is kept and in which language it reports."""

    result: R
    kind: Kind[R]
    folder: Path
    lang: str

    @property
    def report(self) -> Path:
        """The report, one HTML file."""
        return self.folder / "report.html"

    def write_report(self) -> None:
        """Render the report anew."""
        write_whole(self.report, self.kind.render(self.result, self.lang).encode())

    @property
    def outcome(self) -> Outcome:
        """What is printed of it."""
        return self.kind.describe(self.result, self.lang)

    @property
    def tables(self) -> Tables:
        """All of it as tables of plain rows, by name; see `assay.verdict.tables`."""
        return self.kind.tables(self.result)

    @property
    def table(self) -> Rows:
        """A row for each cell."""
        return self.tables["cells"]

    @property
    def answers(self) -> Rows:
        """A row for each question and cell."""
        return self.tables["answers"]

    @property
    def differences(self) -> Rows:
        """A row for each two cells that were compared; none in a drill."""
        return self.tables.get("differences", [])


class Study(Protocol[R, C]):
    """An exam ready to be held."""

    kind: Kind[R]
    plan: Plan[C]

    def names(self) -> dict[str, Any]:
        """Plain values that name all that a result depends on, besides cells and settings."""
        ...

    def announce(self) -> None:
        """What is asked, and what it can show."""

    def keep(self, folder: Path) -> None:
        """What a finished study is taken up again from."""

    def hold(self, run_id: str) -> R:
        """Everything asked and judged."""
        ...

    def complete(self, result: R, folder: Path) -> R:
        """The result with what is found out beside all that names it: it may change while the answers stay."""
        return result


def conduct(study: Study[R, C], bench: Bench) -> Finished[R]:
    """A study from its plan to its report; what was finished before is not computed again."""
    study.announce()
    for cell, reason in study.plan.left_out.items():
        bench.say("plan.left_out", cell=cell, reason=reason)
    for line in study.plan.warnings:
        bench.progress.say(line)
    names = {"settings": answer_settings(bench.settings), "version": __version__, **study.names()}
    run_id = key_of(cells=[str(cell) for cell in study.plan.cells], **names)[:12]
    folder = bench.workspace.folder / study.kind.folder / run_id
    result = _finished_before(study, folder)
    study.keep(folder)
    if result is None:
        result = study.hold(run_id)
        save_result(result, folder / "result.json")
    else:
        bench.say("run.finished_before")
    completed = study.complete(result, folder)
    if completed != result:
        save_result(completed, folder / "result.json")
    finished = Finished(completed, study.kind, folder, bench.settings.lang)
    finished.write_report()
    return finished


def _finished_before(study: Study[R, C], folder: Path) -> R | None:
    """The result that is kept there; None where there is none, a damaged one, one of an earlier format, or one with
    cells that failed.

    What failed once may do now; what was answered then is not asked again.

    Raises:
        InputError: it is of a later format.
    """
    file = folder / "result.json"
    try:
        result = load_result(study.kind.result, file) if file.is_file() else None
    except NotFound:
        return None
    return result if result is not None and set(result.left_out) <= set(study.plan.left_out) else None


def finished_studies(kind: Kind[R], workspace: Workspace) -> list[Path]:
    """The folders of what was finished, the newest first."""
    files = list((workspace.folder / kind.folder).glob("*/result.json"))
    return [file.parent for file in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)]


def choose_folder(folders: Sequence[Path], run_id: str | None, workspace: Workspace) -> Path:
    """The folder of an id, or of the first letters of it; with None the first one. There must be one.

    Raises:
        InputError: the letters fit several.
    """
    found = [folder for folder in folders if folder.name.startswith(run_id or "")]
    if run_id is not None and len(found) > 1:
        names = ", ".join(folder.name for folder in found)
        raise InputError(f'"{run_id}" fits several studies in {workspace.folder}: {names}. Give more letters')
    return found[0]


def check_beside_documents(place: Path, folder: Path) -> None:
    """Nothing when a study of this folder may write there.

    Raises:
        InputError: it is among the documents that the study asked about: the next run would read the answers there.
    """
    exam = folder / "exam.json"
    documents = json.loads(exam.read_bytes()).get("documents") if exam.is_file() else None
    if documents and place.resolve().is_relative_to(documents):
        raise InputError(f"{place} is among the documents, where a run would read its answers: give another place")


class Maker(Protocol[Asked]):
    """Makes cells real; see `assay.grid.pipelines`."""

    @property
    def batches(self) -> Sequence[Sequence[Question]]:
        """What is asked, the same for every cell."""
        ...

    def cell_key(self, cell: Asked) -> str:
        """The name under which a cell's answers are kept."""
        ...

    def pipeline(self, cell: Asked) -> Answerer:
        """The cell, made real."""
        ...

    def outside(self, cell: Asked) -> tuple[Part, ...]:
        """The parts from outside that its answers depend on."""
        ...


def ask_cells(cells: Iterable[C], maker: Maker[C], plan: Plan[C], bench: Bench) -> tuple[dict[C, Answered], Meter]:
    """What each cell answers, in the order of the plan, and what that took.

    One whose training fails, or whose part from outside does, is left out with the reason.

    Raises:
        InputError: none is left.
    """
    answers: dict[C, Answered] = {}
    with Meter() as meter:
        for cell in cells:
            make = partial(maker.pipeline, cell)
            try:
                with blaming_parts(*maker.outside(cell)):
                    key = maker.cell_key(cell)
                    answers[cell] = answer_cell(str(cell), key, maker.batches, make, bench.store, bench.progress)
            except (TrainingError, PartError) as error:
                plan.left_out[str(cell)] = str(error)
                bench.say("plan.left_out", cell=cell, reason=error)
    if not answers:
        raise InputError("\n".join(f"{cell}: {reason}" for cell, reason in plan.left_out.items()))
    return {cell: answers[cell] for cell in plan.cells if cell in answers}, meter


def measured(meter: Meter, started: float) -> dict[str, float]:
    """What an exam took, for its provenance."""
    return {"started": started, "seconds": meter.seconds, "peak_memory_mb": meter.peak_mb}
