"""Which base model: candidates in, the one or two that a whole grid is worth while for out. Asks no test question."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assay.bench.bench import Bench, open_bench
from assay.bench.meter import Meter
from assay.bench.progress import Progress
from assay.bench.provenance import describe_software
from assay.errors import InputError
from assay.grid.pipelines import Pipelines
from assay.masking import mask
from assay.models import ScriptedModel
from assay.models.base_facts import BaseFacts
from assay.questions import Source
from assay.questions.exam import Exam, build_exam, check_order
from assay.questions.reading_lines import reading_lines
from assay.retrieval.step import chosen_steps, step_codes
from assay.scoring.scorer import chosen_scorer
from assay.scoring.stated import states_answer
from assay.studies.answer_length import accepted_answers, settle_answer_length
from assay.studies.bases.base_judging import Met, judge_bases
from assay.studies.bases.candidates import Candidate, open_candidates
from assay.studies.bases.harm_asked import count_declined
from assay.studies.bases.kind import KIND
from assay.studies.bases.measuring import measure_base
from assay.studies.bases.screening import Sat, Screening, bounding_cells
from assay.studies.endpoint_watch import compare_endpoint, look_at_endpoint
from assay.studies.grid.canary import hold_canary
from assay.studies.plan import Plan
from assay.studies.study import Finished, Study, conduct, measured
from assay.verdict.base_result import BaseResult
from assay.words import message

__all__ = ["LEAST_QUESTIONS", "choose_base"]

LEAST_QUESTIONS = 10  # on validation


def choose_base(
    documents: str | Path,
    questions: Source,
    bases: Sequence[str],
    *,
    out: str | Path = ".assay",
    models: Sequence[ScriptedModel] = (),
    progress: Progress | None = None,
    **settings: Any,
) -> Finished[BaseResult]:
    """Ask the validation questions of an exam of several base models, round by round, and say which to go on with.

    Args:
        documents: as for `assay.run`.
        questions: as for `assay.run`; ten of them or more must be for validation.
        bases: names, as of the setting `base`; "@4bit" behind a name keeps its weights in 4 bits.
        out: the workspace; the same call again takes up what is there.
        models: opened models, asked besides.
        progress: is told what goes on; silent by default.
        **settings: see `assay.settings.Settings`; over assay.toml and ASSAY_* variables.

    Raises:
        InputError: documents, questions, bases or settings that cannot be used; no base has been asked then.
    """
    if not bases and not models:
        raise InputError("no base model is named: give two or more, --base A --base B")
    with open_bench(out, settings, progress) as bench:
        scorer = chosen_scorer(bench)
        chosen_steps(bench)
        check_order(documents, questions)
        asked = scorer.read(questions, bench.settings.columns)
        exam = build_exam(documents, questions, bench, lambda _: asked, states=states_answer)
        if len(exam.validation) < LEAST_QUESTIONS:
            is_split = any(one.split for one in asked.questions)
            raise InputError(
                f"choosing a base takes {LEAST_QUESTIONS} validation questions or more, and these have "
                f"{len(exam.validation)}: "
                + (
                    "mark more as validation in the column split"
                    if is_split
                    else "bring more, or raise validation_share"
                )
            )
        bench = settle_answer_length(bench, accepted_answers(exam), exam.lang)
        given = [Candidate(one.name, one.name, BaseFacts(), one) for one in models]
        opened, left_out = open_candidates(bases, bench) if bases else ([], {})
        candidates = [*opened, *given]
        return conduct(_Bases(exam, candidates, left_out, bench), bench)


class _Bases(Study[BaseResult, str]):
    """The screening of base models."""

    kind = KIND

    def __init__(self, exam: Exam, candidates: Sequence[Candidate], left_out: dict[str, str], bench: Bench) -> None:
        self._exam, self._candidates, self._bench = exam, candidates, bench
        self._cells = bounding_cells(bench.parts)
        self._met: dict[str, Met] = {}
        self.plan = Plan(tuple(one.name for one in candidates), left_out, 0.0, list(_warnings(candidates, exam, bench)))

    def names(self) -> dict[str, Any]:
        """Exam and weights, and the code of parts from outside."""
        code = [*chosen_scorer(self._bench).key, *step_codes(self._bench).values()]
        names: dict[str, Any] = {
            "exam": self._exam.key,
            "models": [[one.model.sha256, one.model.engine_name] for one in self._candidates],
        }
        return names | ({"code": code} if code else {})

    def announce(self) -> None:
        """What is asked, before any time is spent."""
        exam, bench = self._exam, self._bench
        bench.say("plan.corpus", documents=len(exam.corpus.documents), passages=len(exam.corpus.passages))
        for line in reading_lines(exam.questions.reading, bench.settings.lang):
            bench.progress.say(line)
        bench.say("bases.plan", n=len(self._candidates), questions=len(exam.validation), test=len(exam.test))

    def keep(self, folder: Path) -> None:
        """Nothing: bases are not asked again."""

    def hold(self, run_id: str) -> BaseResult:
        """All rounds asked, and judged."""
        exam, bench, started = self._exam, self._bench, time.time()
        with Meter() as meter:
            sat = Screening(self._candidates, exam, self._cells, bench, self._meet).hold()
        provenance = {
            "weights_sha256": {one.name: one.model.sha256 for one in self._candidates},
            "engines": {one.name: one.model.engine_name for one in self._candidates},
            "questions_sha256": exam.questions.sha256,
            "corpus_sha256": exam.corpus.sha256,
            "exam": exam.key,
            "seed": bench.settings.seed,
            **describe_software(),
            **measured(meter, started),
        }
        plan = self.plan
        plan.warnings.extend(self._turned(sat))
        return judge_bases(
            run_id, self._candidates, self._met, sat, plan.left_out, plan.warnings, exam, self._cells, bench, provenance
        )

    def _turned(self, sat: Mapping[str, Sat]) -> list[str]:
        """A sentence for each endpoint behind whose name another model seems to answer now."""
        asked = [one for one in self._candidates if not sat[one.name].failed]
        found = [compare_endpoint(one.name, Pipelines(self._exam, one.model, self._bench)) for one in asked]
        return [line for line in found if line]

    def _meet(self, one: Candidate, pipelines: Pipelines) -> None:
        """Measure a base, and ask it known and harmful questions where models are checked at all."""
        found = measure_base(pipelines)
        is_checked = self._bench.settings.first_check != "off" and not isinstance(one.model, ScriptedModel)
        look_at_endpoint(pipelines)
        marks = hold_canary(self._cells, pipelines) if is_checked else []
        declined = count_declined(pipelines) if is_checked else None
        self._met[one.name] = Met(found, marks[0] if marks else None, declined)


def _warnings(candidates: Sequence[Candidate], exam: Exam, bench: Bench) -> list[str]:
    """What has to be known of bases before they are asked: which of one name is which, and what speaks against them."""
    lang, lines = bench.settings.lang, []
    names = [one.model.name for one in candidates]
    for one in candidates:
        if names.count(one.model.name) > 1:
            lines.append(message("bases.namesake", lang, base=one.name, opened=mask(one.opened)))
        if one.facts.has_template is False:
            lines.append(message("bases.no_template", lang, base=one.name))
        if one.facts.languages and exam.lang not in one.facts.languages:
            told = ", ".join(one.facts.languages)
            lines.append(message(f"bases.language.{exam.lang}", lang, base=one.name, languages=told))
    return lines
