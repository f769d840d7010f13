"""The main job: documents and questions in, a verdict and a report out. Can be killed and run again at any moment."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.bench.bench import Bench, open_bench
from assay.bench.progress import Progress
from assay.bench.provenance import describe_provenance
from assay.errors import InputError
from assay.grid.cell import BEHAVIOURS, CONTEXTS, Cell, parse_cells
from assay.grid.pipelines import Workshop
from assay.models import Model, open_model
from assay.probes import ProbeSet
from assay.questions.exam import Exam, build_exam, save_exam
from assay.report import render_report
from assay.retrieval import encoder_warning
from assay.studies.grid.assemble import assemble
from assay.studies.grid.plan import make_plan
from assay.studies.grid.probing import ask_probes, collect_probes, own_probes, probes_key
from assay.studies.study import ask_cells, conduct, measured
from assay.training.search import check_installed
from assay.verdict.result import RunResult, dump_result, load_result, parse_result
from assay.words import message

__all__ = ["Finished", "run"]


@dataclass(frozen=True)
class Finished:
    """A finished run: its result, where its report lies, and the report's language."""

    result: RunResult
    folder: Path
    lang: str

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
    with open_bench(out, settings, progress) as bench:
        s = bench.settings
        if s.search:
            check_installed()
        own = own_probes(s)
        exam = build_exam(Path(documents), Path(questions), s, bench.workspace, bench.progress)
        grid = _Grid(exam, wanted, model or open_model(s.base, s.engine, bench.progress.say), own, bench)
        folder = conduct(grid, bench)
        return Finished(load_result(folder / "result.json"), folder, s.lang)


class _Grid:
    """The exam of a grid; implements `Study`."""

    kind = "runs"

    def __init__(self, exam: Exam, cells: tuple[Cell, ...], model: Model, own: list[ProbeSet], bench: Bench) -> None:
        self._exam, self._model, self._bench = exam, model, bench
        self.plan = make_plan(exam, cells, model, bench.settings.lang, bench.settings.search)
        is_tuned = any(cell.is_tuned for cell in self.plan.cells)
        self._probes = collect_probes(exam, bench.settings, own) if is_tuned else []

    def names(self) -> dict[str, Any]:
        """Exam, weights and probes."""
        return {"exam": self._exam.key, "model": self._model.sha256, "probes": probes_key(self._probes)}

    def announce(self) -> None:
        """What the question set can show, before any time is spent."""
        exam, say = self._exam, self._bench.say
        say("plan.corpus", documents=len(exam.corpus.documents), passages=len(exam.corpus.passages))
        say(
            "plan.questions",
            test=len(exam.test),
            unanswerable=sum(not question.answerable for question in exam.test),
            clusters=len(set(exam.clusters)),
            train=len(exam.train),
            validation=len(exam.validation),
        )
        say("plan.detectable", points=round(100 * self.plan.detectable_difference))
        for file in exam.corpus.skipped:
            say("plan.skipped", path=file.path, reason=file.reason)

    def keep(self, folder: Path) -> None:
        """The exam, so that its cells can be asked again."""
        save_exam(self._exam, folder / "exam.json")

    def hold(self, run_id: str) -> bytes:
        """Every cell asked, every model probed, all of it judged."""
        exam, bench, plan = self._exam, self._bench, self.plan
        workshop = Workshop(exam, self._model, bench.settings, bench.workspace, bench.store, bench.progress)
        workshop.check_window()
        self._announce_encoder(workshop)
        started = time.time()
        answers, meter = ask_cells(sorted(plan.cells, key=_place_in_line), workshop, plan, bench)
        sittings = ask_probes(self._probes, list(answers), workshop, bench.store, bench.progress)
        if not any(cell.can_be_served for cell in answers):
            raise InputError(message("run.nothing_to_serve", bench.settings.lang))
        provenance = describe_provenance(exam, self._model, bench.settings) | measured(meter, started)
        bench.say("run.judging")
        result = assemble(run_id, exam, plan, workshop, bench.store, answers, self._probes, sittings, provenance)
        return dump_result(result)

    def render(self, result: bytes) -> str:
        """The report."""
        return render_report(parse_result(result), self._bench.settings.lang)

    def _announce_encoder(self, workshop: Workshop) -> None:
        """Which encoder reads the documents, and why that one; what is missing without one."""
        if not any(part.context == "retrieved" for cell in self.plan.cells for part in cell.parts):
            return
        encoder, lang = workshop.search.encoder, workshop.search.corpus_language
        warning = encoder_warning(encoder, lang)
        self.plan.warnings.extend([warning] if warning else [])
        if encoder is not None:
            why = lang if self._bench.settings.encoder == "auto" else "named"
            told = message(f"encoder.{why}", self._bench.settings.lang)
            self._bench.say("plan.encoder", encoder=encoder.name.split("@")[0], why=told)


def _place_in_line(cell: Cell) -> tuple[int, int]:
    """Untuned cells first, then cells of one model together: a first picture early, and each model loaded once."""
    return (BEHAVIOURS.index(cell.behaviour), CONTEXTS.index(cell.context)) if cell.is_tuned else (0, 0)
