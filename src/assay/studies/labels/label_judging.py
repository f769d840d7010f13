"""Answers to labelled texts become a result: marked, summarised, compared, judged. Asks no model anything."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from assay.bench.bench import Bench
from assay.bench.parts import blaming_parts
from assay.errors import InputError, PartError
from assay.grid.answering import Answered
from assay.labelled.labelled_text import Entity, Items, LabelledText, name_of
from assay.settings import Settings, as_dict
from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_mean
from assay.studies.costing import Price, measured_cost
from assay.studies.labels.label_exam import LabelExam
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.label_marks import Marks, calibrate, f1_by_name, f1_values, mark
from assay.studies.labels.way import Way
from assay.studies.plan import Plan
from assay.tasks import Task
from assay.verdict.label_result import Guessing, LabelResult, NameView, SaidView, TextView, WaySummary
from assay.verdict.recommendation import Decision, decide, undiagnosed_verdict
from assay.words import Text

__all__ = ["all_names", "deciding_scores", "judge_labels", "mark_ways", "weigh_guessing"]

Floats = npt.NDArray[np.float64]

_MOST_CONFUSIONS = 12
LEAST_TEXTS = 5  # a name: with fewer, an interval of macro-F1 covers the truth far less often than it says


def mark_ways(exam: LabelExam, answers: Mapping[Way, Answered], plan: Plan[Way], bench: Bench) -> dict[Way, Marks]:
    """The marks of every way; one whose replies the task cannot read is left out, with the reason.

    Raises:
        InputError: none is left.
    """
    marks: dict[Way, Marks] = {}
    for way, rows in answers.items():
        answered = {id_: answer for id_, (answer, _) in rows.items()}
        try:
            with blaming_parts(exam.task):
                marks[way] = mark(exam.test, answered, exam.task, exam.names, all_names(exam))
        except PartError as error:
            bench.say("plan.left_out", cell=way, reason=error)
            plan.left_out[str(way)] = str(error)
    if not marks:
        raise InputError("\n".join(f"{way}: {reason}" for way, reason in plan.left_out.items()))
    return marks


def judge_labels(
    run_id: str,
    wanted: Sequence[Way],
    plan: Plan[Way],
    maker: LabelMaker,
    answers: Mapping[Way, Answered],
    marked: Mapping[Way, Marks],
    provenance: dict[str, Any],
) -> LabelResult:
    """The result of a run whose ways have all been asked; the same answers give the same result."""
    exam, settings = maker.exam, maker.settings
    marks = {str(way): one for way, one in marked.items()}
    ways = [_summarise(way, answers[way], one, maker) for way, one in marked.items()]
    decision = _decide(exam, marks, ways, settings)
    asked = [way for way in marked if way.asks_model]
    return LabelResult(
        run_id=run_id,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        title=exam.title,
        task=exam.task.name,
        base=maker.model.name if asked else "",
        engine=maker.model.engine_name if asked else "",
        encoder=_encoder_name(maker, marked),
        counts=_counts(exam),
        detectable_difference=plan.detectable_difference,
        left_out=plan.left_out,
        warnings=plan.warnings,
        ways=ways,
        comparisons=decision.choice.comparisons,
        verdict=undiagnosed_verdict(decision, settings.margin),
        names=_name_views(exam, all_names(exam), marks),
        confusions=_confusions(exam, marks[decision.choice.cell]),
        texts=[_text_view(place, one, marks) for place, one in enumerate(exam.test)],
        training=[maker.training_log(way) for way in marked if way.tuning is not None],
        settings=as_dict(settings),
        decides=exam.task.decides,
        words={name: _by_language(text) for name, text in exam.task.words.items()},
        titles={str(way): _by_language(way.title) for way in wanted},
        provenance=provenance,
        guessing=weigh_guessing(exam),
    )


def weigh_guessing(exam: LabelExam) -> Guessing | None:
    """What the labels of the training texts get right without a look at the texts; None without one label a text.

    Of labels that are equally common the first of the alphabet is said.
    """
    said = Counter(name for one in exam.train for name in one.names)
    if not exam.task.one_name or not said or not exam.test:
        return None
    right = {
        name: float(np.mean([exam.task.is_right(frozenset([name]), one.items) for one in exam.test])) for name in said
    }
    commonest = min(said, key=lambda name: (-said[name], name))
    chance = sum(right[name] * n for name, n in said.items()) / said.total()
    return Guessing(commonest, right[commonest], chance)


def all_names(exam: LabelExam) -> list[str]:
    """What can be said and what is right of a text of the test, in alphabetical order."""
    return sorted({*exam.names, *(name for one in exam.test for name in one.names)})


def _summarise(way: Way, answered: Answered, marks: Marks, maker: LabelMaker) -> WaySummary:
    exam, settings, store = maker.exam, maker.settings, maker.bench.store
    rng = np.random.default_rng(settings.seed)
    return WaySummary(
        way=str(way),
        colour=way.colour,
        shape=way.shape,
        correct=estimate_mean(marks.correct, exam.sampling, rng),
        f1=_f1(exam, marks, rng),
        calibration=calibrate(marks.confidence, marks.correct, settings.seed),
        n_failed=sum(said is None for said in marks.said),
        n_unread=sum(said is not None and not said for said in marks.said) if exam.task.one_name else 0,
        cost=measured_cost(
            answered, maker.preparation(way), store.batches(maker.cell_key(way)), Price(settings.price_per_hour)
        ),
    )


def _f1(exam: LabelExam, marks: Marks, rng: np.random.Generator) -> Estimate:
    """With an interval where the test holds enough texts for one."""
    estimate = estimate_mean(f1_values(marks.counts, exam.task.macro), exam.sampling, rng)
    if exam.task.macro and _texts_a_name(exam) < LEAST_TEXTS:
        return replace(estimate, low=None, high=None)
    return estimate


def _texts_a_name(exam: LabelExam) -> float:
    """How many test texts there are for each name that is right of one, on average."""
    right = [name for one in exam.test for name in one.names]
    return len(right) / len(set(right)) if right else 0.0


def deciding_scores(marks: Marks, task: Task) -> Floats:
    """What ways are compared by, a value a text: right or wrong, or how much it adds to F1."""
    return marks.correct if task.decides == "correct" else f1_values(marks.counts, task.macro)


def _decide(exam: LabelExam, marks: Mapping[str, Marks], ways: Sequence[WaySummary], settings: Settings) -> Decision:
    """By what the task is decided by: of entities F1, since most texts hold none."""
    scores = {way: deciding_scores(one, exam.task) for way, one in marks.items()}
    return decide(
        {way: values for way, values in scores.items() if not np.isnan(values).all()},
        {way.way: way.cost for way in ways},
        exam.sampling,
        settings.margin,
        settings.volume,
        settings.useful_floor,
        settings.seed,
    )


def _encoder_name(maker: LabelMaker, ways: Iterable[Way]) -> str:
    """The small encoder that was tuned, else the one that reads the texts or finds the nearest; empty without one."""
    if any(way.tunes_encoder for way in ways):
        return maker.parts.name
    named = (way.encoder(maker) or way.shown.encoder(maker) for way in ways)
    return next(filter(None, named), "")


def _by_language(text: Text) -> dict[str, str]:
    return {"en": text} if isinstance(text, str) else dict(text)


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
    n = Counter(name for one in exam.test for name in map(name_of, one.items))
    f1 = {way: f1_by_name(one.counts) for way, one in marks.items()}
    return [
        NameView(name, n[name], {way: None if np.isnan(row[place]) else float(row[place]) for way, row in f1.items()})
        for place, name in enumerate(names)
    ]


def _confusions(exam: LabelExam, marks: Marks) -> list[tuple[str, str, int]]:
    """What was said in place of what, where one name is right of a text."""
    if not exam.task.one_name:
        return []
    pairs = Counter(
        (*one.names, name_of(next(iter(said))))
        for one, said in zip(exam.test, marks.said, strict=True)
        if said and not said & one.items
    )
    return [(right, said, n) for (right, said), n in pairs.most_common(_MOST_CONFUSIONS)]


def _text_view(place: int, one: LabelledText, marks: Mapping[str, Marks]) -> TextView:
    return TextView(one.id, one.text, _shown(one.items, one), {way: _said(m, place, one) for way, m in marks.items()})


def _said(marks: Marks, place: int, one: LabelledText) -> SaidView:
    said, sure = marks.said[place], marks.confidence[place]
    confidence = None if np.isnan(sure) else float(sure)
    return (
        SaidView([], None, None)
        if said is None
        else SaidView(_shown(said, one), bool(marks.correct[place]), confidence)
    )


def _shown(items: Items, one: LabelledText) -> list[str]:
    entities = sorted(item for item in items if isinstance(item, Entity))
    labels = sorted(item for item in items if isinstance(item, str))
    return labels + [f"{entity.type}: {one.text[entity.start : entity.end]}" for entity in entities]
