"""A result as tables of plain rows: what files, frames and other tools are made from. Computes nothing.

Every study has the table `cells`, a row for each cell, and `answers`, a row for each question and cell. The rows of a
table have the same keys in the same order; a value is text, a number, True or False, a list of texts, or None.
"""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from assay.scoring.long_scores import LongAnswers
from assay.statistics.estimate import Estimate
from assay.verdict.base_result import BaseResult, BaseSummary
from assay.verdict.drill_result import CellDrill, ChangedView, Correction, DrillResult, Said
from assay.verdict.label_result import LabelResult, SaidView, TextView, WaySummary
from assay.verdict.result import AnswerView, CellSummary, Comparison, Cost, OtherSummary, QuestionView, RunResult
from assay.words import spoken

__all__ = ["Rows", "Tables", "base_tables", "drill_tables", "label_tables", "run_tables"]

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]


def run_tables(result: RunResult) -> Tables:
    """`cells`, `answers`, `differences` of two cells each, and `passages` that an answer names by id."""
    return {
        "cells": [*(_cell(one, result) for one in result.cells), *(_other(one, result) for one in result.others)],
        "answers": [_answer(q, one, result) for q in result.questions for one in q.cells],
        "differences": _differences(result.comparisons),
        "passages": [asdict(passage) for passage in result.passages.values()],
    }


def _cell(one: CellSummary, result: RunResult) -> dict[str, Any]:
    words = result.words.get(one.cell)
    return {
        "cell": one.cell,
        "name": spoken(words.name, "en") if words else one.cell,
        "advised": one.cell == result.verdict.cell,
        "served": result.is_served(one.cell),
        **_marks(one, result),
        "skipped": one.skipped,
        "saved_s": one.saved_s,
        **asdict(one.cost),
    }


def _other(one: OtherSummary, result: RunResult) -> dict[str, Any]:
    """A system from elsewhere; what cannot be known of it is empty."""
    told = {item.name: getattr(one.told, item.name, None) for item in fields(Cost)}
    return {
        "cell": one.cell,
        "name": one.cell,
        "advised": False,
        "served": False,
        **_marks(one, result),
        "skipped": None,
        "saved_s": None,
        **told,
    }


def _marks(one: CellSummary | OtherSummary, result: RunResult) -> dict[str, Any]:
    return {
        **_estimate("correct", one.correct),
        "n": one.correct.n,
        "n_clusters": one.correct.n_clusters,
        "n_failed": one.n_failed,
        **_bounds(one),
        **_estimate("correct_answerable", one.correct_answerable),
        **_estimate("correct_unanswerable", one.correct_unanswerable),
        "exact_match": one.exact_match,
        "f1": one.f1,
        "refusal_rate": one.refusal_rate,
        "supported": one.supported,
        "form_kept": one.form_kept,
        **(_long(one.long) if result.has_long else {}),
    }


def _long(one: LongAnswers | None) -> dict[str, Any]:
    """The figures of long accepted answers."""
    return {
        "n_long": one.n if one else None,
        "n_unjudged": one.n_unjudged if one else None,
        **_estimate("complete", one.complete if one else None),
        **_estimate("correct_long", one.correct if one else None),
        **_estimate("supported_long", one.supported if one else None),
    }


def _bounds(one: CellSummary | OtherSummary) -> dict[str, float | None]:
    """`correct` if all that failed were wrong, and if all were right; empty where 2% failed, or fewer."""
    low, high = (one.bounds if isinstance(one, CellSummary) else None) or (None, None)
    return {"correct_if_failed_wrong": low, "correct_if_failed_right": high}


def _answer(question: QuestionView, one: AnswerView, result: RunResult) -> dict[str, Any]:
    read = [result.passages[id].document for id in one.passages if id in result.passages]
    return {
        "question_id": question.id,
        "question": question.text,
        "accepted": question.answers,
        "answerable": question.answerable,
        "document": question.document,
        "page": question.page,
        "quote": question.quote,
        "cluster": question.cluster,
        "cell": one.cell,
        "answer": one.text,
        "correct": one.correct,
        "reason": one.reason,
        "cause": result.diagnosis.cause.get(question.id) if one.cell == result.verdict.cell else None,
        "exact_match": one.exact_match,
        "f1": one.f1,
        "refused": one.refused,
        "form_kept": one.form_kept,
        **({"complete": one.complete, "supported": one.stated} if result.has_long else {}),
        "latency_s": one.latency_s,
        "prompt_tokens": one.n_prompt_tokens,
        "new_tokens": one.n_new_tokens,
        "passages": one.passages,
        "documents_read": list(dict.fromkeys(read)),
        "evidence_passages": question.gold_passages,
        "error": one.error,
    }


def label_tables(result: LabelResult) -> Tables:
    """`cells`, which are ways of labelling, `answers`, `differences` of two ways each, and F1 by `names` and way.

    And `learning`: what each way that has a learning curve scored by the number of texts.
    """
    learning = [
        {"cell": curve.way, "n": point.n, **_estimate("score", point.score)}
        for curve in result.learning
        for point in curve.points
    ]
    return {
        "cells": [_way(one, result) for one in result.ways],
        "answers": [_said(text, way, one) for text in result.texts for way, one in text.said.items()],
        "differences": _differences(result.comparisons),
        "names": [
            {"name": one.name, "n": one.n, "cell": way, "f1": f1} for one in result.names for way, f1 in one.f1.items()
        ],
        **({"learning": learning} if learning else {}),
    }


def _way(one: WaySummary, result: LabelResult) -> dict[str, Any]:
    return {
        "cell": one.way,
        "name": result.way_title(one.way, "en"),
        "advised": one.way == result.verdict.cell,
        **_estimate("correct", one.correct),
        "n": one.correct.n,
        "n_clusters": one.correct.n_clusters,
        "n_failed": one.n_failed,
        "n_unread": one.n_unread,
        **_estimate("f1", one.f1),
        "calibration_error": one.calibration.error if one.calibration else None,
        "calibration_error_by_chance": one.calibration.chance if one.calibration else None,
        **asdict(one.cost),
    }


def _said(text: TextView, way: str, one: SaidView) -> dict[str, Any]:
    return {
        "question_id": text.id,
        "question": text.text,
        "accepted": text.right,
        "cell": way,
        "answer": "; ".join(one.items),
        "correct": one.correct,
        "confidence": one.confidence,
    }


def drill_tables(result: DrillResult) -> Tables:
    """`cells`, a row for each way of correcting one, and `answers` to the changed questions."""
    return {
        "cells": [_correction(cell, one) for cell in result.cells for one in cell.ways],
        "answers": [_changed(question, one) for question in result.questions for one in question.said],
    }


def _correction(cell: CellDrill, one: Correction) -> dict[str, Any]:
    return {
        "cell": cell.cell,
        "way": one.way,
        **_estimate("correct", one.corrected),
        "n": one.changed.n,
        **{f"n_{name}": n for name, n in asdict(one.changed).items()},
        "n_new_before": cell.before.new,
        "seconds": one.seconds,
        "tokens": one.tokens,
        "peak_mb": one.peak_mb,
        "gained": one.gained,
        "lost": one.lost,
        **_estimate("moved", one.moved),
    }


def _changed(question: ChangedView, one: Said) -> dict[str, Any]:
    return {
        "question_id": question.id,
        "question": question.text,
        "accepted": question.new,
        "accepted_before": question.old,
        "trained": question.trained,
        "cell": one.cell,
        "way": one.way,
        "answer": one.text,
        "correct": None if one.outcome == "failed" else one.outcome == "new",
        "outcome": one.outcome,
    }


def base_tables(result: BaseResult) -> Tables:
    """`cells`, a row for each base, `answers` to validation questions, and `differences` of the best to each other."""
    return {
        "cells": [_base(one, result) for one in result.bases],
        "answers": [asdict(one) for one in result.answers],
        "differences": _differences(result.comparisons),
    }


def _base(one: BaseSummary, result: BaseResult) -> dict[str, Any]:
    shares = zip(("correct_served", "correct_ceiling"), one.correct.values(), strict=True)
    facts = {name: value for name, value in asdict(one.facts).items() if name != "languages"}
    return {
        "cell": one.base,
        "advised": one.base == result.verdict.cell,
        "dropped": one.dropped is not None,
        **_estimate("correct", one.score),
        "n": one.score.n,
        **{name: value for key, estimate in shares for name, value in _estimate(key, estimate).items()},
        "n_failed": one.n_failed,
        "refusal_rate": one.refusal_rate,
        "form_kept": one.form_kept,
        **facts,
        "languages": list(one.facts.languages),
        **asdict(one.measured),
        **asdict(one.cost),
    }


def _differences(comparisons: Sequence[Comparison]) -> Rows:
    """Positive: a is better."""
    return [
        {"a": one.a, "b": one.b, **_estimate("difference", one.difference), "n": one.difference.n}
        | {"p": one.p, "p_holm": one.p_holm, "standing": one.standing}
        for one in comparisons
    ]


def _estimate(name: str, one: Estimate | None) -> dict[str, float | None]:
    values = (one.value, one.low, one.high) if one else (None, None, None)
    return dict(zip((name, f"{name}_low", f"{name}_high"), values, strict=True))
