"""The answers to probes become what was forgotten, beside what was gained. Asks no model anything."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from assay.grid.cell import Cell
from assay.probes import ProbeSet
from assay.statistics.inference import estimate_difference
from assay.statistics.sampling import Sampling
from assay.studies.grid.probing import Sitting
from assay.verdict.forgetting import ProbeMarks, judge_probes, judge_reading
from assay.verdict.result import Comparison, Forgetting, LostAnswer, ProbeOutcome

__all__ = ["weigh_forgetting"]

Scores = Mapping[Cell, npt.NDArray[np.float64]]


def weigh_forgetting(
    sets: Sequence[ProbeSet],
    sittings: Sequence[Sitting],
    scores: Scores,
    sampling: Sampling,
    margin: float,
    seed: int,
) -> list[Forgetting]:
    """One entry for each adapter.

    Args:
        sets: what was asked.
        sittings: the base model's first; none where nothing was asked.
        scores: of the exam, by cell.
        sampling: of the exam's questions.
        margin: the loss that is warned of.
        seed: of the intervals.
    """
    if not sittings:
        return []
    base, *tuned = sittings
    return [
        Forgetting(
            adapter=sitting.adapter,
            cells=[str(cell) for cell in sitting.cells],
            gain=_gain(sitting.cells, scores, sampling, seed),
            probes=[_judge(one, base, sitting, margin, seed) for one in sets],
            lost=[lost for one in sets for lost in _lost(one, base, sitting)],
        )
        for sitting in tuned
    ]


def _gain(cells: Sequence[Cell], scores: Scores, sampling: Sampling, seed: int) -> Comparison | None:
    """What tuning brought to the first cell that can be served and was run untuned as well."""
    for cell in cells:
        untuned = next((one for one in scores if one.row is cell.row and one.column.is_plain), None)
        if cell.can_be_served and cell in scores and untuned is not None:
            rng = np.random.default_rng(seed)
            difference = estimate_difference(scores[cell], scores[untuned], sampling, rng)
            return Comparison(str(cell), str(untuned), difference.estimate, difference.p, None)
    return None


def _judge(one: ProbeSet, base: Sitting, tuned: Sitting, margin: float, seed: int) -> ProbeOutcome:
    marks = ProbeMarks(
        before=_right(one, base),
        after=_right(one, tuned),
        languages=[probe.lang for probe in one.probes],
        categories=[probe.category for probe in one.probes],
    )
    if one.kind != "reading":
        return judge_probes(one.kind, marks, margin, seed)
    return judge_reading(marks, (_remembered(one, base), _remembered(one, tuned)), margin, seed)


def _right(one: ProbeSet, sitting: Sitting) -> npt.NDArray[np.bool_]:
    return np.array([probe.is_right(sitting.texts[one.kind][probe.question.id]) for probe in one.probes])


def _remembered(one: ProbeSet, sitting: Sitting) -> npt.NDArray[np.bool_]:
    return np.array([probe.is_remembered(sitting.texts[one.kind][probe.question.id]) for probe in one.probes])


def _lost(one: ProbeSet, base: Sitting, tuned: Sitting) -> list[LostAnswer]:
    before, after = base.texts[one.kind], tuned.texts[one.kind]
    return [
        LostAnswer(one.kind, probe.question.text, _accepted(probe.question.answers), before[id], after[id])
        for probe in one.probes
        if probe.is_right(before[id := probe.question.id]) and not probe.is_right(after[id])
    ]


def _accepted(answers: Sequence[str]) -> str:
    return answers[0] if answers else ""
