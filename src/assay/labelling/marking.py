"""Answers of one way beside what is right: right or wrong, F1, calibration. Knows no model and no verdict.

A text's label, and each of its entities, is an *item*; a text is right when the items said are the right ones. Entities
count when their place and their type are exactly right, as in the CoNLL scorers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assay.grid.pipeline import Answer
from assay.labelling.example import Entity, LabelledText, Task
from assay.labelling.prompts import match_label, read_entities
from assay.verdict.label_result import Bin, Calibration

__all__ = [
    "Items",
    "Marks",
    "calibrate",
    "f1_by_name",
    "f1_values",
    "mark",
    "probability",
    "read_items",
    "right_items",
]

Floats = npt.NDArray[np.float64]
Items = frozenset[str | Entity]

_N_BINS = 10
_RIGHT, _SAID, _GOLD = range(3)  # the last axis of the counts


@dataclass(frozen=True)
class Marks:
    """One way's answers to the test texts, marked, in their order; NaN and None where there is no answer."""

    said: list[Items | None]
    correct: Floats  # N: 1 right, 0 wrong
    counts: Floats  # N×L×3: items right, said and to be said, by name
    confidence: Floats  # N: the probability that the way gave its answer


def mark(
    texts: Sequence[LabelledText],
    answered: Mapping[str, Answer],
    task: Task,
    known: Sequence[str],
    names: Sequence[str],
) -> Marks:
    """The marks of one way.

    Args:
        texts: of the test.
        answered: text id -> answer.
        task: labels or entities.
        known: the names that could be said: those of the training.
        names: all that are counted, in the order of the counts.
    """
    said = [read_items(answered[one.id].text, one.text, task, known) if one.id in answered else None for one in texts]
    gold = [right_items(one, task) for one in texts]
    place = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(texts), len(names), 3))
    for row, (mine, right) in enumerate(zip(said, gold, strict=True)):
        if mine is None:
            counts[row] = np.nan
            continue
        for column, items in ((_RIGHT, mine & right), (_SAID, mine), (_GOLD, right)):
            for item in items:
                counts[row, place[_name(item)], column] += 1
    correct = [np.nan if mine is None else float(mine == right) for mine, right in zip(said, gold, strict=True)]
    confidence = [probability(answered[one.id]) if one.id in answered else None for one in texts]
    return Marks(said, np.array(correct), counts, np.array(confidence, dtype=np.float64))


def right_items(text: LabelledText, task: Task) -> Items:
    """What should be said of a text."""
    return frozenset([text.label]) if task == "labels" else frozenset(text.entities)


def read_items(reply: str, text: str, task: Task, known: Sequence[str]) -> Items:
    """What a reply says of a text; nothing where it names no label, or several."""
    if task == "entities":
        return frozenset(read_entities(reply, text, known))
    label = match_label(reply, known)
    return frozenset() if label is None else frozenset([label])


def probability(answer: Answer) -> float | None:
    """With which the way gave its whole answer, 0 to 1; None where its engine tells none."""
    return None if answer.logprob is None else min(1.0, float(np.exp(answer.logprob)))


def f1_values(counts: Floats, task: Task) -> Floats:
    """A value a text whose mean is the F1: macro over labels, micro over entities; N, NaN where there is no answer.

    F1 = 2·right / (said + to be said) is a ratio of sums, and these are its linear part around the sums at hand (the
    delta method), so that intervals and paired tests of means hold for it. A single value may lie outside 0 to 1.
    """
    counted = counts if task == "labels" else counts.sum(axis=1, keepdims=True)
    twice, both = 2 * counted[:, :, _RIGHT], counted[:, :, _SAID] + counted[:, :, _GOLD]  # N L
    scored = ~np.isnan(both).any(axis=1)
    total = both[scored].sum(axis=0)
    used = total > 0
    if not used.any():
        return np.where(scored, 1.0 if scored.any() else np.nan, np.nan)
    f1 = twice[scored][:, used].sum(axis=0) / total[used]
    values: Floats = f1.mean() + ((twice[:, used] - f1 * both[:, used]) * scored.sum() / total[used]).mean(axis=1)
    return values


def f1_by_name(counts: Floats) -> Floats:
    """The F1 of each name, L; NaN for one that was neither said nor to be said."""
    sums = np.nansum(counts, axis=0)
    both = sums[:, _SAID] + sums[:, _GOLD]
    shares: Floats = np.divide(2 * sums[:, _RIGHT], both, out=np.full(len(both), np.nan), where=both > 0)
    return shares


def calibrate(confidence: Floats, correct: Floats) -> Calibration | None:
    """The expected calibration error over ten bins of equal width; None where no confidence was told."""
    known = ~np.isnan(confidence) & ~np.isnan(correct)
    if not known.any():
        return None
    sure, right = confidence[known], correct[known]
    number = np.minimum((sure * _N_BINS).astype(int), _N_BINS - 1)
    bins = [
        Bin(float(sure[number == b].mean()), float(right[number == b].mean()), int((number == b).sum()))
        for b in range(_N_BINS)
        if (number == b).any()
    ]
    return Calibration(sum(one.n * abs(one.confidence - one.right) for one in bins) / len(sure), bins)


def _name(item: str | Entity) -> str:
    return item if isinstance(item, str) else item.type
