"""A cause for each wrong answer: from what stood in its prompt, and what comes of changing one thing.

Knows marks and facts about prompts, no texts. A label says what is known of one answer, and single labels are noisy; a
change counts as a remedy only where it mends more answers than it breaks, with an interval above 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_difference
from assay.statistics.sampling import Sampling
from assay.verdict.result import Cause

__all__ = ["AnswerFacts", "Change", "Explained", "Preferred", "effect_of", "explain_answers", "is_shown"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Preferred = Literal["", "version", "document"]


@dataclass(frozen=True)
class AnswerFacts:
    """What is known of one question and of the prompt in which the recommended cell asked it.

    Of a cell that reads nothing it is the prompt of the cell beside it that reads what search finds, if there is one.

    Args:
        answerable: whether the documents are to answer it.
        is_doubtful: its evidence says something else than its accepted answers.
        is_missing: its evidence was told, and no document holds it.
        has_evidence: its evidence was found in the documents.
        is_read: evidence of it stood in the prompt.
        preferred: what the answer is out of, or stood in the prompt in place of the evidence: another version of its
            document, another document, or nothing that is known.
        holds_answer: an accepted answer stands in what was said, though that counts as wrong.
    """

    answerable: bool = True
    is_doubtful: bool = False
    is_missing: bool = False
    has_evidence: bool = True
    is_read: bool = False
    preferred: Preferred = ""
    holds_answer: bool = False


@dataclass(frozen=True)
class Change:
    """What came of asking the recommended cell's questions with one thing changed.

    Args:
        name: "alone": the evidence and nothing else; "column:NAME": so, in another column; "read": what search finds,
            for a cell that reads nothing; or that of an intervention.
        scores: 1 right, 0 wrong, NaN not asked; one a question.
    """

    name: str
    scores: Floats


@dataclass(frozen=True)
class Explained:
    """The causes, by question id, of what was scored; what was changed and right, by question; what each change won."""

    cause: dict[str, Cause]
    tried: dict[str, dict[str, bool]]
    effects: dict[str, Estimate]


def explain_answers(
    question_ids: Sequence[str],
    score: Floats,
    facts: Sequence[AnswerFacts],
    changes: Sequence[Change],
    reads: bool,
    sampling: Sampling,
    rng: np.random.Generator,
) -> Explained:
    """Why a cell failed, question by question.

    Args:
        question_ids: in the order of all that follows.
        score: of the cell: 1 right, 0 wrong, NaN not scored.
        facts: about each question and its prompt.
        changes: what was asked otherwise.
        reads: whether the cell reads documents at all.
        sampling: what intervals are about.
        rng: where intervals come from.
    """
    effects = _effects(score, facts, changes, sampling, rng)
    asked = [{change.name: float(change.scores[i]) for change in changes} for i in range(len(question_ids))]
    cause: dict[str, Cause] = {
        id: "right" if score[i] == 1 else _cause(facts[i], asked[i], effects, reads)
        for i, id in enumerate(question_ids)
        if not np.isnan(score[i])
    }
    tried = {
        id: {name: bool(value) for name, value in asked[i].items() if not np.isnan(value)}
        for i, id in enumerate(question_ids)
        if cause.get(id, "right") != "right"
    }
    return Explained(cause, {id: found for id, found in tried.items() if found}, effects)


def _cause(facts: AnswerFacts, asked: Mapping[str, float], effects: Mapping[str, Estimate], reads: bool) -> Cause:
    """Of a wrong answer: the first of these that holds."""
    if not facts.answerable:
        return "not_declined"
    if facts.is_doubtful:
        return "gold_doubtful"
    if facts.is_missing:
        return "not_in_documents"
    if facts.holds_answer:
        return "form"
    alone = asked.get("alone", np.nan)
    if not facts.has_evidence:
        return "not_used" if facts.is_read else "unknown"
    if alone == 0:
        return _with_evidence(asked, effects)
    if not reads and asked.get("read") != 0:
        return "not_known" if 1 in (alone, asked.get("read")) else "unknown"
    if facts.preferred == "version":
        return "other_version"
    if not facts.is_read:
        return "not_found"
    return "other_document" if facts.preferred == "document" else "not_used"


def _with_evidence(asked: Mapping[str, float], effects: Mapping[str, Estimate]) -> Cause:
    """Of an answer that is wrong with the evidence alone: what else mends it, where that mends more than it breaks."""
    mends = [name for name, value in asked.items() if value == 1 and is_shown(effects.get(name))]
    if any(name.startswith("column:") for name in mends):
        return "behaviour"
    return "not_used" if mends else "capability"


def is_shown(effect: Estimate | None) -> bool:
    """Whether there is an effect above 0: by its interval, or by its value where there can be no interval."""
    if effect is None or not effect.n:
        return False
    return (effect.value if effect.low is None else effect.low) > 0


def _effects(
    score: Floats,
    facts: Sequence[AnswerFacts],
    changes: Sequence[Change],
    sampling: Sampling,
    rng: np.random.Generator,
) -> dict[str, Estimate]:
    """What each change wins, in shares of the questions with evidence.

    "alone" is two: "finding" where the evidence was not in the prompt, "picking" where it was, among others.
    """
    known = np.array([one.has_evidence for one in facts], dtype=bool)
    is_read = np.array([one.is_read for one in facts], dtype=bool)
    effects = {}
    for change in changes:
        if change.name == "alone":
            effects["finding"] = effect_of(score, change.scores, known, ~is_read, sampling, rng)
            effects["picking"] = effect_of(score, change.scores, known, is_read, sampling, rng)
        else:
            effects[change.name] = effect_of(score, change.scores, known, known, sampling, rng)
    return effects


def effect_of(
    score: Floats, changed: Floats, within: Bools, part: Bools, sampling: Sampling, rng: np.random.Generator
) -> Estimate:
    """What a change to a part of `within` wins over all of it; positive: it mends more than it breaks.

    Where only some were asked again, they stand for the others that were right, or wrong, before: strata, each with its
    own weight (Cochran 1977, "Sampling Techniques", 5.3).
    """
    used = within & ~np.isnan(score)
    values = np.zeros(len(score))
    largest = 1.0
    for mark in (0.0, 1.0):
        stratum = used & part & (score == mark)
        asked = stratum & ~np.isnan(changed)
        if asked.any():
            weight = stratum.sum() / asked.sum()
            values[asked] = (changed[asked] - score[asked]) * weight
            largest = max(largest, float(weight))
    won = estimate_difference(values[used] / largest, np.zeros(used.sum()), sampling.take(used), rng).estimate
    low, high = (None if end is None else end * largest for end in (won.low, won.high))
    return replace(won, value=won.value * largest, low=low, high=high)
