"""Labelled texts in, a verdict and a report out. Can be killed and run again at any moment."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assay.bench.bench import open_bench
from assay.bench.parts import blaming_parts
from assay.bench.progress import Progress
from assay.bench.provenance import describe_software
from assay.errors import InputError
from assay.models import Model, open_model
from assay.retrieval.encoder import load_encoder_parts
from assay.statistics.power import TYPICAL_DISAGREEMENT
from assay.studies.answer_length import settle_answer_length
from assay.studies.labels.kind import KIND
from assay.studies.labels.label_exam import build_label_exam, save_label_exam
from assay.studies.labels.label_judging import judge_labels, mark_ways
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.label_plan import make_label_plan, parse_ways
from assay.studies.labels.learning import draw_curves
from assay.studies.labels.way import Way
from assay.studies.study import Finished, Study, ask_cells, conduct, measured
from assay.tasks import Task, choose_tasks
from assay.training.number_type import settle_number_type
from assay.verdict.label_result import LabelResult
from assay.words import figures, spoken

__all__ = ["label"]


def label(
    texts: str | Path,
    *,
    task: str | None = None,
    out: str | Path = ".assay",
    cells: str | None = None,
    model: Model | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> Finished[LabelResult]:
    """Put the same labelled texts to every way of labelling and say which to use.

    Args:
        texts: a JSONL, CSV or XLSX file of texts with labels or entities, or a folder with one, or with train and test.
        task: the name of what is asked of a text; by default what the columns of the file tell.
        out: the workspace; the same call again takes up what is there.
        cells: "none/zero-shot,none/tuned-encoder"; all but retrieved/tuned by default.
        model: an opened model; by default the one that the setting `base` names.
        progress: is told what goes on; silent by default.
        **settings: see `assay.settings.Settings`; over assay.toml and ASSAY_* variables.

    Raises:
        InputError: texts or settings that cannot be used; nothing has been computed then.
        PartError: a task or a way from outside failed; nothing has been computed then.
        EngineError: the engine or endpoint failed; what was answered is kept.
    """
    with open_bench(out, settings, progress) as bench:
        s = bench.settings
        ways = parse_ways(cells, bench.parts.of(Way))
        tasks = choose_tasks(task, bench.parts.of(Task))
        with blaming_parts(*tasks.values()):
            exam = build_label_exam(Path(texts), tasks, s)
        ways = ways if cells else tuple(way for way in ways if way.fits(exam.task))
        bench = settle_answer_length(bench, (), "en")  # of replies that the task gives no length
        if any(way.asks_model for way in ways):
            model = model or open_model(s.base, s.engine, bench.say)
        bench = settle_number_type(bench) if any(way.tuning is not None and way.asks_model for way in ways) else bench
        parts = load_encoder_parts(s.encoder, exam.lang) if any(way.tunes_encoder for way in ways) else None
        with blaming_parts():
            study = _Labels(ways, LabelMaker(exam, model, parts, bench))
        return conduct(study, bench)


class _Labels(Study[LabelResult, Way]):
    """The exam of texts."""

    kind = KIND

    def __init__(self, ways: Sequence[Way], maker: LabelMaker) -> None:
        self._ways, self._maker, self._exam, self._bench = ways, maker, maker.exam, maker.bench
        self.plan = make_label_plan(ways, maker)

    def names(self) -> dict[str, Any]:
        """Exam and weights."""
        encoders = sorted({way.encoder(self._maker) for way in self.plan.cells} - {""})
        read_with = {"read_with": encoders} if encoders else {}  # runs from before have no word of it
        return {"exam": self._exam.key, **self._maker.weights, **read_with}

    def announce(self) -> None:
        """What the texts can show, before any time is spent."""
        exam, s = self._exam, self._bench.settings
        told = spoken(
            exam.task.announcement,
            s.lang,
            asked=len(exam.test),
            test=len(exam.labelled.of_split("test")),
            names=len(exam.names),
            train=len(exam.train),
            validation=len(exam.validation),
        )
        self._bench.progress.say(told)
        points, share = round(100 * self.plan.detectable_difference), figures.percent(TYPICAL_DISAGREEMENT)
        self._bench.say("plan.detectable", points=points, share=share)

    def keep(self, folder: Path) -> None:
        """The exam, so that its ways can be asked again; of a run that an earlier version finished, too."""
        if not self.plan.cells:
            raise InputError("\n".join(f"{way}: {reason}" for way, reason in self.plan.left_out.items()))
        save_label_exam(self._exam, folder / "exam.json")

    def hold(self, run_id: str) -> LabelResult:
        """Every way asked and judged."""
        exam, plan, maker = self._exam, self.plan, self._maker
        started = time.time()
        answers, meter = ask_cells(plan.cells, maker, plan, self._bench)
        marks = mark_ways(exam, answers, plan, self._bench)
        provenance = {
            "weights_sha256": maker.model.sha256 if any(way.asks_model for way in marks) else "",
            "texts_sha256": exam.labelled.sha256,
            "exam": exam.key,
            "seed": self._bench.settings.seed,
            **describe_software(),
            **measured(meter, started),
        }
        return judge_labels(run_id, self._ways, plan, maker, answers, marks, provenance)

    def complete(self, result: LabelResult, folder: Path) -> LabelResult:
        """The result with what more texts to learn from would bring, or why that is not told."""
        asked = {one.way for one in result.ways}
        curves, why_none = draw_curves([way for way in self.plan.cells if str(way) in asked], self._maker)
        wanted = {"learning_curve": self._bench.settings.learning_curve}
        return replace(result, learning=curves, no_curve=why_none, settings=result.settings | wanted)
