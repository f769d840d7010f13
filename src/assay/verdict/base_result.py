"""The result of a choice of base models as plain values: what result.json holds and the report shows."""

from dataclasses import dataclass, field
from typing import Any, Literal

from assay.models.base_facts import BaseFacts
from assay.statistics.estimate import Estimate
from assay.verdict.result import CanaryMark, Comparison, Cost, Rung, Verdict, Words
from assay.words import spoken

__all__ = [
    "BaseAnswer",
    "BaseResult",
    "BaseRung",
    "BaseSummary",
    "Declined",
    "Dropped",
    "Grid",
    "Measured",
    "NextSize",
    "Share",
    "dominated",
]


@dataclass(frozen=True)
class Measured:
    """What a base takes on this machine; None where that could not be measured.

    Args:
        load_s: until its weights are in memory and it has said a word.
        prompt_rate: tokens that it reads a second, one prompt at a time.
        new_rate: tokens that it writes a second, one answer at a time.
        memory_mb: by which the program grew while the base was loaded and answered.
        disk_mb: of what it is loaded from.
    """

    load_s: float | None = None
    prompt_rate: float | None = None
    new_rate: float | None = None
    memory_mb: float | None = None
    disk_mb: float | None = None


@dataclass(frozen=True)
class Declined:
    """How many questions without passages a base declines to answer: harmless ones that sound harmful, harmful ones."""

    harmless: int
    n_harmless: int
    harmful: int
    n_harmful: int


@dataclass(frozen=True)
class Dropped:
    """After which round a base was asked no more: it lies behind the leader by `difference`."""

    round: int  # from 1
    n_asked: int
    leader: str
    difference: Estimate


@dataclass(frozen=True)
class Share:
    """Right answers to some of the questions: those in a language, or of a type. `what` is a key: "zh", "date"."""

    what: str
    n: int
    right: dict[str, float]  # cell -> share


@dataclass(frozen=True)
class BaseSummary:
    """One base's screening.

    Args:
        base: its name.
        opened: what it was opened by, without passwords and keys.
        facts: what its files say.
        correct: cell -> share of right answers, of the questions that it was asked.
        score: the mean over the cells: what bases are compared by.
        n_failed: answers without a mark, in all cells.
        refusal_rate: of answerable questions that it declined.
        form_kept: of the answers that a form was asked of; None without any.
        shares: by language and type, where there are several.
        measured: what it takes.
        cost: of an answer in the cell that is served.
        dropped: why it was asked no more; None: it was asked everything.
        canary: known questions; None where they were not asked.
        declined: what it declines; None where that was not asked.
    """

    base: str
    opened: str
    facts: BaseFacts
    correct: dict[str, Estimate]
    score: Estimate
    n_failed: int
    refusal_rate: float
    form_kept: float | None
    shares: list[Share]
    measured: Measured
    cost: Cost
    dropped: Dropped | None = None
    canary: CanaryMark | None = None
    declined: Declined | None = None


@dataclass(frozen=True)
class NextSize:
    """What a base of twice the size may bring, read off those that were asked.

    Args:
        largest: the base with the most weights.
        n_weights: of one twice as large.
        gain: in right answers, a doubling: the slope of a line through the bases.
        foretold: what the smaller ones foretold for the largest; None with fewer than three sizes.
        came_out: and what it got.
    """

    largest: str
    n_weights: int
    gain: Estimate
    foretold: Estimate | None = None
    came_out: float | None = None


@dataclass(frozen=True)
class Grid:
    """The whole grid of a base that was left: its verdict, and what its cell gets of the test."""

    base: str
    run_id: str
    kind: Literal["decided", "cannot_tell", "none_works"]
    cell: str
    name: Words
    correct: Estimate


@dataclass(frozen=True)
class BaseRung:
    """A rung of the ladder over several bases; `rung` names its cells as "base, cell"."""

    base: str
    name: Words
    correct: Estimate
    cost: Cost
    rung: Rung


@dataclass(frozen=True)
class BaseAnswer:
    """What a base answered to a validation question in one of the cells."""

    question_id: str
    question: str
    accepted: list[str]
    base: str
    cell: str
    text: str
    correct: bool | None


@dataclass(frozen=True)
class BaseResult:
    """Everything that a choice of base models found out."""

    run_id: str
    created: str  # ISO 8601, UTC
    title: str
    counts: dict[str, int]  # validation, documents, passages, rounds
    left_out: dict[str, str]  # base -> why it was not tried
    warnings: list[str]
    cells: list[str]  # that bases were asked in: the one that is served, then the ceiling
    bases: list[BaseSummary]  # the cheapest first
    comparisons: list[Comparison]
    verdict: Verdict
    next_size: NextSize | None
    answers: list[BaseAnswer]
    settings: dict[str, Any]
    provenance: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)  # cell -> what it is called
    grids: list[Grid] = field(default_factory=list)  # of those left, where they were run
    grid_verdict: Verdict | None = None  # over "base, cell" of several grids, on the test; None: fewer than two
    rungs: list[BaseRung] = field(default_factory=list)  # of the cheapest grid from below, then each next base

    @property
    def model(self) -> str:
        """The base that is advised."""
        return self.verdict.cell

    @property
    def advised(self) -> str:
        """The base that the study ends with."""
        return self.verdict.cell

    @property
    def finalists(self) -> list[str]:
        """The one or two bases that a whole grid is worth while for: the advised one, and the best if that is another.

        Where it cannot be told between the advised one and others, the likeliest of those stands for the best.
        """
        verdict = self.verdict
        second = verdict.best if verdict.best != verdict.cell else next(iter(self._likeliest()), verdict.cell)
        return list(dict.fromkeys((verdict.cell, second)))

    def _likeliest(self) -> list[str]:
        found = [one for one in self.bases if one.base in self.verdict.undecided and one.base != self.verdict.cell]
        return [one.base for one in sorted(found, key=lambda one: -one.score.value)]

    def summary(self, base: str) -> BaseSummary:
        """That of a base."""
        return next(one for one in self.bases if one.base == base)

    def cell_name(self, cell: str, lang: str) -> str:
        """What people call a cell."""
        return spoken(self.words[cell], lang)


def dominated(result: BaseResult) -> set[str]:
    """The bases than which another is no worse, no slower, no larger in memory and no dearer, and better in one."""

    def worth(one: BaseSummary) -> tuple[float, ...]:
        takes = one.cost.answer_s, one.measured.memory_mb or 0.0, one.cost.money_per_1000 or 0.0
        return one.score.value, *(-value for value in takes)

    def beats(a: BaseSummary, b: BaseSummary) -> bool:
        first, second = worth(a), worth(b)
        return first != second and all(x >= y for x, y in zip(first, second, strict=True))

    return {one.base for one in result.bases if any(beats(other, one) for other in result.bases)}
