"""What people's marks say of a run, as plain values. Computes nothing."""

from dataclasses import dataclass
from typing import Literal

from assay.statistics.estimate import Estimate
from assay.verdict.judge_said import JudgeStanding

__all__ = ["Bearing", "CorrectedCell", "CorrectedDifference", "PairOfPeople", "PeoplesMarks", "Table"]

Bearing = Literal["few", "low_kappa", "holds", "open", "other"]


@dataclass(frozen=True)
class PairOfPeople:
    """Two people who marked some of the same answers; `kappa` is None where chance alone would have them agree."""

    a: str
    b: str
    n: int  # answers that both called right or wrong
    n_differ: int
    kappa: float | None


@dataclass(frozen=True)
class Table:
    """How many marked answers the scorer and people call right (r) and wrong (w): `rw` is right to the scorer alone."""

    rr: int
    rw: int
    wr: int
    ww: int


@dataclass(frozen=True)
class CorrectedCell:
    """A cell's share of right answers, as scored and as people would mark; `corrected` is None without a mark.

    `counts`: it rests on enough marks, which agree well enough with the scorer's. `n_unjudged`: of the answers that
    `corrected` is about, those that the scorer cannot judge, which `scored` leaves out; 0 where too few are marked.
    """

    cell: str
    scored: float
    corrected: Estimate | None
    n_marks: int
    counts: bool
    n_unjudged: int = 0


@dataclass(frozen=True)
class CorrectedDifference:
    """Cell a minus cell b, as scored and corrected; `n_marks` is that of the cell with fewer."""

    a: str
    b: str
    scored: float
    corrected: Estimate | None
    n_marks: int
    counts: bool


@dataclass(frozen=True)
class PeoplesMarks:
    """What people say of drawn answers of a run, beside what the scorer says.

    Shares and kappa are over all answers that the scorer judges, of the cells that were drawn from, each mark weighted
    by one over the chance with which its answer was drawn. `agreement` is None without a mark of such an answer. `bias`
    is the scorer's share of right answers minus people's. `false_right`: of the answers that the scorer calls right,
    the share that people call wrong; `false_wrong` the other way round; None without a mark of such an answer.

    `bearing`: what the marks make of the verdict. "few" and "low_kappa": they take no part in it. "holds": on the
    corrected differences, too, no cell that counts is ahead of the chosen one by the margin. "open": one may be
    (`rivals`). "other": one is shown to be better than the chosen one.
    """

    n_drawn: int
    n_draws: int
    n_marked: int  # with a mark that counts
    n_unsure: int  # those who marked it were unsure
    n_tied: int  # as many called it right as wrong
    people: dict[str, int]  # marks of each
    pairs: list[PairOfPeople]
    cells_drawn: list[str]
    table: Table
    agreement: Estimate | None
    kappa: Estimate | None  # None where chance alone would have them agree
    false_right: Estimate | None
    false_wrong: Estimate | None
    bias: Estimate
    cells: list[CorrectedCell]
    differences: list[CorrectedDifference]
    bearing: Bearing
    rivals: list[str]
    scored_kind: Literal["decided", "cannot_tell", "none_works"]  # of the verdict on the scorer's marks alone
    scored_undecided: list[str]
    scored_more_questions: int | None
    n_unjudged: int = 0  # of `n_marked`, on answers that the scorer cannot judge
    judge: JudgeStanding | None = None  # None: no judge was asked

    @property
    def n_open(self) -> int:
        """Drawn and not marked by anybody."""
        return self.n_drawn - self.n_marked - self.n_unsure - self.n_tied

    @property
    def takes_part(self) -> bool:
        """Whether the verdict rests on these marks, too."""
        return self.bearing not in ("few", "low_kappa")
