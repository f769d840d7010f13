"""Hand a tuned model on: written in a format, asked the validation questions, refused if it is not the one measured."""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from assay.bench.progress import Progress, usual_progress
from assay.errors import ExportRefused, InputError, NotFound
from assay.exporting.adapter import AdapterFormat
from assay.exporting.card import CardFacts, render_card
from assay.exporting.gguf import GGUFFormat
from assay.exporting.merged import MergedFormat
from assay.exporting.ollama import OllamaFormat
from assay.exporting.openvino import OpenVINOFormat
from assay.exporting.parity import (
    ENOUGH,
    Parity,
    ask_exported,
    ask_trained,
    between,
    compare,
    parity_questions,
    points,
    why_refused,
)
from assay.exporting.tuned_weights import Format, Tuned
from assay.grid.cell import Cell
from assay.models import LocalModel
from assay.models.cache import hash_files
from assay.models.licence import licence_files, licence_of
from assay.privacy import hub_closed
from assay.scoring.scorer import chosen_scorer
from assay.serving.measured_run import FinishedRun
from assay.settings import Settings, load_settings
from assay.words import message

__all__ = ["FORMATS", "Exported", "export_run"]

FORMATS: dict[str, Format] = {
    format.name: format for format in (AdapterFormat(), MergedFormat(), OpenVINOFormat(), GGUFFormat(), OllamaFormat())
}
_PARITY = "parity.json"


@dataclass(frozen=True)
class Exported:
    """An artifact that answers like the trained model."""

    cell: str
    folder: Path
    parity: Parity

    @property
    def size_mb(self) -> float:
        """Of all its files."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file()) / 1e6


@hub_closed()
def export_run(
    finished: FinishedRun,
    to: str,
    *,
    bits: int | None = None,
    cell: str | None = None,
    folder: str | Path | None = None,
    differing: float | None = None,
    llama_cpp: str | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write a tuned cell of a finished run in a format, check that it answers like the cell, and describe it.

    Args:
        finished: the run, as `assay.load` gives it.
        to: adapter, merged, openvino, gguf or ollama.
        bits: width of the weights, where the format has a choice.
        cell: which one; by default the recommended one.
        folder: a folder that is not there yet; by default one in the workspace.
        differing: overrides the setting `export_differing`.
        llama_cpp: overrides the setting `llama_cpp`.
        progress: is told what goes on; silent by default.

    Raises:
        InputError: an unknown format, a width that it has not, a cell with nothing to export, a folder that is there.
        ExportRefused: the artifact does not answer like the trained model; it lies beside `folder`, as ….refused.
    """
    kind, told = _format(to), progress or usual_progress()
    width = _width(kind, bits)
    chosen = tuned_cell(finished, cell)
    settings = load_settings({"export_differing": differing, "llama_cpp": llama_cpp}, environ=os.environ)
    target = Path(folder) if folder else _default_folder(finished, chosen, kind, width)
    _check_free(target)
    tuned = open_tuned(finished, chosen, settings)
    part = _with_ending(target, ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        parity = _make(finished, chosen, tuned, kind, width, part, told)
        reasons = _judge(finished, parity, settings, told)
        _describe(finished, chosen, tuned, kind, width, parity, reasons, part)
        if reasons:
            _refuse(part, target, reasons, finished.pipelines.settings.lang)
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Exported(str(chosen), target, parity)


def tuned_cell(finished: FinishedRun, name: str | None) -> Cell:
    """The cell of a name, the recommended one by default.

    Raises:
        InputError: one that was not tuned, or that is made of two models.
        NotFound: one that was not run, or whose weights are not there any more.
    """
    result, cell = finished.result, finished.find_cell(name)
    there = [one for one in finished.cells.values() if one.is_tuned]
    fit = [str(one) for one in there if one.tuned_model and one.can_be_served]
    others = (
        f"These cells can be exported: {', '.join(fit)} (--cell)" if fit else "This run has no tuned cell to export"
    )
    if not cell.is_tuned:
        who = "the recommended cell" if name is None else "this cell"
        raise InputError(
            f"{who}, {cell}, was not tuned: its model is {result.base} as it is. Its prompt and its search make it "
            f"what it is, and assay ask serves them. {others}"
        )
    if str(cell) not in fit:
        why = "is made of two models" if cell.can_be_served else "is never served"
        raise NotFound(f"{cell} {why if cell in there else 'was not run'}. {others}")
    return cell


def open_tuned(finished: FinishedRun, cell: Cell, settings: Settings) -> Tuned:
    """The base model and what was trained for a cell.

    Raises:
        NotFound: it is not in the workspace any more.
        InputError: a base model that is not on this machine.
    """
    pipelines = finished.pipelines
    if not isinstance(pipelines.model, LocalModel):
        raise InputError(f"{pipelines.model.name} cannot be exported: {pipelines.model.why_not_tunable}")
    gone = NotFound(f"what was trained for {cell} is not in this workspace any more: run the same line again")
    model = cell.tuned_model
    if model is None or not pipelines.adapters.are_trained([model]):
        raise gone
    trained = pipelines.adapters.folder(model, pipelines.let_engine_go)
    if not list(trained.glob("*.safetensors")):
        raise gone
    return Tuned(pipelines.model, trained, pipelines.settings.max_new_tokens, settings.llama_cpp)


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise InputError(f'unknown format "{name}": --to takes {", ".join(FORMATS)}')
    return FORMATS[name]


def _width(format: Format, bits: int | None) -> int:
    """The width asked for, or the usual one; 0 where there is no choice."""
    if bits is None:
        return format.bits[0] if format.bits else 0
    if bits not in format.bits:
        choice = " or ".join(map(str, format.bits)) if format.bits else "no --bits: it keeps the base's precision"
        raise InputError(f"{format.name} takes {choice}, got --bits {bits}")
    return bits


def _default_folder(finished: FinishedRun, cell: Cell, format: Format, bits: int) -> Path:
    name = f"{finished.result.run_id}-{cell.row.name}-{format.name}{f'-{bits}bit' if bits else ''}"
    return finished.report.parents[2] / "exports" / name


def _check_free(folder: Path) -> None:
    if folder.exists():
        raise InputError(f"{folder} is there already: remove it, or give another --folder")
    refused = _with_ending(folder, ".refused")
    if refused.exists() and not (refused / _PARITY).is_file():
        raise InputError(f"{refused} is there already and no refused export: give another --folder")


def _with_ending(folder: Path, ending: str) -> Path:
    return folder.with_name(folder.name + ending)


def _make(
    finished: FinishedRun, cell: Cell, tuned: Tuned, format: Format, bits: int, folder: Path, progress: Progress
) -> Parity:
    """Write the artifact to `folder` and ask it what the trained model was asked."""
    pipelines = finished.pipelines
    lang, seed = pipelines.settings.lang, pipelines.settings.seed
    progress.say(message("export.writing", lang, format=format.name))
    format.write(tuned, folder, bits)
    questions = parity_questions(pipelines.exam, seed)
    trained = ask_trained(pipelines, cell, questions, progress)
    engine = format.load(tuned, folder, bits)
    name = message("export.exported", lang, format=format.name)
    exported = ask_exported(pipelines, pipelines.pipeline_on(engine, cell), questions, name, progress)
    generalise = pipelines.settings.generalise
    return compare(questions, trained, exported, engine.name, seed, chosen_scorer(pipelines.bench), generalise)


def _judge(finished: FinishedRun, parity: Parity, settings: Settings, progress: Progress) -> list[str]:
    """Say how the exam went; the reasons to refuse."""
    lang, most = finished.pipelines.settings.lang, settings.export_differing
    if parity.n < ENOUGH:
        progress.say(message("export.few", lang, n=parity.n))
    progress.say(
        message(
            "export.parity",
            lang,
            n=parity.n,
            engine=parity.engine,
            exported=points(parity.exported.value),
            trained=points(parity.trained.value),
            difference=points(parity.difference.value),
            between=between(parity.difference, lang),
            differing=points(parity.differing),
            most=points(most),
        )
    )
    return why_refused(parity, finished.pipelines.settings.margin, most, lang)


def _describe(
    finished: FinishedRun,
    cell: Cell,
    tuned: Tuned,
    format: Format,
    bits: int,
    parity: Parity,
    reasons: list[str],
    folder: Path,
) -> None:
    """Put the card, the licence texts and parity.json into the artifact."""
    pipelines = finished.pipelines
    found = pipelines.prompt_choice(cell)
    facts = CardFacts(
        result=finished.result,
        cell=cell,
        tuned=tuned,
        format=format,
        bits=bits,
        licence=licence_of(tuned.base, pipelines.settings.base),
        prompt=found.prompt if found is not None and found.is_accepted else None,
        lang=pipelines.exam.lang,
        training=finished.training_log(cell),
        trained_sha256=hash_files(sorted(tuned.trained.glob("*.safetensors"))),
        parity=parity,
        refused=reasons,
    )
    (folder / "README.md").write_text(render_card(facts), encoding="utf-8")
    (folder / _PARITY).write_text(json.dumps(asdict(parity), indent=1), encoding="utf-8")
    for path in licence_files(tuned.base):
        shutil.copyfile(path, folder / path.name)


def _refuse(part: Path, target: Path, reasons: list[str], lang: str) -> None:
    refused = _with_ending(target, ".refused")
    shutil.rmtree(refused, ignore_errors=True)
    part.rename(refused)
    joined = message("list.semicolon", lang).join(reasons)
    raise ExportRefused(message("export.refused", lang, reasons=joined, folder=refused))
