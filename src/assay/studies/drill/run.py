"""A drill: old and new documents and what changed between them in, the price of correcting each cell out.

Can be killed and run again at any moment: answers, adapters and measurements that are there are taken from there.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import assay
from assay.bench.keys import answer_settings, key_of
from assay.bench.progress import Progress, Silent
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.bench.writing import write_whole
from assay.errors import InputError, TrainingError
from assay.grid.cell import Cell, all_cells, parse_cells
from assay.models import Model, open_model
from assay.questions import assign_splits, read_questions
from assay.questions.exam import Exam, match_exam, read_corpus
from assay.report.drill_page import render_drill_report
from assay.settings import Settings, load_settings
from assay.studies.drill.assemble import assemble_drill
from assay.studies.drill.changes import after_change, check_changes, is_changed, may_have_changed, without_new_answer
from assay.studies.drill.states import States, read_changed
from assay.studies.drill.ways import ways_of
from assay.studies.grid.assemble import Answered
from assay.studies.grid.plan import Plan, make_plan
from assay.verdict.drill_result import DrillResult, Way, load_drill, save_drill
from assay.verdict.messages import message

__all__ = ["FinishedDrill", "drill_update"]

_SHOWN = 10


@dataclass(frozen=True)
class FinishedDrill:
    """A finished drill: its result, where its report lies, and the report's language."""

    result: DrillResult
    folder: Path
    lang: Literal["en", "zh"]

    @property
    def report(self) -> Path:
        """The report, one HTML file."""
        return self.folder / "report.html"


def drill_update(
    questions: str | Path,
    old: str | Path,
    new: str | Path,
    *,
    out: str | Path = ".assay",
    cells: str | None = None,
    model: Model | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> FinishedDrill:
    """Change the documents under every cell and see what it takes until each answers the new way.

    Args:
        questions: as for `assay.run`; a column `new_answer` holds what is right after the change, where that differs.
        old: the documents before the change.
        new: the documents after it.
        out: the workspace; a run over the old documents in it is taken up, and so is a drill that was killed.
        cells: as for `assay.run`; all but the oracle row by default.
        model: an opened model; by default the one that the setting `base` names.
        progress: is told what goes on; silent by default.
        **settings: see `assay.settings.Settings`; over assay.toml and ASSAY_* variables.

    Raises:
        InputError: questions, documents, cells or settings that cannot be used; no model has been asked then.
        EngineError: the engine or endpoint failed; what was answered is kept.
    """
    wanted = _served(parse_cells(cells) if cells else tuple(cell for cell in all_cells() if cell.can_be_served))
    chosen = load_settings(settings, environ=os.environ)
    if Path(old).resolve() == Path(new).resolve():
        raise InputError(f"the documents before and after the change are the same, {old}: give two folders")
    told = progress or Silent()
    workspace = Workspace(Path(out))
    workspace.create()
    with workspace.lock():
        store = Store(chosen.database or workspace.database_url)
        try:
            return _drill(Path(questions), Path(old), Path(new), wanted, chosen, model, workspace, store, told)
        finally:
            store.close()


def _served(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    wrong = [str(cell) for cell in cells if not cell.can_be_served]
    if wrong:
        raise InputError(f"{', '.join(wrong)}: oracle cells are never put into service, so there is nothing to correct")
    return cells


def _drill(
    questions: Path,
    old: Path,
    new: Path,
    cells: tuple[Cell, ...],
    settings: Settings,
    model: Model | None,
    workspace: Workspace,
    store: Store,
    progress: Progress,
) -> FinishedDrill:
    asked = assign_splits(read_questions(questions), settings.seed, settings.test_share, settings.validation_share)
    check_changes(asked)
    before = match_exam(asked, old, read_corpus(old, [questions], settings, workspace, progress))
    corpus, reading, is_sure = read_changed(new, questions, before.corpus, settings, workspace, store, progress)
    if corpus.sha256 == before.corpus.sha256:
        raise InputError(f"{new} says the same as {old}: nothing to correct")
    after = match_exam(after_change(asked), new, corpus)
    model = model or open_model(settings.base, settings.engine, progress.say)
    plan = make_plan(before, cells, model, settings.lang, settings.search)
    plan.warnings.extend(_warnings(before, after, is_sure, settings.lang))
    _announce(before, plan, settings, progress)
    drill_id = _drill_id(before, after, plan, model, settings)
    folder = workspace.drill_folder(drill_id)
    if (folder / "drill.json").is_file():
        progress.say(message("drill.finished_before", settings.lang))
        return _write_report(FinishedDrill(load_drill(folder / "drill.json"), folder, settings.lang))
    states = States(before, after, reading, model, settings, workspace, store, progress)
    result = assemble_drill(drill_id, states, plan, _ask_all(states, plan), model, settings)
    save_drill(result, folder / "drill.json")
    return _write_report(FinishedDrill(result, folder, settings.lang))


def _ask_all(states: States, plan: Plan) -> dict[Cell, dict[Way | None, Answered]]:
    """Cell -> way, None for before the change -> answers. A cell that cannot be trained is left out, with the reason.

    State by state and model by model, so that each is loaded once.
    """
    states.before.check_window()
    also = [q for q in states.before_exam.questions.questions if is_changed(q) and q.split != "test"]
    cells = sorted(plan.cells, key=lambda cell: (cell.is_tuned, cell.behaviour, cell.context))
    ways: list[tuple[Cell, Way | None]] = [(cell, way) for cell in cells for way in ways_of(cell)]
    steps: list[tuple[Cell, Way | None]] = [(cell, None) for cell in cells]
    steps += sorted(ways, key=lambda step: step[1] not in ("nothing", "sync"))
    answers: dict[Cell, dict[Way | None, Answered]] = {cell: {} for cell in plan.cells}
    for cell, way in steps:
        if str(cell) in plan.left_out:
            continue
        try:
            answers[cell][way] = states.ask(cell, way, also)
        except TrainingError as error:
            plan.left_out[str(cell)] = str(error)
    kept = {cell: said for cell, said in answers.items() if str(cell) not in plan.left_out}
    if not kept:
        raise InputError("\n".join(f"{cell}: {reason}" for cell, reason in plan.left_out.items()))
    return kept


def _warnings(before: Exam, after: Exam, is_sure: bool, lang: str) -> list[str]:
    found = {
        "drill.no_new_answer": without_new_answer(after),
        "drill.may_have_changed": may_have_changed(before.questions.questions),
    }
    lines = [message(key, lang, n=len(ids), ids=_short(ids)) for key, ids in found.items() if ids]
    return lines if is_sure else [*lines, message("drill.read_before", lang)]


def _short(ids: list[str]) -> str:
    return ", ".join(ids[:_SHOWN]) + (", ..." if len(ids) > _SHOWN else "")


def _announce(before: Exam, plan: Plan, settings: Settings, progress: Progress) -> None:
    """What is asked, before any time is spent."""
    changed = [question for question in before.questions.questions if is_changed(question)]
    in_training = sum(question.split == "train" for question in changed)
    n = len(before.questions.questions)
    progress.say(message("drill.plan", settings.lang, changed=len(changed), n=n, trained=in_training))
    for cell, reason in plan.left_out.items():
        progress.say(message("plan.left_out", settings.lang, cell=cell, reason=reason))
    for line in plan.warnings:
        progress.say(line)


def _drill_id(before: Exam, after: Exam, plan: Plan, model: Model, settings: Settings) -> str:
    """Twelve digits that name everything a result depends on; the language of the report is not part of it."""
    return key_of(
        before=before.key,
        after=after.key,
        cells=[str(cell) for cell in plan.cells],
        model=model.sha256,
        settings=answer_settings(settings),
        version=assay.__version__,
    )[:12]


def _write_report(finished: FinishedDrill) -> FinishedDrill:
    write_whole(finished.report, render_drill_report(finished.result, finished.lang).encode())
    return finished
