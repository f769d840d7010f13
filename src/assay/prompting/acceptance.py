"""Whether a prompt is better than the plain one, on validation questions that took no part in the search."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assay.prompting.prompt_choice import Prompt, PromptPart, Tried
from assay.prompting.prompt_trials import Asked
from assay.questions.clusters import sampling_of
from assay.questions.question import Question
from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_difference
from assay.statistics.sampling import Sampling

__all__ = ["LEAST_VALIDATION", "Acceptance", "accept", "what_pays"]

LEAST_VALIDATION = 30  # fewer tell next to nothing


@dataclass(frozen=True)
class Acceptance:
    """What two prompts got on validation; accepted: the interval of the best one's lead lies above 0."""

    gain: Estimate
    before: Tried
    after: Tried

    @property
    def is_accepted(self) -> bool:
        """Never without an interval."""
        return self.gain.low is not None and self.gain.low > 0


def accept(
    ask: Callable[[Prompt, Sequence[Question]], Asked],
    plain: Prompt,
    best: Prompt,
    validation: Sequence[Question],
    generalise: str,
    seed: int,
) -> Acceptance:
    """The best prompt of a search against the plain one, both asked all validation questions."""
    before, after = ask(plain, validation), ask(best, validation)
    gain = lead(after, before, sampling_of(validation, generalise), seed)
    return Acceptance(gain, _tried(before), _tried(after))


def lead(a: Asked, b: Asked, sampling: Sampling, seed: int) -> Estimate:
    """a − b in the share of right answers, paired, with its 95% interval."""
    return estimate_difference(a.marks, b.marks, sampling, np.random.default_rng(seed)).estimate


def what_pays(
    ask: Callable[[Prompt, Sequence[Question]], Asked],
    plain: Prompt,
    best: Prompt,
    validation: Sequence[Question],
    generalise: str,
    seed: int,
) -> list[PromptPart]:
    """What each part in which the best prompt differs brings beside the others: with it, less with the plain one."""
    whole, sampling = ask(best, validation), sampling_of(validation, generalise)
    return [
        PromptPart(part, lead(whole, ask(_without(best, part, plain), validation), sampling, seed))
        for part in best.differing(plain)
    ]


def _without(best: Prompt, part: str, plain: Prompt) -> Prompt:
    """The best prompt with one part as the plain one has it."""
    if part == "examples":
        return replace(best, n_examples=0, are_fixed=False, are_reversed=False)
    if part == "place":
        return replace(best, is_after=plain.is_after)
    return replace(best, **{part: getattr(plain, part)})


def _tried(asked: Asked) -> Tried:
    return Tried(asked.right, float(asked.prompt_tokens.mean()), float(asked.new_tokens.mean()))
