"""What every exam goes through, whatever is asked: say what is to come, ask, judge, keep, report. Knows no task."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import assay
from assay.bench.bench import Bench
from assay.bench.keys import answer_settings, key_of
from assay.bench.meter import Meter
from assay.bench.writing import write_whole
from assay.errors import InputError, TrainingError
from assay.grid.answering import answer_cell
from assay.grid.cell import Cell
from assay.grid.pipeline import Answerer
from assay.questions.question import Question
from assay.studies.grid.assemble import Answered
from assay.studies.grid.plan import Plan

__all__ = ["Maker", "Study", "ask_cells", "conduct"]


class Study(Protocol):
    """An exam ready to be held."""

    kind: str  # the folder of the workspace that it is kept in
    plan: Plan

    def names(self) -> dict[str, Any]:
        """Plain values that name all that a result depends on, besides the settings."""
        ...

    def announce(self) -> None:
        """What is asked, and what it can show."""

    def keep(self, folder: Path) -> None:
        """What a finished exam is taken up again from."""

    def hold(self, run_id: str) -> bytes:
        """The result, as it is kept."""
        ...

    def render(self, result: bytes) -> str:
        """The report on a kept result."""
        ...


def conduct(study: Study, bench: Bench) -> Path:
    """The folder of a study's result and report; what was finished before is not computed again."""
    study.announce()
    for cell, reason in study.plan.left_out.items():
        bench.say("plan.left_out", cell=cell, reason=reason)
    for line in study.plan.warnings:
        bench.progress.say(line)
    names = {"settings": answer_settings(bench.settings), "version": assay.__version__, **study.names()}
    run_id = key_of(cells=[str(cell) for cell in study.plan.cells], **names)[:12]
    folder = bench.workspace.folder / study.kind / run_id
    study.keep(folder)
    file = folder / "result.json"
    if file.is_file():
        bench.say("run.finished_before")
    else:
        write_whole(file, study.hold(run_id))
    write_whole(folder / "report.html", study.render(file.read_bytes()).encode())
    return folder


class Maker(Protocol):
    """Makes cells real; see `Workshop`."""

    @property
    def batches(self) -> Sequence[Sequence[Question]]:
        """What is asked, the same for every cell."""
        ...

    def cell_key(self, cell: Cell) -> str:
        """The name under which a cell's answers are kept."""
        ...

    def pipeline(self, cell: Cell) -> Answerer:
        """The cell, made real."""
        ...


def ask_cells(cells: Iterable[Cell], maker: Maker, plan: Plan, bench: Bench) -> tuple[dict[Cell, Answered], Meter]:
    """What each cell answers, and what that took. One that cannot be trained is left out, with the reason.

    Raises:
        InputError: none is left.
    """
    answers: dict[Cell, Answered] = {}
    with Meter() as meter:
        for cell in cells:
            make = partial(maker.pipeline, cell)
            try:
                answers[cell] = answer_cell(
                    str(cell), maker.cell_key(cell), maker.batches, make, bench.store, bench.progress
                )
            except TrainingError as error:
                plan.left_out[str(cell)] = str(error)
    if not answers:
        raise InputError("\n".join(f"{cell}: {reason}" for cell, reason in plan.left_out.items()))
    return {cell: answers[cell] for cell in plan.cells if cell in answers}, meter


def measured(meter: Meter, started: float) -> dict[str, float]:
    """What an exam took, for its provenance."""
    return {"started": started, "seconds": meter.seconds, "peak_memory_mb": meter.peak_mb}
