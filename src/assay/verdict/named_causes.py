"""Which causes are named, and in which order: what makes the figures untrue first, then what loses most answers.

Knows counts and intervals, no texts. Nothing is named that could be chance.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import get_args

import numpy as np
import numpy.typing as npt

from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_mean
from assay.statistics.sampling import Sampling
from assay.verdict.causes import Explained, is_shown
from assay.verdict.result import CanaryMark, Cause, CauseName, NamedCause, QuestionFinding

__all__ = ["ALL_BUT", "LEAST_FOUND", "name_answers", "name_faults"]

ALL_BUT = 0.03  # a cell that gets no more than this wrong is as it should be
LEAST_FOUND = 3  # questions: fewer may be slips of a check, or of a cell
_LEAST_SHARE = 0.05  # of the questions: from here on the figures themselves are in doubt
_DOUBTFUL: tuple[str, ...] = ("not_in_evidence", "contradiction")
_NOT_A_CAUSE: tuple[Cause, ...] = ("right", "unknown")
# What each cause is the effect of, where that can be told: it is named only where the effect is above 0.
_EFFECTS: Mapping[Cause, tuple[str, ...]] = {
    "not_found": ("finding",),
    "other_version": ("finding", "picking"),
    "other_document": ("picking",),
}


def name_faults(
    findings: Sequence[QuestionFinding],
    splits: Mapping[str, str],
    canary: Sequence[CanaryMark],
    without_passages: tuple[int, int],
    idle: Sequence[tuple[str, int]],
    n_missing: int,
) -> list[NamedCause]:
    """What is wrong with the run itself, whatever its cells are worth: in the order in which it is to be mended.

    Args:
        findings: of the check of the question set.
        splits: question id -> its split.
        canary: what was answered of the known questions.
        without_passages: of the answers of cells that read what is searched for, how many were given none; of how many.
        idle: adapters, by a cell each, under which every answer stayed what it was, and how many of these are wrong.
        n_missing: documents that questions name and that are not there.
    """
    found = [*_broken(canary), *_without_passages(*without_passages)]
    found += _about_questions(findings, splits, n_missing)
    found += [NamedCause("idle_adapter", n, n, None, {"cell": cell}) for cell, n in idle[:1]]
    return found


def _broken(canary: Sequence[CanaryMark]) -> list[NamedCause]:
    """The base before its adapters: where it is broken, they are too."""
    low = next((mark for mark in canary if mark.is_low), None)
    if low is None:
        return []
    name: CauseName = "broken_adapter" if low.adapter else "broken_prompt"
    return [NamedCause(name, low.n_right, low.n, None, {"cell": low.cell, "expected": low.expected})]


def _without_passages(n: int, of: int) -> list[NamedCause]:
    return [NamedCause("no_passages", n, of)] if of and n > of / 2 else []


def _about_questions(
    findings: Sequence[QuestionFinding], splits: Mapping[str, str], n_missing: int
) -> list[NamedCause]:
    test = [id for id, split in splits.items() if split == "test"]
    leaked = [one for one in findings if one.kind == "leak" and _is_across(one, splits)]
    tested = {_tested(one, splits): one.is_reworded for one in leaked}
    missing = {one.question for one in findings if one.kind == "not_in_documents"} & set(test)
    doubtful = {one.question for one in findings if one.kind in _DOUBTFUL}
    named = []
    if _counts(len(tested), len(test)):
        values = {"reworded": sum(tested.values()), "copies": len(tested) - sum(tested.values())}
        named.append(NamedCause("leak", len(tested), len(test), None, values))
    if _counts(len(missing), len(test)):
        named.append(NamedCause("not_in_documents", len(missing), len(test), None, {"documents": n_missing}))
    if _counts(len(doubtful), len(splits)):
        named.append(NamedCause("gold_doubtful", len(doubtful), len(splits)))
    return sorted(named, key=lambda one: -one.n / one.of if one.name != "leak" else -2)


def _counts(n: int, of: int) -> bool:
    return n >= max(LEAST_FOUND, _LEAST_SHARE * of)


def _is_across(one: QuestionFinding, splits: Mapping[str, str]) -> bool:
    """Whether a leak is one of the test into what is learnt from."""
    return {splits.get(one.question), splits.get(one.other)} in ({"test", "train"}, {"test", "validation"})


def _tested(one: QuestionFinding, splits: Mapping[str, str]) -> str:
    return one.question if splits.get(one.question) == "test" else one.other


def name_answers(
    explained: Explained,
    score: npt.NDArray[np.float64],
    question_ids: Sequence[str],
    sampling: Sampling,
    rng: np.random.Generator,
) -> list[NamedCause]:
    """The causes of the recommended cell's wrong answers that are no chance, that of the most answers first.

    None for a cell that gets at least 97% right. A cause that is the effect of a change is named only where that effect
    is above 0; any other where its share of the questions is, and at least three answers have it: of a single one, too,
    the interval is above 0.
    """
    scored = ~np.isnan(score)
    if not scored.any() or float(np.mean(score[scored])) >= 1 - ALL_BUT:
        return []
    counts = Counter(explained.cause.values())
    n_wrong = sum(n for cause, n in counts.items() if cause != "right")
    named = []
    for cause, n in counts.most_common():
        if cause in _NOT_A_CAUSE or cause not in get_args(CauseName):
            continue
        is_it = [np.nan if id not in explained.cause else float(explained.cause[id] == cause) for id in question_ids]
        share = estimate_mean(np.array(is_it), sampling, rng)
        if is_shown(share) and _is_no_chance(cause, n, explained.effects):
            named.append(NamedCause(cause, n, n_wrong, share))  # type: ignore[arg-type]
    return named


def _is_no_chance(cause: Cause, n: int, effects: Mapping[str, Estimate]) -> bool:
    """Whether a change tells that it is so; where none can, whether enough answers have it."""
    if cause == "not_used" and effects:
        return any(is_shown(effect) for name, effect in effects.items() if name not in ("finding", "read"))
    told = [effects[name] for name in _EFFECTS.get(cause, ()) if name in effects]
    return any(map(is_shown, told)) if told else n >= LEAST_FOUND
