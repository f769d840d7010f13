"""What a judge's probabilities are worth beside people's marks, and what they say of answers that nobody marked.

Knows answers, marks and probabilities. Asks no judge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assay.marks.drawing import GivenAnswer
from assay.statistics.agreement import cohen_kappa, weighted_kappa, weighted_share
from assay.statistics.logistic import crossfit_probabilities, crossfit_share
from assay.verdict.judge_said import JudgeSaid, JudgeStanding, Use

__all__ = ["LEAST_JUDGED", "Foretold", "foretell"]

Floats = npt.NDArray[np.float64]

LEAST_JUDGED = 60  # people's marks on answers that the judge has judged
OFF_BELOW = 0.4  # kappa with people
IN_USE_FROM = 0.7
_SEED = 0  # of the folds: the same marks, the same refit


@dataclass(frozen=True)
class Foretold:
    """Of answers that the scorer cannot judge, what stands for its mark within the correction.

    `marks`: place among the answers -> 0 to 1. `classes`: place -> a name; within one of a name marks are weighted to
    stand for all of it. `standing`: the judge's; None where none was asked.
    """

    marks: dict[int, float]
    classes: dict[int, str]
    standing: JudgeStanding | None


def foretell(
    answers: Sequence[GivenAnswer], labels: Mapping[int, bool], weights: Mapping[int, float], said: JudgeSaid | None
) -> Foretold:
    """The share of right ones among the marked, refitted probabilities, or the judge's marks: as far as it is trusted.

    Args:
        answers: all of a run.
        labels: place among them -> whether people call it right.
        weights: of each label.
        said: what the judge said, if one was asked.
    """
    places = [place for place, one in enumerate(answers) if one.scored is None]
    share = _shares(answers, places, labels)
    refitted = _refit(answers, labels, said) if said else {}
    standing = _stand(answers, labels, weights, refitted, _count(answers, labels, said)) if said else None
    unjudged = dict.fromkeys(places, "unjudged")
    if standing is None or standing.is_off:
        return Foretold(share, unjudged, standing)
    if standing.use == "grey":
        return Foretold(share | refitted, unjudged, standing)
    marks = {place: float(value >= 0.5) for place, value in refitted.items()}
    named = {place: "judged right" if mark else "judged wrong" for place, mark in marks.items()}
    return Foretold(share | marks, unjudged | named, standing)


def _shares(answers: Sequence[GivenAnswer], places: Sequence[int], labels: Mapping[int, bool]) -> dict[int, float]:
    """Of each unjudged answer the share of right ones among those that are marked; none where none is."""
    if not labels.keys() & set(places):
        return {}
    shares = crossfit_share(_labels(places, labels), _questions(answers, places), _SEED)
    return dict(zip(places, shares.tolist(), strict=True))


def _refit(answers: Sequence[GivenAnswer], labels: Mapping[int, bool], said: JudgeSaid) -> dict[int, float]:
    """Of each answer that the judge has judged its probability, refitted; none where none of them is marked."""
    told = _told(answers, said)
    places = list(told)
    if not labels.keys() & told.keys():
        return {}
    given = np.array([told[place] for place in places])
    fitted = crossfit_probabilities(given, _labels(places, labels), _questions(answers, places), _SEED)
    return dict(zip(places, fitted.tolist(), strict=True))


def _told(answers: Sequence[GivenAnswer], said: JudgeSaid) -> dict[int, float]:
    """Place -> what the judge said, of answers that the scorer cannot judge."""
    known = {(one.question, one.text): one.probability for one in said.answers}
    keys = {place: (one.question, one.text) for place, one in enumerate(answers) if one.scored is None}
    return {place: known[key] for place, key in keys.items() if key in known}


def _labels(places: Sequence[int], labels: Mapping[int, bool]) -> Floats:
    return np.array([float(labels[place]) if place in labels else np.nan for place in places])


def _questions(answers: Sequence[GivenAnswer], places: Sequence[int]) -> list[str]:
    return [answers[place].question for place in places]


def _count(answers: Sequence[GivenAnswer], labels: Mapping[int, bool], said: JudgeSaid) -> JudgeStanding:
    """How many of the judge's answers are marked: nothing else is known of it."""
    told = _told(answers, said)
    n_marks = len(told.keys() & labels.keys())
    return JudgeStanding("few", n_marks, len(told) - n_marks)


def _stand(
    answers: Sequence[GivenAnswer],
    labels: Mapping[int, bool],
    weights: Mapping[int, float],
    refitted: Mapping[int, float],
    counted: JudgeStanding,
) -> JudgeStanding:
    """How the judge stands, with marks enough to tell."""
    if counted.n_marks < LEAST_JUDGED:
        return counted
    places = [place for place in refitted if place in labels]
    mark = np.array([refitted[place] >= 0.5 for place in places])
    right, weight = _of(places, labels).astype(bool), _of(places, weights)
    share = float((weight * right).sum() / weight.sum())
    alone, beside = _kappas(answers, labels, weights, refitted)
    found = replace(
        counted,
        agreement=weighted_share(mark == right, weight),
        kappa=weighted_kappa(mark, right, weight),
        majority=max(share, 1 - share),
        kappa_alone=alone,
        kappa_with=beside,
    )
    return replace(found, use=_use(found))


def _use(found: JudgeStanding) -> Use:
    kappa = found.kappa.value if found.kappa else 0.0
    assert found.agreement is not None and found.majority is not None
    if kappa < OFF_BELOW:
        return "low_kappa"
    if found.agreement.value <= found.majority:
        return "majority"
    if (found.kappa_with or 0.0) <= (found.kappa_alone or 0.0):
        return "scorer"
    return "in_use" if kappa >= IN_USE_FROM else "grey"


def _kappas(
    answers: Sequence[GivenAnswer],
    labels: Mapping[int, bool],
    weights: Mapping[int, float],
    refitted: Mapping[int, float],
) -> tuple[float | None, float | None]:
    """Of all marks with the scorer's, to which no unjudged answer is right, and with the judge's in its place."""
    places = list(labels)
    right, weight = _of(places, labels).astype(bool), _of(places, weights)
    scored = np.array([answers[place].scored is True for place in places])
    judged = np.array([refitted.get(place, 0.0) >= 0.5 for place in places])
    return cohen_kappa(scored, right, weight), cohen_kappa(scored | judged, right, weight)


def _of(places: Sequence[int], values: Mapping[int, float]) -> Floats:
    return np.array([float(values[place]) for place in places])
