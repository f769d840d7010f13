"""Marks of a few answers correct the figures of all: agreement, means, differences, and what is left of the verdict.

Knows a result, draws and marks. Finds no file, and words nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assay.marks.counting import Counted, count_marks, pairs_of_people
from assay.marks.drawing import Draw, GivenAnswer, chance_of, given_answers
from assay.marks.kept_marks import Mark
from assay.statistics.agreement import bias_of_scorer, weighted_kappa, weighted_share
from assay.statistics.estimate import Estimate
from assay.statistics.prediction_powered import Marked, prediction_powered_difference, prediction_powered_mean
from assay.statistics.sampling import Sampling
from assay.verdict.peoples_marks import Bearing, CorrectedCell, CorrectedDifference, PeoplesMarks, Table
from assay.verdict.result import RunResult

__all__ = ["LEAST_KAPPA", "LEAST_MARKS", "judge_marks", "with_marks", "without_marks"]

Floats = npt.NDArray[np.float64]

LEAST_KAPPA = 0.6  # between people and the scorer: below it a corrected figure takes no part in the verdict
LEAST_MARKS = 40  # of a cell
_LEVEL = 0.9  # of the intervals for the verdict: what lies above their upper end is ruled out at 5%


def with_marks(result: RunResult, draws: Sequence[Draw], marks: Sequence[Mark], sampling: Sampling) -> RunResult:
    """The result with what people say; its verdict is decided no more where their marks do not bear it out.

    Unchanged where no mark counts. Marks that were taken before are forgotten: these are all.
    """
    scored = without_marks(result)
    people = judge_marks(scored, draws, marks, sampling)
    if people is None:
        return scored
    if scored.verdict.kind != "decided" or people.bearing not in ("open", "other"):
        return replace(scored, people=people)
    verdict = replace(scored.verdict, kind="cannot_tell", undecided=people.rivals, more_questions=None)
    return replace(scored, people=people, verdict=verdict)


def without_marks(result: RunResult) -> RunResult:
    """The result as it was on the scorer's marks alone."""
    people = result.people
    if people is None:
        return result
    verdict = replace(
        result.verdict,
        kind=people.scored_kind,
        undecided=people.scored_undecided,
        more_questions=people.scored_more_questions,
    )
    return replace(result, people=None, verdict=verdict)


def judge_marks(
    result: RunResult, draws: Sequence[Draw], marks: Sequence[Mark], sampling: Sampling
) -> PeoplesMarks | None:
    """Everything that the marks say; None where none counts.

    Args:
        result: on the scorer's marks alone.
        draws: all of this run.
        marks: of their rows.
        sampling: of the questions; see `Sampling`.
    """
    counted = count_marks(marks)
    found = _Labelled.of(result, draws, counted)
    if not found.labels:
        return None
    weights, scored, right = found.pooled()
    false_right = weighted_share(~right[scored], weights[scored])
    false_wrong = weighted_share(right[~scored], weights[~scored])
    agreement = weighted_share(scored == right, weights)
    assert agreement is not None  # there are labels
    kappa = weighted_kappa(scored, right, weights)
    agrees = kappa is not None and kappa.value >= LEAST_KAPPA
    cells = [_correct_cell(cell, found, sampling, agrees) for cell in result.examined]
    bearing, rivals = _judge_verdict(result, cells, found, sampling, agrees)
    return PeoplesMarks(
        n_drawn=sum(len(draw.rows) for draw in draws),
        n_draws=len(draws),
        n_marked=len(counted.right),
        n_unsure=len(counted.unsure),
        n_tied=len(counted.tied),
        people={name: sum(mark.person == name for mark in marks) for name in sorted({mark.person for mark in marks})},
        pairs=pairs_of_people(marks),
        cells_drawn=list(found.drawn),
        table=_table(scored, right),
        agreement=agreement,
        kappa=kappa,
        false_right=false_right,
        false_wrong=false_wrong,
        bias=bias_of_scorer(false_right, false_wrong, found.scored_right),
        cells=cells,
        differences=[_correct_difference(one.a, one.b, found, sampling, agrees) for one in result.comparisons],
        bearing=bearing,
        rivals=rivals,
        scored_kind=result.verdict.kind,
        scored_undecided=result.verdict.undecided,
        scored_more_questions=result.verdict.more_questions,
    )


@dataclass(frozen=True)
class _Labelled:
    """The answers of a run and which of them are labelled."""

    answers: list[GivenAnswer]
    labels: dict[int, bool]  # place among the answers -> whether people call it right
    chances: dict[int, float]
    drawn: tuple[str, ...]  # cells from whose answers was drawn, in the order of the result
    n_questions: int

    @classmethod
    def of(cls, result: RunResult, draws: Sequence[Draw], counted: Counted) -> "_Labelled":
        answers = given_answers(result)
        places = {one.key: place for place, one in enumerate(answers)}
        rows = [row for draw in draws for row in draw.rows if row.row in counted.right and row.key in places]
        labels = {places[row.key]: counted.right[row.row] for row in rows}
        wanted = {cell for draw in draws for cell in draw.cells}
        drawn = tuple(cell for cell in result.examined if cell in wanted)
        chances = {place: chance_of(answers[place], draws) for place in labels}
        return cls(answers, labels, chances, drawn, len(result.questions))

    @property
    def scored_right(self) -> float:
        """The share of all answers of the cells drawn from that the scorer calls right."""
        counts = [(len(set(one.cells) & set(self.drawn)), one.scored) for one in self.answers]
        return sum(n for n, scored in counts if scored) / sum(n for n, _ in counts)

    def pooled(self) -> tuple[Floats, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Of each labelled answer its weight, that of all cells that gave it, and both marks."""
        places = list(self.labels)
        given = [self.answers[place] for place in places]
        n_cells = np.array([len(set(one.cells) & set(self.drawn)) for one in given], dtype=float)
        scored = np.array([one.scored for one in given], dtype=bool)
        right = np.array([self.labels[place] for place in places], dtype=bool)
        weights = n_cells / np.array([self.chances[place] for place in places])
        for mark, share in ((True, self.scored_right), (False, 1 - self.scored_right)):
            if weights[scored == mark].sum():
                weights[scored == mark] *= share / weights[scored == mark].sum()
        return weights * len(places), scored, right

    def marked(self, cell: str) -> Marked:
        """The marks of one cell, Q; within what the scorer calls right, and wrong, the weights add up to all of it."""
        scored, labels, weights = (np.full(self.n_questions, np.nan) for _ in range(3))
        for place, one in enumerate(self.answers):
            if cell in one.cells:
                scored[one.place] = one.scored
                if place in self.labels:
                    labels[one.place] = self.labels[place]
                    weights[one.place] = 1 / self.chances[place]
        for mark in (0.0, 1.0):
            some = (scored == mark) & ~np.isnan(labels)
            if some.any():
                weights[some] *= (scored == mark).sum() / weights[some].sum()
        return Marked(scored, labels, np.nan_to_num(weights))


def _table(scored: npt.NDArray[np.bool_], right: npt.NDArray[np.bool_]) -> Table:
    return Table(*(int((a & b).sum()) for a in (scored, ~scored) for b in (right, ~right)))


def _correct_cell(cell: str, found: _Labelled, sampling: Sampling, agrees: bool) -> CorrectedCell:
    marked = found.marked(cell)
    n = int(marked.labelled.sum())
    scored = float(marked.scored[marked.used].mean()) if marked.used.any() else float("nan")
    corrected = prediction_powered_mean(marked, sampling).estimate if n else None
    return CorrectedCell(cell, scored, corrected, n, agrees and n >= LEAST_MARKS)


def _correct_difference(a: str, b: str, found: _Labelled, sampling: Sampling, agrees: bool) -> CorrectedDifference:
    of_a, of_b = found.marked(a), found.marked(b)
    both = of_a.used & of_b.used
    n = min(int((one.labelled & both).sum()) for one in (of_a, of_b))
    scored = float((of_a.scored - of_b.scored)[both].mean()) if both.any() else float("nan")
    corrected = prediction_powered_difference(of_a, of_b, sampling).estimate if n else None
    return CorrectedDifference(a, b, scored, corrected, n, agrees and n >= LEAST_MARKS)


def _judge_verdict(
    result: RunResult, cells: Sequence[CorrectedCell], found: _Labelled, sampling: Sampling, agrees: bool
) -> tuple[Bearing, list[str]]:
    """What the marks make of the verdict, and the cells that stand against it, the likeliest first."""
    verdict = result.verdict
    counting = {one.cell for one in cells if one.counts and result.is_served(one.cell)}
    if not agrees:
        return "low_kappa", []
    if not {verdict.cell, verdict.best, *verdict.undecided} <= counting:
        return "few", []
    chosen = found.marked(verdict.cell)
    leads = {
        name: prediction_powered_difference(found.marked(name), chosen, sampling, _LEVEL).estimate
        for name in sorted(counting - {verdict.cell})
    }
    ahead = sorted((one for one in leads.items() if _may_lead(one[1], verdict.margin)), key=lambda one: -one[1].value)
    is_shown = any(lead.low is not None and lead.low > 0 for _, lead in ahead)
    return ("other" if is_shown else "open" if ahead else "holds"), [name for name, _ in ahead]


def _may_lead(lead: Estimate, margin: float) -> bool:
    return lead.high is None or lead.high >= margin
