"""Answers of one way beside what is right: right or wrong, F1, calibration. Knows no model and no verdict.

A text's label, and each of its entities, is an *item*; unless its task judges otherwise, a text is right when the items
said are the right ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assay.errors import PartError
from assay.labelled.labelled_text import Items, LabelledText, name_of
from assay.questions.answer import Answer
from assay.tasks import Task
from assay.verdict.label_result import Bin, Calibration

__all__ = ["Marks", "calibrate", "f1_by_name", "f1_values", "mark", "probability", "read_reply"]

Floats = npt.NDArray[np.float64]

_N_BINS = 10
_N_DRAWN = 1000  # exams of answers that are as sure as they are right
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
        task: reads and judges them.
        known: the names that could be said: those of the training.
        names: all that are counted, in the order of the counts.

    Raises:
        PartError: see `read_reply`.
    """
    said = [read_reply(answered[one.id].text, one.text, task, known) if one.id in answered else None for one in texts]
    gold = [one.items for one in texts]
    place = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(texts), len(names), 3))
    for row, (mine, right) in enumerate(zip(said, gold, strict=True)):
        if mine is None:
            counts[row] = np.nan
            continue
        for column, items in ((_RIGHT, mine & right), (_SAID, mine), (_GOLD, right)):
            for item in items:
                counts[row, place[name_of(item)], column] += 1
    pairs = zip(said, gold, strict=True)
    correct = [np.nan if mine is None else float(task.is_right(mine, right)) for mine, right in pairs]
    confidence = [probability(answered[one.id]) if one.id in answered else None for one in texts]
    return Marks(said, np.array(correct), counts, np.array(confidence, dtype=np.float64))


def read_reply(reply: str, text: str, task: Task, known: Sequence[str]) -> Items:
    """What a reply says of a text.

    Raises:
        PartError: the task says a name that is not known: a mistake in one from outside.
    """
    said = task.read(reply, text, known)
    unknown = {name_of(item) for item in said}.difference(known)
    if unknown:
        raise PartError(
            f'the task "{task.name}" read "{unknown.pop()}" in a reply, which is none of {", ".join(known)}'
        )
    return said


def probability(answer: Answer) -> float | None:
    """With which the way gave its whole answer, 0 to 1; None where its engine tells none."""
    return None if answer.logprob is None else min(1.0, float(np.exp(answer.logprob)))


def f1_values(counts: Floats, macro: bool) -> Floats:
    """A value a text whose mean is the F1, macro over names or else micro over items; N, NaN where there is no answer.

    Macro is over the names that are right of some answered text: one that is only said by mistake has no F1 of its own,
    and costs the names that it was said instead of.

    F1 = 2·right / (said + to be said) is a ratio of sums. These are how much it changes when a text is left out (the
    jackknife, Efron & Tibshirani 1993, chapter 11), around the F1 of all, so that intervals and paired tests of means
    hold for it from about five texts a name on. A single value may lie outside 0 to 1.
    """
    counted = counts if macro else counts.sum(axis=1, keepdims=True)
    twice, both = 2 * counted[:, :, _RIGHT], counted[:, :, _SAID] + counted[:, :, _GOLD]  # N L
    scored = ~np.isnan(both).any(axis=1)
    used = counted[scored][:, :, _GOLD].sum(axis=0) > 0 if macro else both[scored].sum(axis=0) > 0
    if not used.any():
        return np.where(scored, 1.0 if scored.any() else np.nan, np.nan)
    right, total = twice[scored][:, used].sum(axis=0), both[scored][:, used].sum(axis=0)  # L
    rest = total - both[:, used]  # N L
    without = np.divide(right - twice[:, used], rest, out=np.zeros_like(rest), where=rest > 0).mean(axis=1)  # N
    n = int(scored.sum())
    values: Floats = float((right / total).mean()) + (n - 1) * (without[scored].mean() - without)
    return np.where(scored, values, np.nan)


def f1_by_name(counts: Floats) -> Floats:
    """The F1 of each name, L; NaN for one that was neither said nor to be said."""
    sums = np.nansum(counts, axis=0)
    both = sums[:, _SAID] + sums[:, _GOLD]
    shares: Floats = np.divide(2 * sums[:, _RIGHT], both, out=np.full(len(both), np.nan), where=both > 0)
    return shares


def calibrate(confidence: Floats, correct: Floats, seed: int = 0) -> Calibration | None:
    """The expected calibration error over ten bins of equal width; None where no confidence was told.

    Beside it the mean error of answers that are right exactly as often as they claim, drawn by the seed: what chance
    alone gives with as many texts.
    """
    known = ~np.isnan(confidence) & ~np.isnan(correct)
    if not known.any():
        return None
    sure, right = confidence[known], correct[known]
    number = np.minimum((sure * _N_BINS).astype(int), _N_BINS - 1)
    is_in = np.eye(_N_BINS)[number]  # N×B
    drawn = np.random.default_rng(seed).random((_N_DRAWN, len(sure))) < sure
    chance = float(np.abs((drawn - sure) @ is_in).sum(axis=1).mean()) / len(sure)
    bins = [
        Bin(float(sure[number == b].mean()), float(right[number == b].mean()), int((number == b).sum()))
        for b in range(_N_BINS)
        if (number == b).any()
    ]
    error = sum(one.n * abs(one.confidence - one.right) for one in bins) / len(sure)
    return Calibration(error, bins, chance)
