"""Two finished runs beside each other, as plain values. Computes nothing."""

from dataclasses import dataclass
from typing import Literal

from assay.statistics.estimate import Estimate
from assay.verdict.differing import Change
from assay.verdict.result import CellWords

__all__ = [
    "ALPHA",
    "CellChange",
    "ChangeGroup",
    "DocumentChanges",
    "RunComparison",
    "Side",
    "Turn",
    "TurnedQuestion",
]

ALPHA = 0.05  # below this p-value, adjusted after Holm, a difference is certain
ChangeGroup = Literal["weights", "settings", "documents", "questions", "parts", "versions", "machine"]


@dataclass(frozen=True)
class Side:
    """One of the two runs."""

    run_id: str
    created: str  # ISO 8601, UTC
    title: str
    base: str
    engine: str
    n_test: int
    kind: Literal["decided", "cannot_tell", "none_works"]
    advised: str  # cell


@dataclass(frozen=True)
class CellChange:
    """A cell in both runs, over the questions that both have scored. Differences are second minus first."""

    cell: str
    first: Estimate
    second: Estimate
    difference: Estimate
    p: float | None
    p_holm: float | None
    gained: int  # wrong in the first run, right in the second
    lost: int
    answer_s: tuple[float, float]  # mean seconds an answer, batched

    @property
    def certain(self) -> int:
        """1 where the second run is better for certain, -1 where it is worse, else 0."""
        if self.p_holm is None or self.p_holm >= ALPHA:
            return 0
        return 1 if self.difference.value > 0 else -1


@dataclass(frozen=True)
class Turn:
    """A cell's two answers to a question of which one is right and one is wrong."""

    cell: str
    first: str
    second: str
    is_gain: bool  # the second is the right one


@dataclass(frozen=True)
class TurnedQuestion:
    """A question that some cell answered right in one run and wrong in the other."""

    id: str
    text: str
    answers: list[str]  # accepted, of the second run; empty: to be refused
    turns: list[Turn]


@dataclass(frozen=True)
class DocumentChanges:
    """Paths of documents that only one of the runs had, or that had another content."""

    added: list[str]
    removed: list[str]
    changed: list[str]


@dataclass(frozen=True)
class RunComparison:
    """Everything that two runs tell beside each other."""

    first: Side
    second: Side
    n_common: int  # questions of the same id and text
    n_only_first: int
    n_only_second: int
    n_reworded: int  # of the same id and another text: left out
    n_other_answers: int  # of the common ones: other answers are accepted, or a refusal is right in one run only
    cells: list[CellChange]
    only_first: list[str]  # cells
    only_second: list[str]
    turned: list[TurnedQuestion]
    changes: dict[ChangeGroup, list[Change]]  # what is the same is left out
    documents: DocumentChanges | None  # None where one of the runs does not tell its documents
    margin: float
    words: dict[str, CellWords]

    @property
    def has_other_scorer(self) -> bool:
        """Whether the two runs marked answers in different ways."""
        return any(change.name == "scorer" for change in self.changes.get("settings", []))
