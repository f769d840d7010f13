"""What tuning has cost: the same probes before and after, paired. Knows right and wrong, no texts and no cells.

A finding rests on the languages in which the base model gets `LEAST_SHARE` right: where it knows nothing, nothing can
be seen to go. The loss is before minus after, its interval is clustered by category:

- `lost`: the loss reaches the margin, and its interval leaves out 0;
- `may_have_lost`: it reaches the margin, but its interval holds 0, or there is none;
- `kept`: the interval ends below the margin;
- `not_shown`: none of these: less than the margin was lost on these probes, more cannot be ruled out;
- `nothing_to_lose`: in no language does the base model get `LEAST_SHARE` right;
- `recites`, of reading alone: no loss is shown, but what was learnt is said in spite of the passage, more often than
  before by the margin and by more than chance. A base model that hardly reads can still be made to recite.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from assay.statistics.clustered import paired_difference
from assay.statistics.estimate import Estimate
from assay.verdict.result import Finding, ProbeOutcome, ProbePart

__all__ = ["LEAST_SHARE", "ProbeMarks", "find_loss", "judge_probes", "judge_reading"]

LEAST_SHARE = 0.2

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ProbeMarks:
    """One probe set marked twice: per probe right or wrong before and after, its language and its category."""

    before: Bools
    after: Bools
    languages: Sequence[str]
    categories: Sequence[str]

    def part(self, name: str, chosen: Bools, seed: int) -> ProbePart:
        """The shares of some of the probes, and what was lost of them."""
        before, after = self.before[chosen].astype(float), self.after[chosen].astype(float)
        clusters = [category for category, yes in zip(self.categories, chosen, strict=True) if yes]
        loss, _ = paired_difference(before, after, clusters, np.random.default_rng(seed))
        return ProbePart(name, float(before.mean()), float(after.mean()), loss)


def judge_probes(
    kind: Literal["general", "own", "reading"], marks: ProbeMarks, margin: float, seed: int
) -> ProbeOutcome:
    """What was lost of a set with at least one probe, as a whole, by language and by category; same seed, same result.

    Categories are in the order in which they come, languages too.
    """
    languages = np.array(marks.languages)
    parts = [marks.part(lang, languages == lang, seed) for lang in dict.fromkeys(marks.languages)]
    useful = [part.name for part in parts if part.before >= LEAST_SHARE]
    chosen = np.isin(languages, useful or languages)
    judged = marks.part("+".join(useful), chosen, seed)
    named = np.array(marks.categories)
    wanted = dict.fromkeys(named[chosen].tolist())
    return ProbeOutcome(
        kind=kind,
        finding=find_loss(judged.loss, margin) if useful else "nothing_to_lose",
        judged=judged,
        languages=parts,
        categories=[marks.part(name, chosen & (named == name), seed) for name in wanted],
        n_lost=int((marks.before & ~marks.after).sum()),
        n_gained=int((~marks.before & marks.after).sum()),
    )


def judge_reading(marks: ProbeMarks, remembered: tuple[Bools, Bools], margin: float, seed: int) -> ProbeOutcome:
    """As `judge_probes`; `remembered`: per probe whether the answer was what had been learnt, before and after."""
    outcome = judge_probes("reading", marks, margin, seed)
    before, after = (said.astype(float) for said in remembered)
    growth, _ = paired_difference(after, before, marks.categories, np.random.default_rng(seed))
    recites = outcome.finding != "lost" and find_loss(growth, margin) == "lost"
    shares = float(before.mean()), float(after.mean())
    return replace(outcome, finding="recites" if recites else outcome.finding, remembered=shares)


def find_loss(loss: Estimate, margin: float) -> Finding:
    """What a loss with its interval shows; see the module."""
    if loss.value >= margin:
        return "lost" if loss.low is not None and loss.low > 0 else "may_have_lost"
    return "kept" if loss.high is not None and loss.high < margin else "not_shown"
