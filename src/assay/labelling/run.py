"""Labelled texts in, a verdict and a report out. Can be killed and run again at any moment."""

import os
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import assay
from assay.bench.keys import answer_settings, key_of
from assay.bench.meter import Meter
from assay.bench.progress import Progress, Silent
from assay.bench.provenance import describe_software
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.bench.writing import write_whole
from assay.errors import InputError, TrainingError
from assay.grid.answering import answer_cell
from assay.grid.cell import Cell
from assay.labelling.assemble import assemble_labels
from assay.labelling.exam import LabelExam, build_label_exam, save_label_exam
from assay.labelling.finished import FinishedLabels
from assay.labelling.plan import asks_model, make_label_plan, parse_ways
from assay.labelling.workshop import LabelWorkshop
from assay.models import Model, open_model
from assay.report.label_page import render_label_report
from assay.retrieval.encoder import load_parts
from assay.settings import Settings, load_settings
from assay.studies.grid.assemble import Answered
from assay.studies.grid.plan import Plan
from assay.verdict.label_result import LabelResult, save_label_result
from assay.verdict.messages import message

if TYPE_CHECKING:
    from assay.retrieval.bert_encoder import BertParts

__all__ = ["label"]


def label(
    texts: str | Path,
    *,
    out: str | Path = ".assay",
    cells: str | None = None,
    model: Model | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> FinishedLabels:
    """Put the same labelled texts to every way of labelling and say which to use.

    Args:
        texts: a JSONL, CSV or XLSX file of texts with labels or entities, or a folder with one, or with train and test.
        out: the workspace; the same call again takes up what is there.
        cells: "none/zero-shot,none/tuned-encoder"; all but retrieved/tuned by default.
        model: an opened model; by default the one that the setting `base` names.
        progress: is told what goes on; silent by default.
        **settings: see `assay.settings.Settings`; over assay.toml and ASSAY_* variables.

    Raises:
        InputError: texts or settings that cannot be used; nothing has been computed then.
        EngineError: the engine or endpoint failed; what was answered is kept.
    """
    wanted = parse_ways(cells)
    chosen = load_settings(settings, environ=os.environ)
    told = progress or Silent()
    workspace = Workspace(Path(out))
    exam = build_label_exam(Path(texts), chosen)
    workspace.create()
    with workspace.lock():
        return _run(exam, wanted, chosen, model, workspace, told)


def _run(
    exam: LabelExam,
    ways: tuple[Cell, ...],
    settings: Settings,
    model: Model | None,
    workspace: Workspace,
    progress: Progress,
) -> FinishedLabels:
    if any(asks_model(way) for way in ways):
        model = model or open_model(settings.base, settings.engine, progress.say)
    parts = load_parts(settings.encoder, exam.lang) if any(not asks_model(way) for way in ways) else None
    plan = make_label_plan(exam, ways, model, parts, settings.lang)
    _announce(exam, plan, settings, progress)
    if not plan.cells:
        raise InputError("\n".join(f"{way}: {reason}" for way, reason in plan.left_out.items()))
    run_id = _run_id(exam, plan, model, parts, settings)
    folder = workspace.label_folder(run_id)
    save_label_exam(exam, folder / "exam.json")  # of a run that an earlier version finished, too
    if (folder / "result.json").is_file():
        progress.say(message("run.finished_before", settings.lang))
        return _write_report(FinishedLabels(folder, workspace, settings.lang, model))
    store = Store(settings.database or workspace.database_url)
    try:
        workshop = LabelWorkshop(exam, model, parts, settings, workspace, store, progress)
        result = _sit_exam(run_id, plan, workshop, store, progress)
    finally:
        store.close()
    save_label_result(result, folder / "result.json")
    return _write_report(FinishedLabels(folder, workspace, settings.lang, model))


def _sit_exam(run_id: str, plan: Plan, workshop: LabelWorkshop, store: Store, progress: Progress) -> LabelResult:
    answers: dict[Cell, Answered] = {}
    started = time.time()
    with Meter() as meter:
        for way in plan.cells:
            key, make = workshop.way_key(way), partial(workshop.pipeline, way)
            try:
                answers[way] = answer_cell(str(way), key, workshop.batches, make, store, progress)
            except TrainingError as error:
                plan.left_out[str(way)] = str(error)
    if not answers:
        raise InputError("\n".join(f"{way}: {reason}" for way, reason in plan.left_out.items()))
    exam = workshop.exam
    provenance = {
        "weights_sha256": workshop.model.sha256 if any(asks_model(way) for way in answers) else "",
        "texts_sha256": exam.labelled.sha256,
        "exam": exam.key,
        "seed": workshop.settings.seed,
        **describe_software(),
        "started": started,
        "seconds": meter.seconds,
        "peak_memory_mb": meter.peak_mb,
    }
    return assemble_labels(run_id, exam, plan, workshop, store, answers, provenance)


def _announce(exam: LabelExam, plan: Plan, settings: Settings, progress: Progress) -> None:
    """What the texts can show, before any time is spent."""
    lang = settings.lang
    progress.say(
        message(
            f"plan.{exam.task}",
            lang,
            asked=len(exam.test),
            test=len(exam.labelled.of_split("test")),
            names=len(exam.names),
            train=len(exam.train),
            validation=len(exam.validation),
        )
    )
    progress.say(message("plan.detectable", lang, points=round(100 * plan.detectable_difference)))
    for way, reason in plan.left_out.items():
        progress.say(message("plan.left_out", lang, cell=way, reason=reason))
    for line in plan.warnings:
        progress.say(line)


def _run_id(exam: LabelExam, plan: Plan, model: Model | None, parts: "BertParts | None", settings: Settings) -> str:
    """Twelve digits that name everything a result depends on; the language of the report is not part of it."""
    return key_of(
        exam=exam.key,
        ways=[str(way) for way in plan.cells],
        model=model.sha256 if model is not None else "",
        encoder=parts.name if parts is not None else "",
        settings=answer_settings(settings),
        version=assay.__version__,
    )[:12]


def _write_report(finished: FinishedLabels) -> FinishedLabels:
    write_whole(finished.report, render_label_report(finished.result, finished.lang).encode())
    return finished
