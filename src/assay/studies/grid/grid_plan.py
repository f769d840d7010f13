"""Which cells can be run, and what the questions can show, said before any time is spent."""

from collections.abc import Iterable, Sequence
from typing import Any

from assay.bench.bench import Bench
from assay.bench.parts import blaming_parts
from assay.grid.cell import Cell
from assay.models import Model
from assay.questions.exam import Exam
from assay.statistics.power import TYPICAL_DISAGREEMENT, design_of, detectable_difference
from assay.studies.plan import Plan
from assay.words import message, spoken

__all__ = ["find_detectable", "make_plan", "taken_by"]

_FEW_QUESTIONS = 50
_FEW_CLUSTERS = 5


def make_plan(exam: Exam, cells: Sequence[Cell], model: Model, bench: Bench) -> Plan[Cell]:
    """What can be done with this exam and this model."""
    lang = bench.settings.lang
    reasons = {cell: _why_not(cell, exam, model, lang) for cell in cells}
    run = tuple(cell for cell in cells if reasons[cell] is None)
    return Plan(
        run,
        {str(cell): reason for cell, reason in reasons.items() if reason is not None},
        find_detectable(exam, run, bench),
        _warnings(exam, cells, bench),
    )


def find_detectable(
    exam: Exam, cells: Sequence[Cell], bench: Bench, disagreement: float = TYPICAL_DISAGREEMENT
) -> float:
    """The difference of two cells that the exam shows, with Holm over the comparisons with the best of those served."""
    df, effect = design_of(exam.sampling(bench.settings.generalise))
    n_compared = max(1, sum(cell.can_be_served for cell in cells) - 1)
    return detectable_difference(len(exam.test), df, disagreement, n_compared, effect)


def taken_by(cells: Iterable[Cell], bench: Bench) -> dict[str, Any]:
    """What columns take besides exam and settings, by their names; those that take nothing are left out.

    Raises:
        InputError: something of it that cannot be used.
        MissingExtra: something that is not installed.
    """
    with blaming_parts():
        taken = {column.name: dict(column.takes(bench)) for column in dict.fromkeys(cell.column for cell in cells)}
    return {name: values for name, values in taken.items() if values}


def _why_not(cell: Cell, exam: Exam, model: Model, lang: str) -> str | None:
    """Why a cell cannot be run, or None."""
    for why_not in (cell.row.why_not, cell.column.why_not):
        with blaming_parts(cell.row, cell.column):
            reason = why_not(exam, model)
        if reason is not None:
            return spoken(reason, lang)
    return None


def _warnings(exam: Exam, cells: Sequence[Cell], bench: Bench) -> list[str]:
    lang, n_clusters = bench.settings.lang, len(set(exam.clusters))
    lines = []
    if len(exam.test) < _FEW_QUESTIONS:
        lines.append(message("warning.few_questions", lang, n=len(exam.test)))
    if bench.settings.generalise == "documents" and n_clusters < _FEW_CLUSTERS:
        lines.append(message("warning.few_clusters", lang, n=n_clusters))
    n_made = sum(question.origin != "written" for question in exam.test)
    if n_made:
        lines.append(message("warning.drafted", lang, n=n_made, of=len(exam.test)))
    if exam.questions.n_left_out:
        lines.append(message("warning.left_out_rows", lang, n=exam.questions.n_left_out))
    if exam.questions.first_turns:
        lines.append(message("warning.first_turns", lang, n=len(exam.questions.first_turns)))
    with blaming_parts():
        of_rows = [row.warning(exam) for row in dict.fromkeys(cell.row for cell in cells)]
    lines += [spoken(warning, lang) for warning in of_rows if warning is not None]
    without = sum(question.answerable and question.id not in exam.gold for question in exam.test)
    if without:
        lines.append(message("warning.no_evidence", lang, n=without))
    if bench.settings.search and not exam.validation:
        lines.append(message("warning.no_search", lang))
    if exam.corpus.skipped:
        lines.append(message("warning.skipped_files", lang, n=len(exam.corpus.skipped)))
    return lines
