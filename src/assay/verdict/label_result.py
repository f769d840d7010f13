"""The result of a label or entity exam as plain values: what result.json holds and the report shows."""

from dataclasses import dataclass, field
from typing import Any, Literal

from assay.statistics.estimate import Estimate
from assay.verdict.result import Comparison, Cost, Verdict
from assay.words import spoken

__all__ = [
    "Bin",
    "Calibration",
    "Guessing",
    "LabelResult",
    "LearningCurve",
    "LearningPoint",
    "NameView",
    "SaidView",
    "TextView",
    "WaySummary",
]


@dataclass(frozen=True)
class Bin:
    """The answers given with a probability in one tenth of the range: its mean, and the share that is right."""

    confidence: float
    right: float
    n: int


@dataclass(frozen=True)
class Calibration:
    """How far probabilities and shares of right answers lie apart on average (ECE), and the bins, lowest first."""

    error: float
    bins: list[Bin]
    chance: float | None = None  # the mean error of as many answers that are right exactly as often as they claim


@dataclass(frozen=True)
class Guessing:
    """What labels said without looking at the texts get right: what any way has to beat."""

    label: str  # the commonest of the training texts
    always: float  # the share of test texts that it is right of
    chance: float  # the share expected of a guess by the shares of the training texts


@dataclass(frozen=True)
class WaySummary:
    """One way's exam."""

    way: str
    correct: Estimate  # the share of texts whose label, or whose every entity, is right
    f1: Estimate  # macro over labels, micro over entities; no interval of a macro with fewer than 5 texts a label
    calibration: Calibration | None  # None: the engine tells no probability
    n_failed: int  # no answer: counted, left out of every mean
    n_unread: int  # replies that name no label: wrong
    cost: Cost
    colour: str = "accent"  # of its point in a plot, by its name in the theme
    shape: str = "circle"


@dataclass(frozen=True)
class LearningPoint:
    """What a way scored that learnt from so many texts, by what the ways are compared by."""

    n: int
    score: Estimate


@dataclass(frozen=True)
class LearningCurve:
    """How a way got better with the number of texts, and how much it would gain with some more than all there are."""

    way: str
    points: list[LearningPoint]  # the fewest texts first; the last is the way that sat the exam
    more: int
    gain: Estimate
    few_a_name: bool = False  # fewer than 12 texts a label: a gain is then more than the curve tells


@dataclass(frozen=True)
class NameView:
    """One label or type: how often it is right in the test, and its F1 by way, None where it was not met."""

    name: str
    n: int
    f1: dict[str, float | None]


@dataclass(frozen=True)
class SaidView:
    """What one way said of a text; `items` are labels, or "type: words"."""

    items: list[str]
    correct: bool | None
    confidence: float | None


@dataclass(frozen=True)
class TextView:
    """One test text with what is right and what every way said."""

    id: str
    text: str
    right: list[str]
    said: dict[str, SaidView]


@dataclass(frozen=True)
class LabelResult:
    """Everything that a label or entity run found out."""

    run_id: str
    created: str  # ISO 8601, UTC
    title: str
    task: str
    base: str  # the language model; empty where none was asked
    engine: str
    encoder: str
    counts: dict[str, int]  # train, validation, test, asked, clusters, names
    detectable_difference: float
    left_out: dict[str, str]  # way -> reason
    warnings: list[str]
    ways: list[WaySummary]
    comparisons: list[Comparison]
    verdict: Verdict
    names: list[NameView]
    confusions: list[tuple[str, str, int]]  # of the chosen way: right label, label said, how often
    texts: list[TextView]
    training: list[dict[str, Any]]  # name, seconds, n_examples, curve [[step, train_loss, validation_loss]]
    settings: dict[str, Any]
    decides: Literal["correct", "f1"]  # what the ways are compared by
    words: dict[str, dict[str, str]]  # of the task, by language; it may be gone when the report is opened
    titles: dict[str, dict[str, str]]  # of the ways, by name and language
    provenance: dict[str, Any] = field(default_factory=dict)
    guessing: Guessing | None = None  # None: not exactly one label is right of a text
    learning: list[LearningCurve] = field(default_factory=list)
    no_curve: dict[str, dict[str, str]] = field(
        default_factory=dict
    )  # way -> why a curve of it is not drawn, by language

    @property
    def model(self) -> str:
        """The language model; the encoder where none was asked."""
        return self.base or self.encoder

    @property
    def advised(self) -> str:
        """The way that the study ends with."""
        return self.verdict.cell

    def say(self, name: str, lang: str) -> str:
        """What the task calls something: "right", "metric" or "compared_by"."""
        return spoken(self.words[name], lang)

    def way_title(self, way: str, lang: str) -> str:
        """What people call a way."""
        return spoken(self.titles[way], lang)
