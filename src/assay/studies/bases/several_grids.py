"""The ladder of base models: screened first, then a whole grid for the one or two that are left, and one verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from assay.bench.progress import Progress
from assay.masking import mask
from assay.questions import Source
from assay.questions.exam import load_exam
from assay.studies.bases.base_study import choose_base
from assay.studies.grid.grid_study import run
from assay.studies.study import Finished
from assay.verdict.base_result import BaseResult, Grid
from assay.verdict.recommendation import decide, undiagnosed_verdict
from assay.verdict.result import Cost, RunResult, Verdict
from assay.verdict.stored import save_result

__all__ = ["run_several"]


def run_several(
    documents: str | Path,
    questions: Source,
    bases: Sequence[str],
    *,
    out: str | Path = ".assay",
    cells: str | None = None,
    answers: Mapping[str, Source] | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> tuple[Finished[BaseResult], list[Finished[RunResult]]]:
    """Choose among several bases, then put the exam to the cells of those left; arguments and errors as of `run`.

    The cells of all grids are compared on the test, as those of one grid are.
    """
    chosen = choose_base(documents, questions, bases, out=out, progress=progress, **settings)
    grids = {}
    for base in chosen.result.finalists:
        opened = next(name for name in bases if mask(name) == chosen.result.summary(base).opened)
        own = settings | {"base": opened}
        grids[base] = run(documents, questions, out=out, cells=cells, answers=answers, progress=progress, **own)
    result = replace(chosen.result, grids=_summaries(grids), grid_verdict=_decide(grids))
    if result != chosen.result:
        save_result(result, chosen.folder / "result.json")
    finished = replace(chosen, result=result)
    finished.write_report()
    return finished, list(grids.values())


def _summaries(grids: Mapping[str, Finished[RunResult]]) -> list[Grid]:
    return [_summary(base, finished.result) for base, finished in grids.items()]


def _summary(base: str, result: RunResult) -> Grid:
    verdict = result.verdict
    cell = verdict.best if verdict.kind == "none_works" else verdict.cell
    correct = next(one.correct for one in result.cells if one.cell == cell)
    return Grid(base, result.run_id, verdict.kind, cell, result.words[cell].name, correct)


def _decide(grids: Mapping[str, Finished[RunResult]]) -> Verdict | None:
    """The verdict over the cells of several grids that can be served; None where there is one grid."""
    if len(grids) < 2:
        return None
    first = next(iter(grids.values()))
    s = first.result.settings
    sampling = load_exam(first.folder / "exam.json").sampling(s["generalise"])
    scores: dict[str, Any] = {}
    costs: dict[str, Cost] = {}
    for base, finished in grids.items():
        for one in finished.result.cells:
            if finished.result.is_served(one.cell) and one.correct.n:
                scores[f"{base}, {one.cell}"] = _marks(finished.result, one.cell)
                costs[f"{base}, {one.cell}"] = one.cost
    decision = decide(scores, costs, sampling, s["margin"], s["volume"], s["useful_floor"])
    return undiagnosed_verdict(decision, s["margin"])


def _marks(result: RunResult, cell: str) -> Any:
    """1 right, 0 wrong, NaN without a mark, one a test question."""
    found = [next((one.correct for one in question.cells if one.cell == cell), None) for question in result.questions]
    return np.array([np.nan if mark is None else float(mark) for mark in found])
