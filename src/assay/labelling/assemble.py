"""Answers to labelled texts become a result: marked, summarised, compared, judged. Asks no model anything."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from assay.bench.store import Store
from assay.grid.cell import Cell
from assay.labelling.exam import LabelExam
from assay.labelling.example import Entity, LabelledText
from assay.labelling.marking import Items, Marks, calibrate, f1_by_name, f1_values, mark, right_items
from assay.labelling.plan import asks_model
from assay.labelling.workshop import LabelWorkshop
from assay.settings import Settings, as_dict
from assay.statistics.clustered import clustered_mean
from assay.studies.costing import measured_cost
from assay.studies.grid.assemble import Answered
from assay.studies.grid.plan import Plan
from assay.verdict.label_result import LabelResult, NameView, SaidView, TextView, WaySummary
from assay.verdict.recommendation import Decision, decide
from assay.verdict.result import NextAction, Verdict

__all__ = ["assemble_labels"]

_MOST_CONFUSIONS = 12


def assemble_labels(
    run_id: str,
    exam: LabelExam,
    plan: Plan,
    workshop: LabelWorkshop,
    store: Store,
    answers: Mapping[Cell, Answered],
    provenance: dict[str, Any],
) -> LabelResult:
    """The result of a run whose ways have all been asked; the same answers give the same result."""
    settings = workshop.settings
    names = sorted({*exam.names, *(name for one in exam.test for name in _names_of(right_items(one, exam.task)))})
    marks = {
        str(way): mark(exam.test, {id_: answer for id_, (answer, _) in rows.items()}, exam.task, exam.names, names)
        for way, rows in answers.items()
    }
    ways = [_summarise(way, rows, marks[str(way)], workshop, store) for way, rows in answers.items()]
    decision = _decide(exam, marks, ways, settings)
    asked = [way for way in answers if asks_model(way)]
    uses_encoder = any(way.context == "retrieved" or way.behaviour == "tuned-encoder" for way in answers)
    return LabelResult(
        run_id=run_id,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        title=exam.title,
        task=exam.task,
        base=workshop.model.name if asked else "",
        engine=workshop.model.engine_name if asked else "",
        encoder=_encoder_name(workshop, answers) if uses_encoder else "",
        counts=_counts(exam),
        detectable_difference=plan.detectable_difference,
        left_out=plan.left_out,
        warnings=plan.warnings,
        ways=ways,
        comparisons=decision.comparisons,
        verdict=_verdict(decision, settings.margin),
        names=_name_views(exam, names, marks),
        confusions=_confusions(exam, marks[decision.choice.cell]),
        texts=[_text_view(place, one, exam, marks) for place, one in enumerate(exam.test)],
        training=[workshop.training_log(way) for way in answers if way.behaviour.startswith("tuned")],
        settings=as_dict(settings),
        provenance=provenance,
    )


def _summarise(way: Cell, answered: Answered, marks: Marks, workshop: LabelWorkshop, store: Store) -> WaySummary:
    exam, settings = workshop.exam, workshop.settings
    values = f1_values(marks.counts, exam.task)
    return WaySummary(
        way=str(way),
        correct=clustered_mean(marks.correct, exam.clusters, np.random.default_rng(settings.seed)),
        f1=clustered_mean(values, exam.clusters, np.random.default_rng(settings.seed)),
        calibration=calibrate(marks.confidence, marks.correct),
        n_failed=sum(said is None for said in marks.said),
        n_unread=sum(said is not None and not said for said in marks.said) if exam.task == "labels" else 0,
        cost=measured_cost(
            answered, workshop.preparation(way), store.batches(workshop.cell_key(way)), settings.price_per_hour
        ),
    )


def _decide(exam: LabelExam, marks: Mapping[str, Marks], ways: Sequence[WaySummary], settings: Settings) -> Decision:
    """By the share of right labels, or by the F1 of entities, where most texts hold none."""
    scores = {
        way: one.correct if exam.task == "labels" else f1_values(one.counts, exam.task) for way, one in marks.items()
    }
    return decide(
        {way: values for way, values in scores.items() if not np.isnan(values).all()},
        {way.way: way.cost for way in ways},
        exam.clusters,
        settings.margin,
        settings.volume,
        settings.useful_floor,
        settings.seed,
    )


def _verdict(decision: Decision, margin: float) -> Verdict:
    choice = decision.choice
    return Verdict(
        kind=decision.kind,
        cell=choice.cell,
        best=choice.best,
        margin=margin,
        undecided=choice.undecided,
        more_questions=choice.more_questions,
        next_action=NextAction("more_questions" if choice.undecided else "none", None, None),
        break_even=decision.break_even,
    )


def _encoder_name(workshop: LabelWorkshop, answers: Mapping[Cell, Answered]) -> str:
    if any(way.behaviour == "tuned-encoder" for way in answers):
        return workshop.parts.name
    return workshop.encoder.name if workshop.encoder is not None else "character pairs"


def _counts(exam: LabelExam) -> dict[str, int]:
    return {
        "train": len(exam.train),
        "validation": len(exam.validation),
        "test": len(exam.labelled.of_split("test")),
        "asked": len(exam.test),
        "clusters": len(set(exam.clusters)),
        "names": len(exam.names),
    }


def _name_views(exam: LabelExam, names: Sequence[str], marks: Mapping[str, Marks]) -> list[NameView]:
    n = Counter(name for one in exam.test for name in _names_of(right_items(one, exam.task)))
    f1 = {way: f1_by_name(one.counts) for way, one in marks.items()}
    return [
        NameView(name, n[name], {way: None if np.isnan(row[place]) else float(row[place]) for way, row in f1.items()})
        for place, name in enumerate(names)
    ]


def _confusions(exam: LabelExam, marks: Marks) -> list[tuple[str, str, int]]:
    if exam.task == "entities":
        return []
    pairs = Counter(
        (one.label, str(next(iter(said))))
        for one, said in zip(exam.test, marks.said, strict=True)
        if said and one.label not in said
    )
    return [(right, said, n) for (right, said), n in pairs.most_common(_MOST_CONFUSIONS)]


def _text_view(place: int, one: LabelledText, exam: LabelExam, marks: Mapping[str, Marks]) -> TextView:
    right = right_items(one, exam.task)
    return TextView(one.id, one.text, _shown(right, one), {way: _said(m, place, one) for way, m in marks.items()})


def _said(marks: Marks, place: int, one: LabelledText) -> SaidView:
    said, sure = marks.said[place], marks.confidence[place]
    confidence = None if np.isnan(sure) else float(sure)
    return SaidView([], None, None) if said is None else SaidView(_shown(said, one), said == _right(one), confidence)


def _right(one: LabelledText) -> Items:
    return right_items(one, "labels" if one.label else "entities")


def _shown(items: Items, one: LabelledText) -> list[str]:
    entities = sorted(item for item in items if isinstance(item, Entity))
    labels = sorted(item for item in items if isinstance(item, str))
    return labels + [f"{entity.type}: {one.text[entity.start : entity.end]}" for entity in entities]


def _names_of(items: Items) -> list[str]:
    return [item if isinstance(item, str) else item.type for item in items]
