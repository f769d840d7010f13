"""The ladder of base models: screened first, then a whole grid for the one or two that are left, and one verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from assay.bench.progress import Named, Progress, usual_progress
from assay.masking import mask
from assay.questions import Source
from assay.questions.exam import load_exam
from assay.statistics.sampling import Sampling
from assay.studies.bases.base_study import choose_base
from assay.studies.grid.grid_study import run
from assay.studies.study import Finished
from assay.verdict.base_result import BaseResult, BaseRung, Grid
from assay.verdict.ladder import climb_in_order
from assay.verdict.recommendation import decide, undiagnosed_verdict
from assay.verdict.result import Cost, Rung, RunResult, Verdict
from assay.verdict.stored import save_result

__all__ = ["deciding_cells", "run_several"]


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

    The cheapest base left gets the whole grid; another one the cells of it that could decide between the two, unless
    cells are named. The cells of all grids are compared on the test, as those of one grid are.
    """
    told = progress or usual_progress()
    chosen = choose_base(documents, questions, bases, out=out, progress=told, **settings)
    grids: dict[str, Finished[RunResult]] = {}
    for base in [one.base for one in chosen.result.bases if one.base in chosen.result.finalists]:
        opened = next(name for name in bases if mask(name) == chosen.result.summary(base).opened)
        own = settings | {"base": opened}
        asked = cells or (deciding_cells(next(iter(grids.values())).result, chosen.result.cells) if grids else None)
        named = Named(base, told)
        grids[base] = run(documents, questions, out=out, cells=asked, answers=answers, progress=named, **own)
    verdict = _decide(grids)
    rungs = _join(chosen.result, grids, verdict)
    words = {cell: told.name for one in grids.values() for cell, told in one.result.words.items()}
    result = replace(
        chosen.result,
        grids=_summaries(grids),
        grid_verdict=verdict,
        rungs=rungs,
        words=chosen.result.words | words,
    )
    if result != chosen.result:
        save_result(result, chosen.folder / "result.json")
    finished = replace(chosen, result=result)
    finished.write_report()
    return finished, list(grids.values())


def deciding_cells(first: RunResult, plain: Sequence[str]) -> str:
    """The cells that a second base is worth asking in: what is advised and what is best for the first, and plain ones,
    without which nothing could be said of why answers fail.
    """
    asked = {one.cell for one in first.cells}
    named = dict.fromkeys((first.verdict.cell, first.verdict.best, *plain))
    return ",".join(cell for cell in named if cell in asked)


def _summaries(grids: Mapping[str, Finished[RunResult]]) -> list[Grid]:
    return [_summary(base, finished.result) for base, finished in grids.items()]


def _summary(base: str, result: RunResult) -> Grid:
    cell = _advised(result)
    correct = next(one.correct for one in result.cells if one.cell == cell)
    return Grid(base, result.run_id, result.verdict.kind, cell, result.words[cell].name, correct)


def _advised(result: RunResult) -> str:
    return result.verdict.best if result.verdict.kind == "none_works" else result.verdict.cell


def _join(chosen: BaseResult, grids: Mapping[str, Finished[RunResult]], verdict: Verdict | None) -> list[BaseRung]:
    """The ladder over several grids: every rung of the cheapest base, then each next base in the cell advised for it.

    Empty where there is one grid, whose report has its ladder.
    """
    if verdict is None:
        return []
    climbed = {base: finished.result for base, finished in grids.items()}
    named: dict[str, tuple[str, str]] = {}
    for base, result in climbed.items():
        below = [] if named else [rung.cell for rung in result.rungs]
        of_both = [one.cell for one in result.cells if f"{base}, {one.cell}" == verdict.cell]
        for cell in dict.fromkeys([*below, *of_both] or [_advised(result)]):
            named[f"{base}, {cell}"] = base, cell
    scores = {name: _marks(climbed[base], cell) for name, (base, cell) in named.items()}
    rungs = climb_in_order(scores, _sampling(grids), chosen.settings["seed"])
    return [_rung(rung, named[rung.cell][0], climbed) for rung in rungs]


def _rung(rung: Rung, base: str, results: Mapping[str, RunResult]) -> BaseRung:
    result, cell = results[base], rung.cell.removeprefix(f"{base}, ")
    summary = next(one for one in result.cells if one.cell == cell)
    return BaseRung(base, result.words[cell].name, summary.correct, summary.cost, rung)


def _sampling(grids: Mapping[str, Finished[RunResult]]) -> Sampling:
    first = next(iter(grids.values()))
    return load_exam(first.folder / "exam.json").sampling(first.result.settings["generalise"])


def _decide(grids: Mapping[str, Finished[RunResult]]) -> Verdict | None:
    """The verdict over the cells of several grids that can be served; None where there is one grid."""
    if len(grids) < 2:
        return None
    s = next(iter(grids.values())).result.settings
    scores: dict[str, Any] = {}
    costs: dict[str, Cost] = {}
    for base, finished in grids.items():
        for one in finished.result.cells:
            if finished.result.is_served(one.cell) and one.correct.n:
                scores[f"{base}, {one.cell}"] = _marks(finished.result, one.cell)
                costs[f"{base}, {one.cell}"] = one.cost
    decision = decide(scores, costs, _sampling(grids), s["margin"], s["volume"], s["useful_floor"])
    return undiagnosed_verdict(decision, s["margin"])


def _marks(result: RunResult, cell: str) -> Any:
    """1 right, 0 wrong, NaN without a mark, one a test question."""
    found = [next((one.correct for one in question.cells if one.cell == cell), None) for question in result.questions]
    return np.array([np.nan if mark is None else float(mark) for mark in found])
