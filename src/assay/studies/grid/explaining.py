"""Why the advised cell's answers fail: facts, interventions and checks become causes, in the order to deal with."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assay.grid.answering import Answered
from assay.grid.cell import Cell
from assay.grid.pipelines import Pipelines
from assay.questions.exam import Exam
from assay.scoring import CitedSentence
from assay.scoring.scorer import Scorer
from assay.studies.grid.interventions import ask_changed, choose_asked
from assay.studies.grid.prompt_facts import answer_facts, count_without_passages, evidence_read, holds_answer
from assay.studies.grid.question_check import count_missing_documents
from assay.verdict.causes import AnswerFacts, Change, explain_answers
from assay.verdict.diagnosis import ceilings, diagnose
from assay.verdict.named_causes import name_answers, name_faults
from assay.verdict.result import CanaryMark, Diagnosis, NamedCause, QuestionFinding

__all__ = ["Evidence", "explain"]

Floats = npt.NDArray[np.float64]
Scores = Mapping[Cell, Floats]
_LEAST_WRONG = 5  # answers that training would have changed if it had taught anything


@dataclass(frozen=True)
class Evidence:
    """What was found out beside the exam: of the question set, and of known questions."""

    findings: list[QuestionFinding]
    canary: list[CanaryMark]


def explain(
    cell: Cell,
    scores: Scores,
    answers: Mapping[Cell, Answered],
    citations: Mapping[Cell, Mapping[str, Sequence[CitedSentence]]],
    told: Evidence,
    exam: Exam,
    pipelines: Pipelines,
    scorer: Scorer,
) -> Diagnosis:
    """The gaps, the waterfall, the cause of each wrong answer of a cell, and what is named first.

    The row with the right page handed over and the other columns are interventions that the grid has made already;
    what else is asked is bounded by the setting `interventions`. For a cell that reads nothing, so is the row that
    reads what search finds: where that does not help, its prompt tells why.
    """
    ids = [question.id for question in exam.test]
    known = np.array([question.answerable and question.id in exam.gold for question in exam.test])
    s, score = pipelines.settings, scores[cell]
    sampling = exam.sampling(s.generalise)
    diagnosis = diagnose(scores, ids, sampling, known, cell, s.seed, evidence_read(answers, exam, pipelines))
    reader = cell if cell.row.reads else _reading_beside(cell, scores)
    wrong = {id for id, mark in zip(ids, score, strict=True) if mark == 0}
    prompts = _prompts(reader, answers[reader], citations[reader], wrong, told, exam, pipelines, scorer)
    facts = [
        replace(one, holds_answer=q.id in wrong and holds_answer(answers[cell][q.id][0].text, q, scorer))
        for one, q in zip(prompts, exam.test, strict=True)
    ]
    changes = _of_the_grid(cell, scores) + ([] if reader is cell else [Change("read", scores[reader])])
    asked = choose_asked(exam.test, score, known.tolist(), s.interventions, s.seed)
    has_alone = any(change.name == "alone" for change in changes)
    further = ask_changed(cell, answers[cell], asked, has_alone, pipelines, scorer)
    n_asked = sum(int((~np.isnan(change.scores)).sum()) for change in further)
    if n_asked:
        pipelines.bench.say("run.changed", n=n_asked)
    rng = np.random.default_rng(s.seed)
    explained = explain_answers(ids, score, facts, [*changes, *further], cell.row.reads, sampling, rng)
    faults, named = _faults(told, scores, answers, exam), name_answers(explained, score, ids, sampling, rng)
    is_told = {one.name for one in faults}
    return replace(
        diagnosis,
        cause=explained.cause,
        tried=explained.tried,
        effects=explained.effects,
        named=[*faults, *(one for one in named if one.name not in is_told)],
        n_asked=n_asked,
    )


def _prompts(
    reader: Cell,
    answered: Answered,
    citations: Mapping[str, Sequence[CitedSentence]],
    wrong: AbstractSet[str],
    told: Evidence,
    exam: Exam,
    pipelines: Pipelines,
    scorer: Scorer,
) -> list[AnswerFacts]:
    """What stood in a cell's prompts, with what the check of the question set found."""
    doubtful = {one.question for one in told.findings if one.kind in ("not_in_evidence", "contradiction")}
    missing = {one.question for one in told.findings if one.kind == "not_in_documents"}
    return answer_facts(reader, answered, citations, wrong, doubtful, missing, exam, pipelines, scorer)


def _faults(told: Evidence, scores: Scores, answers: Mapping[Cell, Answered], exam: Exam) -> list[NamedCause]:
    return name_faults(
        told.findings,
        {question.id: question.split or "" for question in exam.questions.questions},
        told.canary,
        count_without_passages(answers),
        _idle(scores, answers),
        count_missing_documents(exam, told.findings),
    )


def _reading_beside(cell: Cell, scores: Scores) -> Cell:
    """The cell of the same column that reads what search finds; the cell itself, where that was not run."""
    beside = [one for one in scores if one.column is cell.column and one.row.gap == "retrieval" and not one.row.made_of]
    return min(beside, key=lambda one: one.row.place, default=cell)


def _of_the_grid(cell: Cell, scores: Scores) -> list[Change]:
    """The evidence alone, in the cell's own column and in each other one that was run."""
    changes = []
    for ceiling in ceilings(scores):
        is_own = ceiling.column is cell.column
        changes.append(Change("alone" if is_own else f"column:{ceiling.column.name}", scores[ceiling]))
    return changes


def _idle(scores: Scores, answers: Mapping[Cell, Answered]) -> list[tuple[str, int]]:
    """Adapters under which each answer is what the base says, wherever both were asked, wrong ones included."""
    idle = []
    for column in dict.fromkeys(cell.column for cell in scores if cell.is_tuned):
        pairs = [
            (cell, plain)
            for cell in scores
            for plain in scores
            if cell.column is column and plain.row is cell.row and plain.column.is_plain and not cell.row.made_of
        ]
        n_wrong = sum(int((scores[cell] == 0).sum()) for cell, _ in pairs)
        if pairs and n_wrong >= _LEAST_WRONG and all(_say_the_same(answers[a], answers[b]) for a, b in pairs):
            idle.append((str(pairs[-1][0]), n_wrong))
    return idle


def _say_the_same(a: Answered, b: Answered) -> bool:
    both = a.keys() & b.keys()
    return bool(both) and all(a[id][0].text == b[id][0].text for id in both)
