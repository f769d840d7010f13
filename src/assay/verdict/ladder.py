"""The ladder: what each rung brought over the best one below it. Knows scores and the order of rungs, no texts.

From the plain base upwards, one thing more at a time: examples, retrieval, both; then the same tuned; over several
bases, then the next one. So a reader sees where to stop.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from assay.grid.cell import Cell
from assay.statistics.inference import estimate_difference
from assay.statistics.sampling import Sampling
from assay.verdict.result import Rung

__all__ = ["climb", "climb_in_order"]

Floats = npt.NDArray[np.float64]


def climb(scores: Mapping[Cell, Floats], sampling: Sampling, seed: int) -> list[Rung]:
    """The cells that can be served, each against the best of those below it; nothing for a single one."""
    cells = sorted((cell for cell in scores if _is_rung(cell, scores)), key=_height)
    return climb_in_order({str(cell): scores[cell] for cell in cells}, sampling, seed)


def climb_in_order(scores: Mapping[str, Floats], sampling: Sampling, seed: int) -> list[Rung]:
    """Things that stand from below to above, each against the best of those below it; nothing for a single one."""
    rungs: list[Rung] = []
    best = next(iter(scores), "")
    for name, values in scores.items():
        if not rungs:
            rungs.append(Rung(name, None, None))
            continue
        gain = estimate_difference(values, scores[best], sampling, np.random.default_rng(seed)).estimate
        rungs.append(Rung(name, best, gain))
        if np.nanmean(values) > np.nanmean(scores[best]):
            best = name
    return rungs if len(rungs) > 1 else []


def _is_rung(cell: Cell, scores: Mapping[Cell, Floats]) -> bool:
    return cell.can_be_served and not np.isnan(scores[cell]).all()


def _height(cell: Cell) -> tuple[bool, float, float]:
    """Untuned ones first, then by what is read and how it is asked."""
    return cell.is_tuned, cell.row.place, cell.column.place
