"""The main job: documents and questions in, a verdict and a report out. Can be killed and run again at any moment."""

import os
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import assay
from assay.bench.keys import answer_settings, key_of
from assay.bench.meter import Meter
from assay.bench.progress import Progress, Silent
from assay.bench.provenance import describe_provenance
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.bench.writing import write_whole
from assay.errors import InputError, TrainingError
from assay.grid.answering import answer_cell
from assay.grid.cell import BEHAVIOURS, CONTEXTS, Cell, parse_cells
from assay.grid.pipelines import Workshop
from assay.models import Model, open_model
from assay.probes import ProbeSet
from assay.questions.exam import Exam, build_exam, save_exam
from assay.report import render_report
from assay.retrieval import encoder_warning
from assay.settings import Settings, load_settings
from assay.studies.grid.assemble import Answered, assemble
from assay.studies.grid.plan import Plan, make_plan
from assay.studies.grid.probing import ask_probes, collect_probes, own_probes, probes_key
from assay.training.search import check_installed
from assay.verdict.messages import message
from assay.verdict.result import RunResult, load_result, save_result

__all__ = ["Finished", "run"]


@dataclass(frozen=True)
class Finished:
    """A finished run: its result, where its report lies, and the report's language."""

    result: RunResult
    folder: Path
    lang: Literal["en", "zh"]

    @property
    def report(self) -> Path:
        """The report, one HTML file."""
        return self.folder / "report.html"


def run(
    documents: str | Path,
    questions: str | Path,
    *,
    out: str | Path = ".assay",
    cells: str | None = None,
    model: Model | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> Finished:
    """Put the exam to the cells of the grid and say what to do.

    Args:
        documents: a file or a folder tree.
        questions: JSONL, CSV or XLSX.
        out: the workspace; the same call again takes up what is there.
        cells: "none/zero-shot,retrieved/tuned"; nine by default; "adaptive" stands for its row.
        model: an opened model; by default the one that the setting `base` names.
        progress: is told what goes on; silent by default.
        **settings: see `assay.settings.Settings`; over assay.toml and ASSAY_* variables.

    Raises:
        InputError: documents, questions or settings that cannot be used; nothing has been computed then.
        MissingExtra: settings are to be searched for, and Optuna is not installed.
        EngineError: the engine or endpoint failed; what was answered is kept.
    """
    wanted = parse_cells(cells)
    chosen = load_settings(settings, environ=os.environ)
    if chosen.search:
        check_installed()
    told = progress or Silent()
    workspace = Workspace(Path(out))
    workspace.create()
    with workspace.lock():
        return _run(Path(documents), Path(questions), wanted, chosen, model, workspace, told)


def _run(
    documents: Path,
    questions: Path,
    cells: tuple[Cell, ...],
    settings: Settings,
    model: Model | None,
    workspace: Workspace,
    progress: Progress,
) -> Finished:
    own = own_probes(settings)
    exam = build_exam(documents, questions, settings, workspace, progress)
    model = model or open_model(settings.base, settings.engine, progress.say)
    plan = make_plan(exam, cells, model, settings.lang, settings.search)
    is_tuned = any(cell.is_tuned for cell in plan.cells)
    probes = collect_probes(exam, settings, own) if is_tuned else []
    _announce(exam, plan, settings, progress)
    run_id = _run_id(exam, plan, model, settings, probes)
    folder = workspace.run_folder(run_id)
    if (folder / "result.json").is_file():
        progress.say(message("run.finished_before", settings.lang))
        return _write_report(Finished(load_result(folder / "result.json"), folder, settings.lang))
    save_exam(exam, folder / "exam.json")
    store = Store(settings.database or workspace.database_url)
    try:
        workshop = Workshop(exam, model, settings, workspace, store, progress)
        result = _sit_exam(run_id, exam, plan, probes, workshop, store, progress)
    finally:
        store.close()
    save_result(result, folder / "result.json")
    return _write_report(Finished(result, folder, settings.lang))


def _sit_exam(
    run_id: str,
    exam: Exam,
    plan: Plan,
    probes: list[ProbeSet],
    workshop: Workshop,
    store: Store,
    progress: Progress,
) -> RunResult:
    settings = workshop.settings
    answers: dict[Cell, Answered] = {}
    workshop.check_window()
    if any(part.context == "retrieved" for cell in plan.cells for part in cell.parts):
        plan.warnings.extend(
            line for line in [encoder_warning(workshop.search.encoder, workshop.search.corpus_language)] if line
        )
        _announce_encoder(workshop, progress)
    started = time.time()
    with Meter() as meter:
        for cell in sorted(plan.cells, key=_place_in_line):
            key, make = workshop.cell_key(cell), partial(workshop.pipeline, cell)
            try:
                answers[cell] = answer_cell(str(cell), key, workshop.batches, make, store, progress)
            except TrainingError as error:
                plan.left_out[str(cell)] = str(error)
        sittings = ask_probes(probes, list(answers), workshop, store, progress)
    in_order = {cell: answers[cell] for cell in plan.cells if cell in answers}
    if not any(cell.can_be_served for cell in in_order):
        raise InputError(message("run.nothing_to_serve", settings.lang))
    provenance = describe_provenance(exam, workshop.model, settings)
    provenance |= {"started": started, "seconds": meter.seconds, "peak_memory_mb": meter.peak_mb}
    progress.say(message("run.judging", settings.lang))
    return assemble(run_id, exam, plan, workshop, store, in_order, probes, sittings, provenance)


def _place_in_line(cell: Cell) -> tuple[int, int]:
    """Untuned cells first, then cells of one model together: a first picture early, and each model loaded once."""
    return (BEHAVIOURS.index(cell.behaviour), CONTEXTS.index(cell.context)) if cell.is_tuned else (0, 0)


def _announce(exam: Exam, plan: Plan, settings: Settings, progress: Progress) -> None:
    """What the question set can show, before any time is spent."""
    lang = settings.lang
    unanswerable = sum(not question.answerable for question in exam.test)
    progress.say(message("plan.corpus", lang, documents=len(exam.corpus.documents), passages=len(exam.corpus.passages)))
    progress.say(
        message(
            "plan.questions",
            lang,
            test=len(exam.test),
            unanswerable=unanswerable,
            clusters=len(set(exam.clusters)),
            train=len(exam.train),
            validation=len(exam.validation),
        )
    )
    progress.say(message("plan.detectable", lang, points=round(100 * plan.detectable_difference)))
    for file in exam.corpus.skipped:
        progress.say(message("plan.skipped", lang, path=file.path, reason=file.reason))
    for cell, reason in plan.left_out.items():
        progress.say(message("plan.left_out", lang, cell=cell, reason=reason))
    for line in plan.warnings:
        progress.say(line)


def _announce_encoder(workshop: Workshop, progress: Progress) -> None:
    """Which encoder reads the documents, and why that one."""
    if workshop.search.encoder is not None:
        lang, is_chosen = workshop.settings.lang, workshop.settings.encoder == "auto"
        why = message(f"encoder.{workshop.search.corpus_language if is_chosen else 'named'}", lang)
        progress.say(message("plan.encoder", lang, encoder=workshop.search.encoder.name.split("@")[0], why=why))


def _run_id(exam: Exam, plan: Plan, model: Model, settings: Settings, probes: list[ProbeSet]) -> str:
    """Twelve digits that name everything a result depends on; the language of the report is not part of it."""
    cells = [str(cell) for cell in plan.cells]
    return key_of(
        exam=exam.key,
        cells=cells,
        model=model.sha256,
        settings=answer_settings(settings),
        probes=probes_key(probes),
        version=assay.__version__,
    )[:12]


def _write_report(finished: Finished) -> Finished:
    write_whole(finished.report, render_report(finished.result, finished.lang).encode())
    return finished
