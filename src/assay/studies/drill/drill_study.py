"""A drill: old and new documents and what changed between them in, the price of correcting each cell out.

Can be killed and run again at any moment: answers, adapters and measurements that are there are taken from there.
"""

from pathlib import Path
from typing import Any

from assay.bench.bench import Bench, open_bench
from assay.bench.parts import blaming_parts
from assay.bench.preparation import Preparation
from assay.bench.progress import Progress
from assay.errors import InputError, PartError, TrainingError
from assay.grid.answering import Answered
from assay.grid.cell import Cell, all_cells, parse_cells
from assay.models import Model, open_model
from assay.questions import Source, assign_splits
from assay.questions.exam import Exam, check_order, files_of, match_exam, read_corpus
from assay.questions.reading_lines import reading_lines
from assay.retrieval.step import chosen_steps, step_codes
from assay.scoring.scorer import Scorer, chosen_scorer
from assay.scoring.stated import states_answer
from assay.studies.answer_length import accepted_answers, settle_answer_length
from assay.studies.drill.changes import after_change, check_changes, is_changed, may_have_changed, without_new_answer
from assay.studies.drill.drill_judging import assemble_drill
from assay.studies.drill.kind import KIND
from assay.studies.drill.states import States, read_changed
from assay.studies.drill.ways import ways_of
from assay.studies.grid.grid_plan import make_plan, taken_by
from assay.studies.study import Finished, Study, conduct
from assay.training.number_type import settle_number_type
from assay.verdict.drill_result import DrillResult, Way
from assay.words import message

__all__ = ["drill_update"]

_SHOWN = 10


def drill_update(
    questions: Source,
    old: str | Path,
    new: str | Path,
    *,
    out: str | Path = ".assay",
    cells: str | None = None,
    model: Model | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> Finished[DrillResult]:
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
    if Path(old).resolve() == Path(new).resolve():
        raise InputError(f"the documents before and after the change are the same, {old}: give two folders")
    check_order(old, questions)
    with open_bench(out, settings, progress) as bench:
        wanted = _served(cells, bench)
        bench = settle_number_type(bench) if any(cell.is_tuned for cell in wanted) else bench
        return conduct(_open(questions, Path(old), Path(new), wanted, model, bench), bench)


def _served(names: str | None, bench: Bench) -> tuple[Cell, ...]:
    if names is None:
        return tuple(cell for cell in all_cells(bench.parts) if cell.can_be_served)
    cells = parse_cells(names, bench.parts)
    wrong = [str(cell) for cell in cells if not cell.can_be_served]
    if wrong:
        raise InputError(f"{', '.join(wrong)}: ceilings are never put into service, so there is nothing to correct")
    return cells


def _open(
    questions: Source, old: Path, new: Path, cells: tuple[Cell, ...], model: Model | None, bench: Bench
) -> "_Drill":
    """Both sides of the change, read and checked."""
    s = bench.settings
    scorer = chosen_scorer(bench)
    chosen_steps(bench)
    taken_by(cells, bench)
    asked = assign_splits(scorer.read(questions, s.columns), s.seed, s.test_share, s.validation_share)
    check_changes(asked, scorer)
    before = match_exam(asked, old, read_corpus(old, files_of(questions), bench), states_answer)
    corpus, reading, is_sure = read_changed(new, files_of(questions), before.corpus, bench)
    if corpus.sha256 == before.corpus.sha256:
        raise InputError(f"{new} says the same as {old}: nothing to correct")
    after = match_exam(after_change(asked), new, corpus, states_answer)
    bench = settle_answer_length(bench, accepted_answers(before), before.lang)
    drill = _Drill(before, after, reading, cells, model or open_model(s.base, s.engine, bench.say), bench)
    drill.plan.warnings.extend(_warnings(before, after, is_sure, s.lang, scorer))
    return drill


class _Drill(Study[DrillResult, Cell]):
    """The exam of a change."""

    kind = KIND

    def __init__(
        self, before: Exam, after: Exam, reading: Preparation, cells: tuple[Cell, ...], model: Model, bench: Bench
    ) -> None:
        self._before, self._after, self._reading, self._model, self._bench = before, after, reading, model, bench
        self.plan = make_plan(before, cells, model, bench)

    def names(self) -> dict[str, Any]:
        """Both exams and the weights."""
        outside = [*chosen_scorer(self._bench).key, *step_codes(self._bench).values()]
        code = [*(code for cell in self.plan.cells for code in cell.code), *outside]
        names = {"before": self._before.key, "after": self._after.key, "model": self._model.sha256}
        more = {"code": code, "taken": taken_by(self.plan.cells, self._bench)}
        return names | {name: value for name, value in more.items() if value}

    def announce(self) -> None:
        """What is asked, before any time is spent."""
        for line in reading_lines(self._before.questions.reading, self._bench.settings.lang):
            self._bench.progress.say(line)
        questions = self._before.questions.questions
        changed = [question for question in questions if is_changed(question)]
        in_training = sum(question.split == "train" for question in changed)
        self._bench.say("drill.plan", changed=len(changed), n=len(questions), trained=in_training)

    def keep(self, folder: Path) -> None:
        """Nothing: a drill is not asked again."""

    def hold(self, run_id: str) -> DrillResult:
        """Every cell asked before the change and in each way to correct it."""
        states = States(self._before, self._after, self._reading, self._model, self._bench)
        return assemble_drill(run_id, states, self.plan, self._ask_all(states), self._model, self._bench)

    def _ask_all(self, states: States) -> dict[Cell, dict[Way | None, Answered]]:
        """Cell -> way (None: before the change) -> answers. A cell that cannot be trained is left out, and why.

        State by state and model by model, so that each is loaded once.
        """
        plan = self.plan
        states.before.check_window()
        also = [q for q in states.before_exam.questions.questions if is_changed(q) and q.split != "test"]
        cells = sorted(plan.cells, key=lambda cell: (cell.is_tuned, cell.column.name, cell.row.name))
        ways: list[tuple[Cell, Way | None]] = [(cell, way) for cell in cells for way in ways_of(cell)]
        steps: list[tuple[Cell, Way | None]] = [(cell, None) for cell in cells]
        steps += sorted(ways, key=lambda step: step[1] not in ("nothing", "sync"))
        answers: dict[Cell, dict[Way | None, Answered]] = {cell: {} for cell in plan.cells}
        for cell, way in steps:
            if str(cell) in plan.left_out:
                continue
            try:
                with blaming_parts(*states.before.outside(cell)):
                    answers[cell][way] = states.ask(cell, way, also)
            except (TrainingError, PartError) as error:
                plan.left_out[str(cell)] = str(error)
        kept = {cell: said for cell, said in answers.items() if str(cell) not in plan.left_out}
        if not kept:
            raise InputError("\n".join(f"{cell}: {reason}" for cell, reason in plan.left_out.items()))
        return kept


def _warnings(before: Exam, after: Exam, is_sure: bool, lang: str, scorer: Scorer) -> list[str]:
    found = {
        "drill.no_new_answer": without_new_answer(after, scorer),
        "drill.may_have_changed": may_have_changed(before.questions.questions),
    }
    lines = [message(key, lang, n=len(ids), ids=_short(ids)) for key, ids in found.items() if ids]
    return lines if is_sure else [*lines, message("drill.read_before", lang)]


def _short(ids: list[str]) -> str:
    return ", ".join(ids[:_SHOWN]) + (", ..." if len(ids) > _SHOWN else "")
