"""What bases answered becomes a result: summarised, compared, judged; and what the next size may bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from assay.bench.bench import Bench
from assay.bench.preparation import Preparation
from assay.corpus.language import detect_language
from assay.grid.cell import Cell
from assay.grid.naming import name_cell
from assay.masking import mask
from assay.questions import sampling_of
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.scoring.correctness import Score
from assay.settings import as_dict
from assay.statistics.estimate import Estimate
from assay.statistics.inference import draw_means, estimate_mean
from assay.statistics.sampling import Sampling
from assay.studies.bases.candidates import Candidate
from assay.studies.bases.screening import Sat
from assay.studies.costing import measured_cost, price_of
from assay.verdict.base_result import BaseAnswer, BaseResult, BaseSummary, Declined, Dropped, Measured, NextSize, Share
from assay.verdict.costs import by_cost
from assay.verdict.recommendation import decide, undiagnosed_verdict
from assay.verdict.result import CanaryMark

__all__ = ["Met", "judge_bases"]

Floats = npt.NDArray[np.float64]

_LEAST = 5  # questions of which a share is told


@dataclass(frozen=True)
class Met:
    """What was found out about a base before it was asked."""

    measured: Measured
    canary: CanaryMark | None
    declined: Declined | None


def judge_bases(
    run_id: str,
    candidates: Sequence[Candidate],
    met: Mapping[str, Met],
    sat: Mapping[str, Sat],
    left_out: dict[str, str],
    warnings: list[str],
    exam: Exam,
    cells: Sequence[Cell],
    bench: Bench,
    provenance: dict[str, Any],
) -> BaseResult:
    """The result; the same answers give the same result."""
    s, asked = bench.settings, exam.validation
    sampling = sampling_of(asked, s.generalise)
    named = {one.name: one for one in candidates if not sat[one.name].failed}
    bases = {name: _summarise(one, met[name], sat[name], exam, cells, bench) for name, one in named.items()}
    left = [name for name in named if sat[name].behind is None]
    seen = [question for question in asked if any(question.id in sat[name].marks[cells[0]] for name in left)]
    standing = {name: sat[name].scores(seen) for name in left}
    costs = {name: bases[name].cost for name in standing}
    decision = decide(standing, costs, sampling_of(seen, s.generalise), s.margin, s.volume, s.useful_floor)
    ordered = by_cost({name: one.cost for name, one in bases.items()}, s.volume)
    return BaseResult(
        run_id=run_id,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        title=exam.title,
        counts={
            "validation": len(asked),
            "documents": len(exam.corpus.documents),
            "passages": len(exam.corpus.passages),
            "rounds": max(one.round for one in sat.values()),
        },
        left_out=left_out | {name: one.failed for name, one in sat.items() if one.failed},
        warnings=warnings,
        cells=[str(cell) for cell in cells],
        bases=[bases[name] for name in ordered],
        comparisons=decision.choice.comparisons,
        verdict=undiagnosed_verdict(decision, s.margin),
        next_size=foretell(
            {name: sat[name].scores(asked) for name in named},
            {name: one.facts.n_weights for name, one in named.items()},
            sampling,
            s.seed,
        ),
        answers=[
            one for name in ordered for cell in cells for one in _answers(name, cell, sat[name].marks[cell], sat, asked)
        ],
        settings=as_dict(s),
        provenance=provenance,
        words={str(cell): name_cell(cell) for cell in cells},
    )


def _summarise(one: Candidate, met: Met, sat: Sat, exam: Exam, cells: Sequence[Cell], bench: Bench) -> BaseSummary:
    s, served = bench.settings, cells[0]
    questions = [question for question in exam.validation if question.id in sat.marks[served]]
    sampling, rng = sampling_of(questions, s.generalise), np.random.default_rng(s.seed)
    marks = [mark for cell in cells for mark in sat.marks[cell].values()]
    behind = sat.behind
    return BaseSummary(
        base=one.name,
        opened=mask(one.opened),
        facts=one.facts,
        correct={str(cell): estimate_mean(sat.values(cell, questions), sampling, rng) for cell in cells},
        score=estimate_mean(sat.scores(questions), sampling, rng),
        n_failed=sum(mark.correct is None for mark in marks),
        refusal_rate=_mean([sat.marks[cell][q.id].refused for cell in cells for q in questions if q.answerable]) or 0.0,
        form_kept=_mean([mark.form_kept for mark in marks if mark.form_kept is not None]),
        shares=_shares(sat, questions, cells),
        measured=met.measured,
        cost=measured_cost(sat.answers[served], Preparation(), sat.batches[served], price_of(one.model, s)),
        dropped=Dropped(sat.round, len(questions), behind.leader, behind.difference) if behind else None,
        canary=met.canary,
        declined=met.declined,
    )


def _shares(sat: Sat, questions: Sequence[Question], cells: Sequence[Cell]) -> list[Share]:
    """By what parts the questions; nothing where all are alike, and of no part with few."""
    found = []
    for kind_of in (_language, _answerable, _type):
        kinds: dict[str, list[Question]] = {}
        for question in questions:
            kinds.setdefault(kind_of(question), []).append(question)
        if len(kinds) > 1:
            found += [_share(what, some, sat, cells) for what, some in kinds.items() if what and len(some) >= _LEAST]
    return found


def _share(what: str, questions: Sequence[Question], sat: Sat, cells: Sequence[Cell]) -> Share:
    values = {str(cell): sat.values(cell, questions) for cell in cells}
    right = {name: float(np.nanmean(marks)) for name, marks in values.items() if not np.isnan(marks).all()}
    return Share(what, len(questions), right)


def _language(question: Question) -> str:
    return detect_language([question.text])


def _answerable(question: Question) -> str:
    return "answerable" if question.answerable else "unanswerable"


def _type(question: Question) -> str:
    return question.type


def _answers(
    base: str, cell: Cell, marks: Mapping[str, Score], sat: Mapping[str, Sat], asked: Sequence[Question]
) -> list[BaseAnswer]:
    said = sat[base].answers[cell]
    return [
        BaseAnswer(q.id, q.text, list(q.answers), base, str(cell), said[q.id][0].text, marks[q.id].correct)
        for q in asked
        if q.id in marks
    ]


def foretell(
    scores: Mapping[str, Floats], n_weights: Mapping[str, int | None], sampling: Sampling, seed: int
) -> NextSize | None:
    """What a doubling of the weights brings: the slope of a line through the bases' means over log2 of their sizes.

    Its interval is that of the draws of questions: it tells nothing of bases of another make. None with fewer than two
    sizes. With three or more, what the smaller ones foretell for the largest stands beside what it got.
    """
    sizes = {name: n for name in scores if (n := n_weights.get(name)) and not np.isnan(scores[name]).all()}
    names = sorted(sizes, key=lambda name: sizes[name])
    x = np.log2([sizes[name] for name in names])
    if len(set(x)) < 2:
        return None
    table = np.vstack([scores[name] for name in names])
    draws = draw_means(table, sampling, np.random.default_rng(seed))
    means = np.nanmean(table, axis=1)
    slopes = _slopes(x, draws)
    n, clusters = table.shape[1], len(set(sampling.clusters))
    gain = _between(float(_slopes(x, means[None, :])[0]), slopes, n, clusters)
    largest = names[-1]
    if len(set(x[:-1])) < 2:
        return NextSize(largest, 2 * sizes[largest], gain)
    foretold = _read_off(x[:-1], draws[:, :-1], x[-1])
    value = float(_read_off(x[:-1], means[None, :-1], x[-1])[0])
    return NextSize(largest, 2 * sizes[largest], gain, _between(value, foretold, n, clusters), float(means[-1]))


def _slopes(x: Floats, y: Floats) -> Floats:
    """Of least squares, of each row of y."""
    away = x - x.mean()
    result: Floats = (y @ away) / float(away @ away)
    return result


def _read_off(x: Floats, y: Floats, at: float) -> Floats:
    """The line of each row, read off at another place, between 0 and 1."""
    result: Floats = np.clip(y.mean(axis=1) + _slopes(x, y) * (at - x.mean()), 0.0, 1.0)
    return result


def _between(value: float, draws: Floats, n: int, clusters: int) -> Estimate:
    low, high = np.percentile(draws, [2.5, 97.5])
    return Estimate(value, float(low), float(high), n, clusters)


def _mean(values: Sequence[bool | None]) -> float | None:
    return float(np.mean([bool(value) for value in values])) if values else None
