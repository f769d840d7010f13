"""How ways get better with the number of texts to learn from. Asked after the verdict, of which it decides nothing.

The texts are dealt into four parts, each label alike. A way learns from every quarter and both halves, and is put to
the test each time, so all texts count at every size, and sizes can be compared.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from assay.bench.parts import blaming_parts
from assay.bench.progress import Silent
from assay.errors import PartError, TrainingError
from assay.grid.answering import Answered, answer_cell, known_answers
from assay.labelled.labelled_text import LabelledText
from assay.questions.question import Split
from assay.statistics.inference import estimate_mean
from assay.statistics.learning_curve import Learnt, expected_gain
from assay.studies.labels.label_exam import LabelExam
from assay.studies.labels.label_judging import all_names, deciding_scores
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.label_marks import mark
from assay.studies.labels.way import Way
from assay.verdict.label_result import LearningCurve, LearningPoint
from assay.words import Text, worded

__all__ = ["FEW_TEXTS", "deal", "draw_curves"]

Floats = npt.NDArray[np.float64]

_PARTS = ((0,), (1,), (2,), (3,)), ((0, 1), (2, 3))  # of the four, at each size
FEW_TEXTS = 12  # a name: with fewer, a quarter has seen too little of it, and a gain is often more than promised
_MOST_MORE = 500  # texts that the curve is followed further by; with fewer than that, to twice as many
_LEARNT: tuple[Split, ...] = ("train", "validation")


def draw_curves(ways: Sequence[Way], maker: LabelMaker) -> tuple[list[LearningCurve], dict[str, dict[str, str]]]:
    """The curves of ways that were asked all test texts, by the setting `learning_curve`, in order.

    And why others of them, by name, have none, by language: their parts are too small to learn from, or fail.
    """
    wanted = {"off": (), "auto": ("cheaply",), "all": ("cheaply", "dearly")}[maker.settings.learning_curve]
    parts = [[_exam_of(maker.exam, numbers, maker.settings.seed) for numbers in size] for size in _PARTS]
    drawn = {str(way): _draw(way, parts, maker) for way in ways if way.learns in wanted}
    curves = [one for one in drawn.values() if isinstance(one, LearningCurve)]
    return curves, {way: worded(one) for way, one in drawn.items() if not isinstance(one, LearningCurve)}


def deal(texts: Sequence[LabelledText], n_parts: int, seed: int) -> list[list[LabelledText]]:
    """The texts in so many parts, drawn by the seed, of every label or set of types as many in each as can be."""
    shuffled = random.Random(seed).sample(texts, len(texts))
    by_name = sorted(shuffled, key=lambda one: sorted(one.names))
    return [by_name[number::n_parts] for number in range(n_parts)]


def _exam_of(exam: LabelExam, numbers: Sequence[int], seed: int) -> LabelExam:
    """The same test, and some of the four parts to learn from."""
    kept = {
        one.id
        for split in _LEARNT
        for number, part in enumerate(deal(exam.labelled.of_split(split), 4, seed))
        for one in part
        if number in numbers
    }
    texts = tuple(one for one in exam.labelled.texts if one.split not in _LEARNT or one.id in kept)
    return replace(exam, labelled=replace(exam.labelled, texts=texts))


def _draw(way: Way, parts: Sequence[Sequence[LabelExam]], maker: LabelMaker) -> LearningCurve | Text:
    """The curve, or why there is none."""
    exam, s = maker.exam, maker.settings
    learnt = _learn_from_parts(way, parts, maker)
    if not isinstance(learnt, list):
        return learnt
    whole = _score(known_answers(maker.cell_key(way), maker.bench.store), exam, exam)
    learnt.append(Learnt(_n_learnt(exam), whole[None]))
    more, rng = min(_MOST_MORE, learnt[-1].n), np.random.default_rng(s.seed)
    points = [LearningPoint(one.n, estimate_mean(np.mean(one.scores, axis=0), exam.sampling, rng)) for one in learnt]
    gain = expected_gain(learnt, more, exam.sampling, rng)
    return LearningCurve(str(way), points, more, gain, learnt[-1].n < FEW_TEXTS * len(exam.names))


def _learn_from_parts(way: Way, parts: Sequence[Sequence[LabelExam]], maker: LabelMaker) -> list[Learnt] | Text:
    """The scores by size; why there are none where the way cannot learn from so few texts, or fails."""
    bench = maker.bench
    told = replace(bench, progress=Silent()) if way.learns == "cheaply" else bench
    makers = [[maker.learning_from(part, told) for part in size] for size in parts]
    each = [one for size in makers for one in size]
    reasons = [reason for one in each if (reason := one.why_not(way)) is not None]
    if reasons:
        return reasons[0]
    scores = {}
    try:
        for done, one in enumerate(each, start=1):
            scores[one.exam.learnt_key] = _score(_ask(way, one), one.exam, maker.exam)
            bench.show("step.learning", name=way)(done, len(each), "")
    except (TrainingError, PartError) as error:
        bench.say("plan.left_out", cell=way, reason=error)
        return str(error)
    return [
        Learnt(
            round(float(np.mean([_n_learnt(one.exam) for one in size]))),
            np.stack([scores[one.exam.learnt_key] for one in size]),
        )
        for size in makers
    ]


def _ask(way: Way, maker: LabelMaker) -> Answered:
    key, store = maker.cell_key(way), maker.bench.store
    make = partial(maker.pipeline, way)
    with blaming_parts(*maker.outside(way)):
        return answer_cell(str(way), key, maker.batches, make, store, maker.bench.progress)


def _score(answered: Answered, learnt: LabelExam, exam: LabelExam) -> Floats:
    """What the ways are compared by, a value a test text."""
    answers = {id_: answer for id_, (answer, _) in answered.items()}
    return deciding_scores(mark(exam.test, answers, exam.task, learnt.names, all_names(exam)), exam.task)


def _n_learnt(exam: LabelExam) -> int:
    return len(exam.train) + len(exam.validation)
