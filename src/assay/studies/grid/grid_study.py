"""The main job: documents and questions in, a verdict and a report out. Can be killed and run again at any moment."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assay.bench.bench import Bench, open_bench
from assay.bench.progress import Progress
from assay.bench.provenance import describe_software
from assay.errors import InputError
from assay.grid.cell import Cell, parse_cells
from assay.grid.pipelines import Pipelines
from assay.judges.judge import Judge
from assay.judges.known_judges import open_judge
from assay.marks.correcting import with_marks
from assay.marks.kept_marks import load_draws, load_marks
from assay.models import Model, ScriptedModel, open_model
from assay.probes import ProbeSet
from assay.questions import Source
from assay.questions.exam import Exam, build_exam, check_order, save_exam
from assay.questions.given_answers import GivenAnswers
from assay.questions.reading_lines import reading_lines
from assay.retrieval import encoder_warning
from assay.retrieval.step import chosen_steps, step_codes
from assay.scoring.scorer import chosen_scorer
from assay.scoring.stated import states_answer
from assay.settings import as_dict
from assay.statistics.power import TYPICAL_DISAGREEMENT
from assay.studies.answer_length import accepted_answers, settle_answer_length
from assay.studies.endpoint_watch import compare_endpoint, look_at_endpoint
from assay.studies.first_check import check_reading, refuse
from assay.studies.grid.canary import hold_canary
from assay.studies.grid.disagreement import see_disagreement
from assay.studies.grid.explaining import Evidence
from assay.studies.grid.grid_plan import find_detectable, make_plan, taken_by
from assay.studies.grid.grid_result import assemble
from assay.studies.grid.judge_asking import ask_judge
from assay.studies.grid.kind import KIND
from assay.studies.grid.other_systems import add_others, count_answered, read_others
from assay.studies.grid.probing import ask_probes, collect_probes, own_probes, probes_key
from assay.studies.grid.question_check import check_exam
from assay.studies.memory_need import say_memory
from assay.studies.study import Finished, Study, ask_cells, conduct, measured
from assay.training.number_type import settle_number_type
from assay.training.search import check_installed
from assay.verdict.result import CanaryMark, Disagreement, RunResult
from assay.words import figures, message

__all__ = ["describe_provenance", "run"]

_SHOWN = 100  # characters of a reply in a warning


def run(
    documents: str | Path,
    questions: Source,
    *,
    out: str | Path = ".assay",
    cells: str | None = None,
    answers: Mapping[str, Source] | None = None,
    model: Model | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> Finished[RunResult]:
    """Put the exam to the cells of the grid and say what to do.

    Args:
        documents: a file or a folder tree.
        questions: a JSONL, JSON, YAML, CSV or XLSX file; or a list of dicts, or a pandas, polars or Arrow table.
        out: the workspace; the same call again takes up what is there.
        cells: "none/zero-shot,retrieved/tuned"; nine by default; "adaptive" stands for its row.
        answers: what other systems answered to the same questions, by their names: {"bot": "answers.jsonl"}, or rows.
            They are marked and compared like the cells; see `assay.questions.given_answers`.
        model: an opened model; by default the one that the setting `base` names.
        progress: is told what goes on; silent by default.
        **settings: see `assay.settings.Settings`; over assay.toml and ASSAY_* variables.

    Raises:
        InputError: documents, questions or settings that cannot be used; nothing has been computed then.
        MissingExtra: settings are to be searched for, and Optuna is not installed.
        EngineError: the engine or endpoint failed; what was answered is kept.
    """
    with open_bench(out, settings, progress) as bench:
        s, wanted = bench.settings, parse_cells(cells, bench.parts)
        if s.search:
            check_installed()
        taken_by(wanted, bench)
        own, scorer = own_probes(s), chosen_scorer(bench)
        chosen_steps(bench)
        check_order(documents, questions)
        asked = scorer.read(questions, s.columns)
        others = read_others(answers or {}, asked, bench.parts)
        files = [Path(source) for source in (answers or {}).values() if isinstance(source, str | Path)]
        exam = build_exam(documents, questions, bench, lambda _: asked, files, states_answer)
        bench = settle_answer_length(bench, accepted_answers(exam), exam.lang)
        opened = model or open_model(s.base, s.engine, bench.say)
        judge = open_judge(s.judge, s.engine, bench.say) if s.judge else None
        bench = settle_number_type(bench) if any(cell.is_tuned for cell in wanted) else bench
        return conduct(_Grid(exam, wanted, opened, own, others, judge, bench), bench)


class _Grid(Study[RunResult, Cell]):
    """The exam of a grid."""

    kind = KIND

    def __init__(
        self,
        exam: Exam,
        cells: Sequence[Cell],
        model: Model,
        own: list[ProbeSet],
        others: Mapping[str, GivenAnswers],
        judge: Judge | None,
        bench: Bench,
    ) -> None:
        self._exam, self._model, self._others, self._judge, self._bench = exam, model, others, judge, bench
        self._n_answered = {name: count_answered(name, given, exam) for name, given in others.items()}
        self.plan = make_plan(exam, cells, model, bench)
        is_tuned = any(cell.is_tuned for cell in self.plan.cells)
        self._probes = collect_probes(exam, bench.settings, own) if is_tuned else []
        self.plan.warnings.extend(self._missing_answers())

    def names(self) -> dict[str, Any]:
        """Exam, weights and probes; the code of parts from outside, and the answers of other systems."""
        outside = [*chosen_scorer(self._bench).key, *step_codes(self._bench).values()]
        code = [*(code for cell in self.plan.cells for code in cell.code), *outside]
        names = {"exam": self._exam.key, "model": self._model.sha256, "probes": probes_key(self._probes)}
        others = {name: given.key for name, given in self._others.items()}
        more = {"code": code, "others": others, "taken": taken_by(self.plan.cells, self._bench)}
        return names | {name: value for name, value in more.items() if value}

    def announce(self) -> None:
        """What the question set can show, before any time is spent."""
        exam, say = self._exam, self._bench.say
        say("plan.corpus", documents=len(exam.corpus.documents), passages=len(exam.corpus.passages))
        for line in reading_lines(exam.questions.reading, self._bench.settings.lang):
            self._bench.progress.say(line)
        say(
            "plan.questions",
            test=len(exam.test),
            unanswerable=sum(not question.answerable for question in exam.test),
            clusters=exam.n_sources,
            train=len(exam.train),
            validation=len(exam.validation),
        )
        self._say_detectable(Disagreement(TYPICAL_DISAGREEMENT, 0))
        say(f"plan.about.{self._bench.settings.generalise}")
        warning = say_memory(self._model, any(cell.is_tuned for cell in self.plan.cells), self._bench)
        self.plan.warnings.extend([warning] if warning else [])
        for name, n_answered in self._n_answered.items():
            say("plan.other", name=name, n=n_answered, of=len(exam.test))
        for file in exam.corpus.skipped:
            say("plan.skipped", path=file.path, reason=file.reason)

    def keep(self, folder: Path) -> None:
        """The exam, so that its cells can be asked again."""
        save_exam(self._exam, folder / "exam.json")

    def hold(self, run_id: str) -> RunResult:
        """Every cell asked, every model probed, all of it judged."""
        exam, bench, plan = self._exam, self._bench, self.plan
        pipelines = Pipelines(exam, self._model, bench)
        pipelines.check_window()
        self._check_reading(pipelines)
        if bench.settings.first_check != "off":
            look_at_endpoint(pipelines)
        self._announce_encoder(pipelines)
        seen = see_disagreement(plan.cells, pipelines)
        if seen is not None:
            plan = self.plan = replace(plan, detectable_difference=find_detectable(exam, plan.cells, bench, seen.share))
            self._say_detectable(seen)
        started = time.time()
        answers, meter = ask_cells(sorted(plan.cells, key=_place_in_line), pipelines, plan, bench)
        self._compare_endpoint(pipelines)
        sittings = ask_probes(self._probes, list(answers), pipelines)
        if not any(cell.can_be_served for cell in answers):
            raise InputError(message("run.nothing_to_serve", bench.settings.lang))
        provenance = describe_provenance(exam, self._model, bench) | measured(meter, started)
        if self._others:
            provenance["other_systems"] = {name: [given.source, given.key] for name, given in self._others.items()}
        bench.say("run.judging")
        told = Evidence(
            check_exam(exam, pipelines, any(cell.searches for cell in answers)), self._canary(pipelines, answers)
        )
        result = assemble(run_id, exam, plan, pipelines, answers, self._probes, sittings, provenance, told)
        result = replace(result, disagreement=seen)
        pipelines.let_engine_go()  # a judge may need the memory
        return add_others(result, self._others, exam, chosen_scorer(bench), bench.settings)

    def complete(self, result: RunResult, folder: Path) -> RunResult:
        """The result with what the judge says, if one is set, and what people's marks make of it all."""
        s, judge = self._bench.settings, self._judge
        said = ask_judge(judge, result, self._bench) if judge else None
        judged = replace(result, judge=said, settings=_with_judge(result.settings, as_dict(s)["judge"]))
        return with_marks(judged, load_draws(folder), load_marks(folder), self._exam.sampling(s.generalise))

    def _say_detectable(self, disagreement: Disagreement) -> None:
        """What differences the exam can show, and on what that rests: on n validation questions, or on nothing yet."""
        self._bench.say(
            "plan.detectable_seen" if disagreement.n else "plan.detectable",
            points=round(100 * self.plan.detectable_difference),
            share=figures.percent(disagreement.share),
            n=disagreement.n,
        )

    def _canary(self, pipelines: Pipelines, cells: Iterable[Cell]) -> list[CanaryMark]:
        """Known questions, where models are checked at all."""
        if self._bench.settings.first_check == "off" or isinstance(self._model, ScriptedModel):
            return []
        return hold_canary(list(cells), pipelines)

    def _missing_answers(self) -> list[str]:
        """A sentence for each other system that did not answer everything."""
        of, lang = len(self._exam.test), self._bench.settings.lang
        return [
            message("warning.other_missing", lang, name=name, n=of - n, of=of)
            for name, n in self._n_answered.items()
            if n < of
        ]

    def _check_reading(self, pipelines: Pipelines) -> None:
        """Stop before long work for a model that cannot read, unless it is to learn that; say what it cannot speak."""
        s, lang = self._bench.settings, self._exam.lang
        if s.first_check == "off" or isinstance(self._model, ScriptedModel):
            return
        found = check_reading(pipelines.base_engine(), lang)
        self._bench.say("plan.first_check", model=self._model.name, right=found.n_right, n=found.n)
        if found.can_read:
            return
        english = found if lang == "en" else check_reading(pipelines.base_engine(), "en")
        learns = any(cell.is_tuned for cell in self.plan.cells)
        if not english.can_read and not learns:
            raise refuse(self._model.name, found)
        key = "warning.foreign_language" if english.can_read else "warning.no_reader"
        told = message(key, s.lang, model=self._model.name, right=found.n_right, n=found.n, reply=found.reply[:_SHOWN])
        self.plan.warnings.append(told)
        self._bench.progress.say(told)

    def _compare_endpoint(self, pipelines: Pipelines) -> None:
        """Say where another model seems to answer behind an endpoint's name than did at first."""
        turned = compare_endpoint(self._model.name, pipelines) if self._bench.settings.first_check != "off" else None
        if turned is not None:
            self.plan.warnings.append(turned)
            self._bench.progress.say(turned)

    def _announce_encoder(self, pipelines: Pipelines) -> None:
        """Which encoder reads the documents, and why that one; what is missing without one."""
        if not any(cell.searches for cell in self.plan.cells):
            return
        encoder, lang = pipelines.search.encoder, pipelines.search.corpus_language
        warning = encoder_warning(encoder, self._bench.settings.lang)
        if warning:
            self.plan.warnings.append(warning)
            self._bench.progress.say(warning)
        if encoder is not None:
            why = lang if self._bench.settings.encoder == "auto" else "named"
            told = message(f"encoder.{why}", self._bench.settings.lang)
            self._bench.say("plan.encoder", encoder=encoder.name.split("@")[0], why=told)


def _with_judge(settings: dict[str, Any], judge: str) -> dict[str, Any]:
    """The settings of a result with the judge that is asked now, if it is another one than was."""
    return settings | {"judge": judge} if judge != settings.get("judge", "") else settings


def _place_in_line(cell: Cell) -> tuple[float, float]:
    """Untuned cells first, then cells of one model together: a first picture early, and each model loaded once."""
    return (cell.column.place, cell.row.place) if cell.is_tuned else (0, 0)


def describe_provenance(exam: Exam, model: Model, bench: Bench) -> dict[str, Any]:
    """Hashes of data and weights, versions of the libraries that numbers depend on, the seed and the machine."""
    return {
        "weights_sha256": model.sha256,
        "questions_sha256": exam.questions.sha256,
        "corpus_sha256": exam.corpus.sha256,
        "exam": exam.key,
        "seed": bench.settings.seed,
        **describe_software(),
    }
