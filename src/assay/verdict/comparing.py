"""What got better or worse from one run to another of one exam, and what had changed.

Knows two results as plain values. Reads no file, and words nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from assay.errors import InputError
from assay.questions import Evidence, Question, sampling_of
from assay.statistics.clustered import holm
from assay.statistics.inference import estimate_difference, estimate_mean
from assay.statistics.sampling import Sampling
from assay.verdict.differing import Change, differing
from assay.verdict.result import AnswerView, QuestionView, RunResult
from assay.verdict.run_comparison import (
    CellChange,
    ChangeGroup,
    DocumentChanges,
    RunComparison,
    Side,
    Turn,
    TurnedQuestion,
)

__all__ = ["compare_runs"]

_OF_DOCUMENTS = ("documents", "pages", "passages", "skipped_files")
_ELSEWHERE = ("lang", "database", "base")  # settings on which no result depends, or told with the weights


def compare_runs(
    first: RunResult,
    second: RunResult,
    documents: tuple[Mapping[str, str], Mapping[str, str]] | None = None,
) -> RunComparison:
    """The second run against the first, over the questions of the same id and text.

    Each cell that both have is compared with itself, in pairs by question, and adjusted after Holm over the cells. What
    the intervals are about is the second run's `generalise`. Deterministic: resamples come from the first run's seed.

    Args:
        first: the run before, or of the one way.
        second: the run after, or of the other way.
        documents: path -> hash of the content, of each run.

    Raises:
        InputError: both are the same run, or they have no question or no cell in common.
    """
    if first.run_id == second.run_id:
        raise InputError(f"both are run {first.run_id}: name two different runs")
    pairs = _pair(first.questions, second.questions)
    if not pairs:
        raise InputError(
            f"runs {first.run_id} and {second.run_id} have no test question in common, of the same id and text: "
            "compare runs of one questions file"
        )
    names = [summary.cell for summary in first.cells], [summary.cell for summary in second.cells]
    common = [cell for cell in names[0] if cell in names[1]]
    if not common:
        raise InputError(
            f"runs {first.run_id} ({', '.join(names[0])}) and {second.run_id} ({', '.join(names[1])}) have no cell in "
            "common: run the same cells in both"
        )
    ids = {q.id for q in first.questions}, {q.id for q in second.questions}
    return RunComparison(
        first=_side(first),
        second=_side(second),
        n_common=len(pairs),
        n_only_first=len(ids[0] - ids[1]),
        n_only_second=len(ids[1] - ids[0]),
        n_reworded=len(ids[0] & ids[1]) - len(pairs),
        n_other_answers=sum((a.answers, a.answerable) != (b.answers, b.answerable) for a, b in pairs),
        cells=_compare_cells(common, pairs, first, second),
        only_first=[cell for cell in names[0] if cell not in common],
        only_second=[cell for cell in names[1] if cell not in common],
        turned=[turned for pair in pairs if (turned := _turned(*pair, common)) is not None],
        changes=_changes(first, second),
        documents=_document_changes(*documents) if documents else None,
        margin=float(second.settings.get("margin", 0.05)),
        words=first.words | second.words,
    )


_Pairs = Sequence[tuple[QuestionView, QuestionView]]


def _pair(first: Sequence[QuestionView], second: Sequence[QuestionView]) -> _Pairs:
    there = {question.id: question for question in second}
    return [(q, there[q.id]) for q in first if q.id in there and there[q.id].text == q.text]


def _side(result: RunResult) -> Side:
    verdict = result.verdict
    return Side(
        result.run_id,
        result.created,
        result.title,
        result.base,
        result.engine,
        len(result.questions),
        verdict.kind,
        verdict.cell,
    )


def _compare_cells(cells: Sequence[str], pairs: _Pairs, first: RunResult, second: RunResult) -> list[CellChange]:
    seconds = [{summary.cell: summary.cost.answer_s for summary in result.cells} for result in (first, second)]
    rng = np.random.default_rng(int(first.settings.get("seed", 0)))
    sampling = sampling_of([_as_asked(a) for a, _ in pairs], str(second.settings.get("generalise", "questions")))
    found = [_compare_cell(cell, pairs, (seconds[0][cell], seconds[1][cell]), sampling, rng) for cell in cells]
    adjusted = holm([change.p for change in found])
    return [replace(one, p_holm=p) for one, p in zip(found, adjusted, strict=True)]


def _as_asked(one: QuestionView) -> Question:
    """What of a kept question tells how it would be drawn anew."""
    return Question(one.id, one.text, (), one.answerable, Evidence(one.document) if one.document else None)


def _compare_cell(
    cell: str, pairs: _Pairs, answer_s: tuple[float, float], sampling: Sampling, rng: np.random.Generator
) -> CellChange:
    answered = [(_answer(a, cell), _answer(b, cell)) for a, b in pairs]
    scores = np.array([[_score(a), _score(b)] for a, b in answered])
    scores[np.isnan(scores).any(axis=1)] = np.nan  # both shares over the questions that both have scored
    before, after = scores[:, 0], scores[:, 1]
    difference = estimate_difference(after, before, sampling, rng)
    return CellChange(
        cell=cell,
        first=estimate_mean(before, sampling, rng),
        second=estimate_mean(after, sampling, rng),
        difference=difference.estimate,
        p=difference.p,
        p_holm=None,
        gained=int((after > before).sum()),
        lost=int((after < before).sum()),
        answer_s=answer_s,
    )


def _answer(question: QuestionView, cell: str) -> AnswerView | None:
    return next((answer for answer in question.cells if answer.cell == cell), None)


def _score(answer: AnswerView | None) -> float:
    return np.nan if answer is None or answer.correct is None else float(answer.correct)


def _turned(first: QuestionView, second: QuestionView, cells: Sequence[str]) -> TurnedQuestion | None:
    turns = []
    for cell in cells:
        a, b = _answer(first, cell), _answer(second, cell)
        if a and b and {a.correct, b.correct} == {True, False}:
            turns.append(Turn(cell, a.text, b.text, bool(b.correct)))
    return TurnedQuestion(second.id, second.text, second.answers, turns) if turns else None


def _changes(first: RunResult, second: RunResult) -> dict[ChangeGroup, list[Change]]:
    """By group; groups in which nothing changed are left out."""
    groups = zip(_record(first).items(), _record(second).values(), strict=True)
    found = {group: differing(before, after) for (group, before), after in groups}
    return {group: changes for group, changes in found.items() if changes}


def _record(result: RunResult) -> dict[ChangeGroup, dict[str, Any]]:
    told, counts = result.provenance, result.counts
    return {
        "weights": {"base": result.base, "engine": result.engine, "sha256": told.get("weights_sha256")},
        "settings": {name: value for name, value in result.settings.items() if name not in _ELSEWHERE},
        "documents": {name: counts.get(name) for name in _OF_DOCUMENTS} | {"sha256": told.get("corpus_sha256")},
        "questions": {name: n for name, n in counts.items() if name not in _OF_DOCUMENTS}
        | {"sha256": told.get("questions_sha256")},
        "parts": _codes(result),
        "versions": told.get("versions", {}),
        "machine": told.get("machine", {}),
    }


def _codes(result: RunResult) -> dict[str, str]:
    """A hash of the source of each part from outside, by its name."""
    rows = {row.name: row.code for row in result.rows if row.code}
    return rows | {column.name: column.code for column in result.columns if column.code} | result.steps


def _document_changes(first: Mapping[str, str], second: Mapping[str, str]) -> DocumentChanges:
    return DocumentChanges(
        added=sorted(second.keys() - first.keys()),
        removed=sorted(first.keys() - second.keys()),
        changed=sorted(path for path in first.keys() & second.keys() if first[path] != second[path]),
    )
