"""A prompt as plain values, and what was found out about it: what the store keeps and the report shows."""

from dataclasses import dataclass, field

from assay.bench.preparation import Preparation
from assay.statistics.estimate import Estimate

__all__ = ["PARTS", "Prompt", "PromptChoice", "PromptPart", "Shown", "Tried"]

PARTS = ("instruction", "form", "refusal", "place", "examples")  # in which two prompts may differ


@dataclass(frozen=True)
class Prompt:
    """One way of asking, in one language, with passages or without.

    Args:
        instruction: what is to be done; `{form}` and `{refusal}` in it are filled in.
        form: of the answer, "in one short sentence"; of no effect where the instruction has no `{form}`.
        refusal: how to decline, behind the instruction; of no effect where that has a `{refusal}` of its own.
        is_after: whether all that stands behind the passages, before the question.
        n_examples: answered questions shown before.
        are_fixed: whether these are the same for all questions; else they are the most alike.
        are_reversed: whether the first of them, or the most alike, comes first; else it comes last.
    """

    instruction: str
    form: str
    refusal: str
    is_after: bool = False
    n_examples: int = 0
    are_fixed: bool = False
    are_reversed: bool = False

    def value(self, part: str) -> tuple[object, ...]:
        """What one of the `PARTS` of it is."""
        if part == "examples":
            return (self.n_examples, self.are_fixed, self.are_reversed)
        return (self.is_after,) if part == "place" else (getattr(self, part),)

    def differing(self, other: "Prompt") -> list[str]:
        """The parts in which it is not like another."""
        return [part for part in PARTS if self.value(part) != other.value(part)]


@dataclass(frozen=True)
class Shown:
    """An example that stands in every prompt."""

    question: str
    passage: str  # "" where it is shown without one
    answer: str


@dataclass(frozen=True)
class Tried:
    """What a prompt got on validation questions; tokens are means an answer."""

    right: float
    prompt_tokens: float
    new_tokens: float


@dataclass(frozen=True)
class PromptPart:
    """A part in which the best prompt differs from the plain one.

    `gain`: what it brings beside the other parts, on validation; None where the prompt was not accepted.
    """

    name: str
    gain: Estimate | None = None


@dataclass(frozen=True)
class PromptChoice:
    """What the search for a prompt found, and the prompt in force.

    Args:
        row: the row whose passages it was searched with.
        column: that is asked plainly by the plain prompt.
        lang: of the questions.
        reads: whether its prompts hold passages.
        plain: the usual prompt.
        best: of those that were tried, on training questions; the plain one where no other was better.
        is_accepted: whether it is shown to be better than the plain one on validation questions; else that is in force.
        n_prompts: how many were tried; 0: no time for a round.
        n_training: training questions that the last of them were asked.
        n_validation: questions behind `gain`.
        gain: best − plain on validation, with a 95% interval; None where no other was better on training.
        before, after: the plain one and the best on these.
        parts: in which the best differs from the plain one.
        shown: its examples, where they are the same for all questions.
        n_answers: that all this took.
        budget_s: seconds that the search might take.
        round_s: and about the seconds of its first round, at the least.
        cost: what all this took.
    """

    row: str
    column: str
    lang: str
    reads: bool
    plain: Prompt
    best: Prompt
    is_accepted: bool
    n_prompts: int
    n_training: int
    n_validation: int
    budget_s: float
    round_s: float
    n_answers: int
    gain: Estimate | None = None
    before: Tried | None = None
    after: Tried | None = None
    parts: list[PromptPart] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    cost: Preparation = field(default_factory=Preparation)

    @property
    def prompt(self) -> Prompt:
        """The one in force."""
        return self.best if self.is_accepted else self.plain
