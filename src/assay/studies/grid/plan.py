"""Which cells can be run, and what the questions can show, said before any time is spent."""

from dataclasses import dataclass

from assay.grid.cell import Cell
from assay.models import Model, has_cuda
from assay.questions.exam import Exam
from assay.rows.adaptive import LEAST_TRIALS
from assay.statistics.clustered import detectable_difference
from assay.words import message

__all__ = ["MIN_TRAINING", "Plan", "make_plan"]

MIN_TRAINING = 8  # fewer examples are not worth a training
_FEW_QUESTIONS = 50
_FEW_CLUSTERS = 5


@dataclass(frozen=True)
class Plan:
    """The cells to run, those left out with the reason, the smallest difference to be seen, and warnings."""

    cells: tuple[Cell, ...]
    left_out: dict[str, str]
    detectable_difference: float
    warnings: list[str]


def make_plan(exam: Exam, cells: tuple[Cell, ...], model: Model, lang: str, n_trials: int = 0) -> Plan:
    """What can be done with this exam and this model; sentences in `lang`. `n_trials`: of a search for settings."""
    reasons = {cell: _why_not(cell, exam, model, lang) for cell in cells}
    n_clusters = len(set(exam.clusters))
    return Plan(
        tuple(cell for cell in cells if reasons[cell] is None),
        {str(cell): reason for cell, reason in reasons.items() if reason is not None},
        detectable_difference(len(exam.test), n_clusters) if n_clusters > 1 else 1.0,
        _warnings(exam, cells, n_clusters, n_trials, lang),
    )


def _why_not(cell: Cell, exam: Exam, model: Model, lang: str) -> str | None:
    """Why a cell cannot be run, or None."""
    answerable = [question for question in exam.test if question.answerable]
    if cell.context == "oracle" and not any(question.id in exam.gold for question in answerable):
        return message("left_out.no_evidence", lang)
    if cell.context == "adaptive" and not model.tells_likelihood:
        return message("left_out.no_likelihood", lang)
    if cell.behaviour == "few-shot" and all(question.origin == "paraphrased" for question in exam.train):
        return message("left_out.no_training", lang)
    if cell.is_tuned and model.why_not_tunable:
        return message("left_out.not_tunable", lang, reason=model.why_not_tunable)
    if cell.behaviour == "tuned-qlora" and not has_cuda():
        return message("left_out.no_cuda", lang)
    if cell.is_tuned and len(exam.train) < MIN_TRAINING:
        return message("left_out.few_training", lang, n=len(exam.train), needed=MIN_TRAINING)
    return None


def _warnings(exam: Exam, cells: tuple[Cell, ...], n_clusters: int, n_trials: int, lang: str) -> list[str]:
    lines = []
    if len(exam.test) < _FEW_QUESTIONS:
        lines.append(message("warning.few_questions", lang, n=len(exam.test)))
    if n_clusters < _FEW_CLUSTERS:
        lines.append(message("warning.few_clusters", lang, n=n_clusters))
    n_made = sum(question.origin != "written" for question in exam.test)
    if n_made:
        lines.append(message("warning.drafted", lang, n=n_made, of=len(exam.test)))
    if exam.questions.first_turns:
        lines.append(message("warning.first_turns", lang, n=len(exam.questions.first_turns)))
    if any(cell.context == "adaptive" for cell in cells) and len(exam.validation) < LEAST_TRIALS:
        lines.append(message("warning.adaptive", lang, n=len(exam.validation), needed=LEAST_TRIALS))
    without = sum(question.answerable and question.id not in exam.gold for question in exam.test)
    if without:
        lines.append(message("warning.no_evidence", lang, n=without))
    if n_trials and not exam.validation:
        lines.append(message("warning.no_search", lang))
    if exam.corpus.skipped:
        lines.append(message("warning.skipped_files", lang, n=len(exam.corpus.skipped)))
    return lines
