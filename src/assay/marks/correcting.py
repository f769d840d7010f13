"""Marks of a few answers correct the figures of all: agreement, means, differences, and what is left of the verdict.

Knows a result, draws and marks. Finds no file, and words nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assay.marks.counting import Counted, count_marks, pairs_of_people
from assay.marks.drawing import Draw, GivenAnswer, chance_of, given_answers
from assay.marks.judging import Foretold, foretell
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
LEAST_UNJUDGED = 10  # of a cell's unjudged answers: with fewer marks its corrected share is about the others alone
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
    weights, scored, right = found.judged()
    false_right = weighted_share(~right[scored], weights[scored])
    false_wrong = weighted_share(right[~scored], weights[~scored])
    agreement = weighted_share(scored == right, weights)
    kappa = weighted_kappa(scored, right, weights)
    agrees = found.is_judged_alike(kappa)
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
        n_unjudged=sum(found.answers[place].scored is None for place in found.labels),
        judge=found.foretold.standing,
    )


@dataclass(frozen=True)
class _Labelled:
    """The answers of a run and which of them are labelled."""

    answers: list[GivenAnswer]
    labels: dict[int, bool]  # place among the answers -> whether people call it right
    chances: dict[int, float]
    weights: dict[int, float]  # of each label, for shares over all answers of the cells drawn from
    drawn: tuple[str, ...]  # cells from whose answers was drawn, in the order of the result
    n_questions: int
    foretold: Foretold  # of answers that the scorer cannot judge

    @classmethod
    def of(cls, result: RunResult, draws: Sequence[Draw], counted: Counted) -> "_Labelled":
        answers = given_answers(result)
        places = {one.key: place for place, one in enumerate(answers)}
        rows = [row for draw in draws for row in draw.rows if row.row in counted.right and row.key in places]
        labels = {places[row.key]: counted.right[row.row] for row in rows}
        wanted = {cell for draw in draws for cell in draw.cells}
        drawn = tuple(cell for cell in result.examined if cell in wanted)
        chances = {place: chance_of(answers[place], draws) for place in labels}
        weights = _pooled(answers, labels, chances, set(drawn))
        foretold = foretell(answers, labels, weights, result.judge)
        return cls(answers, labels, chances, weights, drawn, len(result.questions), foretold)

    @property
    def scored_right(self) -> float:
        """The share that the scorer calls right, of what it judges of the cells drawn from; 0 where that is nothing."""
        n = {mark: _n_given(self.answers, set(self.drawn), mark) for mark in (True, False)}
        return n[True] / max(1, sum(n.values()))

    def judged(self) -> tuple[Floats, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Of each labelled answer that the scorer judges its weight, that of all cells that gave it, and both marks."""
        places = [place for place in self.labels if self.answers[place].scored is not None]
        scored = np.array([self.answers[place].scored for place in places], dtype=bool)
        right = np.array([self.labels[place] for place in places], dtype=bool)
        return np.array([self.weights[place] for place in places]), scored, right

    @property
    def has_judged(self) -> bool:
        """Whether an answer is labelled that the scorer judges."""
        return any(self.answers[place].scored is not None for place in self.labels)

    def is_judged_alike(self, kappa: Estimate | None) -> bool:
        """Whether scorer and people agree well enough; where that is not known, whether a judge in its place does."""
        standing = self.foretold.standing
        if kappa is None:
            return standing is not None and standing.use == "in_use"
        return kappa.value >= LEAST_KAPPA

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Cell -> the places of its answers."""
        places: dict[str, list[int]] = {}
        for place, one in enumerate(self.answers):
            for cell in one.cells:
                places.setdefault(cell, []).append(place)
        return places

    @cached_property
    def _marked(self) -> dict[str, Marked]:
        """What is known of the marks of each cell; each is compared with every other."""
        return {}

    def scored(self, cell: str) -> Floats:
        """The scorer's marks of one cell, Q; NaN where there is none."""
        marks = np.full(self.n_questions, np.nan)
        for one in (self.answers[place] for place in self._places.get(cell, [])):
            if one.scored is not None:
                marks[one.place] = one.scored
        return marks

    def n_unjudged(self, cell: str) -> int:
        """How many answers of a cell the scorer cannot judge; 0 where too few of them are marked to speak for all."""
        places = [place for place in self._places.get(cell, []) if self.answers[place].scored is None]
        n_marked = sum(place in self.labels for place in places)
        return len(places) if n_marked >= min(len(places), LEAST_UNJUDGED) else 0

    def marked(self, cell: str) -> Marked:
        """The marks of one cell, Q, those foretold of unjudged answers included where enough of them are marked.

        Within what is called right, wrong, or neither, the weights of the labels add up to all of it.
        """
        if cell not in self._marked:
            self._marked[cell] = self._mark(cell)
        return self._marked[cell]

    def _mark(self, cell: str) -> Marked:
        scored, labels, weights = self.scored(cell), *(np.full(self.n_questions, np.nan) for _ in range(2))
        classes = np.where(np.isnan(scored), "", scored.astype(str)).astype(object)
        takes_all = self.n_unjudged(cell) > 0
        for place in self._places.get(cell, []):
            one = self.answers[place]
            if one.scored is None and not takes_all:
                continue
            if one.scored is None:
                scored[one.place], classes[one.place] = self.foretold.marks[place], self.foretold.classes[place]
            if place in self.labels:
                labels[one.place], weights[one.place] = self.labels[place], 1 / self.chances[place]
        for name in set(classes) - {""}:
            some = (classes == name) & ~np.isnan(labels)
            if some.any():
                weights[some] *= (classes == name).sum() / weights[some].sum()
        return Marked(scored, labels, np.nan_to_num(weights))


def _pooled(
    answers: Sequence[GivenAnswer], labels: Mapping[int, bool], chances: Mapping[int, float], drawn: set[str]
) -> dict[int, float]:
    """The weight of each label: that of all cells that gave its answer; of each mark of the scorer they add up."""
    weights = {place: len(set(answers[place].cells) & drawn) / chances[place] for place in labels}
    n = {mark: _n_given(answers, drawn, mark) for mark in (True, False, None)}
    for mark, n_given in n.items():
        some = [place for place in labels if answers[place].scored is mark]
        total = sum(weights[place] for place in some)
        for place in some:
            weights[place] *= n_given / total * len(labels) / sum(n.values())
    return weights


def _n_given(answers: Sequence[GivenAnswer], drawn: set[str], mark: bool | None) -> int:
    """How many answers of the cells drawn from have a mark of the scorer."""
    return sum(len(set(one.cells) & drawn) for one in answers if one.scored is mark)


def _table(scored: npt.NDArray[np.bool_], right: npt.NDArray[np.bool_]) -> Table:
    return Table(*(int((a & b).sum()) for a in (scored, ~scored) for b in (right, ~right)))


def _correct_cell(cell: str, found: _Labelled, sampling: Sampling, agrees: bool) -> CorrectedCell:
    marked = found.marked(cell)
    n = int(marked.labelled.sum())
    corrected = prediction_powered_mean(marked, sampling).estimate if n else None
    counts = agrees and n >= LEAST_MARKS
    return CorrectedCell(cell, _mean(found.scored(cell)), corrected, n, counts, found.n_unjudged(cell))


def _correct_difference(a: str, b: str, found: _Labelled, sampling: Sampling, agrees: bool) -> CorrectedDifference:
    of_a, of_b = found.marked(a), found.marked(b)
    both = of_a.used & of_b.used
    n = min(int((one.labelled & both).sum()) for one in (of_a, of_b))
    scored = _mean(found.scored(a) - found.scored(b))
    corrected = prediction_powered_difference(of_a, of_b, sampling).estimate if n else None
    return CorrectedDifference(a, b, scored, corrected, n, agrees and n >= LEAST_MARKS)


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def _judge_verdict(
    result: RunResult, cells: Sequence[CorrectedCell], found: _Labelled, sampling: Sampling, agrees: bool
) -> tuple[Bearing, list[str]]:
    """What the marks make of the verdict, and the cells that stand against it, the likeliest first."""
    verdict = result.verdict
    counting = {one.cell for one in cells if one.counts and result.is_served(one.cell)}
    if not agrees:
        return "low_kappa" if found.has_judged else "few", []
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
