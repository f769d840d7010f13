"""The result of a drill as plain values: what result.json holds and its report shows. Computes nothing but sums."""

from dataclasses import dataclass, field
from typing import Any, Literal

from assay.statistics.estimate import Estimate
from assay.verdict.result import Words

__all__ = [
    "CellDrill",
    "ChangedView",
    "Correction",
    "DrillResult",
    "Outcome",
    "Said",
    "SyncPrice",
    "Tally",
    "Way",
]

Way = Literal["nothing", "sync", "examples", "sync+examples", "retrain", "sync+retrain"]
Outcome = Literal["new", "old", "other", "failed"]


@dataclass(frozen=True)
class Tally:
    """How changed questions were answered: the new way, the old way, as neither or both, not at all."""

    new: int = 0
    old: int = 0
    other: int = 0
    failed: int = 0

    @property
    def n(self) -> int:
        """How many were asked."""
        return self.new + self.old + self.other + self.failed

    def __add__(self, more: "Tally") -> "Tally":
        return Tally(self.new + more.new, self.old + more.old, self.other + more.other, self.failed + more.failed)


@dataclass(frozen=True)
class Correction:
    """A cell after the change, corrected in one way, and what that took.

    `trained` are changed questions of the training split, which tuning and examples are made from; `others` are not
    in it. `moved` is the difference of the share of right answers over the unchanged test questions, positive: better
    than before; None without such questions.
    """

    way: Way
    seconds: float
    tokens: int  # read by the encoder (estimated) or trained on (counted)
    peak_mb: float
    trained: Tally
    others: Tally
    corrected: Estimate  # share of the changed questions answered the new way
    gained: int
    lost: int
    moved: Estimate | None

    @property
    def changed(self) -> Tally:
        """All changed questions."""
        return self.trained + self.others


@dataclass(frozen=True)
class CellDrill:
    """A cell before the change, and each way to correct it."""

    cell: str
    before: Tally  # all changed questions, asked over the old documents
    ways: list[Correction]


@dataclass(frozen=True)
class Said:
    """What a cell answered to a changed question; `way` is "before" for the old documents."""

    cell: str
    way: str
    text: str
    outcome: Outcome


@dataclass(frozen=True)
class ChangedView:
    """A changed question with every answer."""

    id: str
    text: str
    old: list[str]  # empty: it had no answer before
    new: list[str]
    trained: bool
    said: list[Said]


@dataclass(frozen=True)
class SyncPrice:
    """What it took to read the changed documents and to bring the index up to date."""

    seconds: float
    tokens: int
    peak_mb: float


@dataclass(frozen=True)
class DrillResult:
    """Everything that a drill found out."""

    run_id: str
    created: str  # ISO 8601, UTC
    title: str
    base: str
    engine: str
    counts: dict[str, int]  # changed, trained, unchanged (of the test), documents, passages (these two: that differ)
    sync: SyncPrice | None  # None where no cell searches
    left_out: dict[str, str]  # cell -> reason
    warnings: list[str]
    cells: list[CellDrill]
    questions: list[ChangedView]
    settings: dict[str, Any]
    provenance: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)  # cell -> what it is called

    @property
    def model(self) -> str:
        """The base model."""
        return self.base

    @property
    def advised(self) -> str:
        """The cell that answers most changed questions the new way; empty where none does."""
        best = self.most_corrected()
        return best[0] if best else ""

    def most_corrected(self) -> tuple[str, Correction] | None:
        """The cell and way that answer most changed questions the new way, the quicker of equals."""
        ways = [(cell.cell, one) for cell in self.cells for one in cell.ways]
        best = min(ways, key=lambda pair: (-pair[1].changed.new, pair[1].seconds))
        return best if best[1].changed.new else None
