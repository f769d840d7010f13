"""Labelled texts in, a verdict and a report out. Can be killed and run again at any moment."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.bench.bench import Bench, open_bench
from assay.bench.progress import Progress
from assay.bench.provenance import describe_software
from assay.errors import InputError
from assay.grid.cell import Cell
from assay.labelling.assemble import assemble_labels
from assay.labelling.exam import LabelExam, build_label_exam, save_label_exam
from assay.labelling.finished import FinishedLabels
from assay.labelling.plan import asks_model, make_label_plan, parse_ways
from assay.labelling.workshop import LabelWorkshop
from assay.models import Model, open_model
from assay.report.label_page import render_label_report
from assay.retrieval.encoder import load_parts
from assay.studies.study import ask_cells, conduct, measured
from assay.verdict.label_result import dump_label_result, parse_label_result

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
    ways = parse_ways(cells)
    with open_bench(out, settings, progress) as bench:
        s = bench.settings
        exam = build_label_exam(Path(texts), s)
        if any(asks_model(way) for way in ways):
            model = model or open_model(s.base, s.engine, bench.progress.say)
        parts = load_parts(s.encoder, exam.lang) if any(not asks_model(way) for way in ways) else None
        folder = conduct(_Labels(exam, ways, model, parts, bench), bench)
        return FinishedLabels(folder, bench.workspace, s.lang, model)


class _Labels:
    """The exam of label and entity tasks; implements `Study`."""

    kind = "labels"

    def __init__(
        self, exam: LabelExam, ways: tuple[Cell, ...], model: Model | None, parts: "BertParts | None", bench: Bench
    ) -> None:
        self._exam, self._model, self._parts, self._bench = exam, model, parts, bench
        self.plan = make_label_plan(exam, ways, model, parts, bench.settings.lang)

    def names(self) -> dict[str, Any]:
        """Exam and weights."""
        model = self._model.sha256 if self._model is not None else ""
        return {"exam": self._exam.key, "model": model, "encoder": self._parts.name if self._parts is not None else ""}

    def announce(self) -> None:
        """What the texts can show, before any time is spent."""
        exam = self._exam
        self._bench.say(
            f"plan.{exam.task}",
            asked=len(exam.test),
            test=len(exam.labelled.of_split("test")),
            names=len(exam.names),
            train=len(exam.train),
            validation=len(exam.validation),
        )
        self._bench.say("plan.detectable", points=round(100 * self.plan.detectable_difference))

    def keep(self, folder: Path) -> None:
        """The exam, so that its ways can be asked again; of a run that an earlier version finished, too."""
        if not self.plan.cells:
            raise InputError("\n".join(f"{way}: {reason}" for way, reason in self.plan.left_out.items()))
        save_label_exam(self._exam, folder / "exam.json")

    def hold(self, run_id: str) -> bytes:
        """Every way asked and judged."""
        exam, plan, b = self._exam, self.plan, self._bench
        workshop = LabelWorkshop(exam, self._model, self._parts, b.settings, b.workspace, b.store, b.progress)
        started = time.time()
        answers, meter = ask_cells(plan.cells, workshop, plan, b)
        provenance = {
            "weights_sha256": workshop.model.sha256 if any(asks_model(way) for way in answers) else "",
            "texts_sha256": exam.labelled.sha256,
            "exam": exam.key,
            "seed": b.settings.seed,
            **describe_software(),
            **measured(meter, started),
        }
        return dump_label_result(assemble_labels(run_id, exam, plan, workshop, b.store, answers, provenance))

    def render(self, result: bytes) -> str:
        """The report."""
        return render_label_report(parse_label_result(result), self._bench.settings.lang)
