"""What each rung brought over the best one below."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pytest

from assay.bench.parts import Parts
from assay.grid.cell import Cell, parse_cell
from assay.statistics.sampling import Sampling, over_questions
from assay.verdict.ladder import climb

Floats = npt.NDArray[np.float64]
_N = 60


PARTS = Parts()


def sampling() -> Sampling:
    return over_questions([place % 6 for place in range(_N)], list(range(_N)))


def right(n: int) -> Floats:
    return (np.arange(_N) < n).astype(float)


def scores(shares: Mapping[str, int]) -> dict[Cell, Floats]:
    return {parse_cell(name, PARTS): right(n) for name, n in shares.items()}


def test_from_the_plain_base_upwards_each_against_the_best_below() -> None:
    told = {
        "retrieved/tuned": 50,
        "none/tuned": 8,
        "retrieved/zero-shot": 40,
        "oracle/zero-shot": 55,
        "none/zero-shot": 6,
    }
    rungs = climb(scores(told), sampling(), 0)
    assert [(rung.cell, rung.over) for rung in rungs] == [
        ("none/zero-shot", None),
        ("retrieved/zero-shot", "none/zero-shot"),
        ("none/tuned", "retrieved/zero-shot"),
        ("retrieved/tuned", "retrieved/zero-shot"),
    ]
    gains = [rung.gain.value if rung.gain else None for rung in rungs]
    assert gains == [None, pytest.approx(34 / 60), pytest.approx(-32 / 60), pytest.approx(10 / 60)]
    assert [rung.standing for rung in rungs] == ["cannot_tell", "pays", "loses", "pays"]


def test_a_single_cell_is_no_ladder() -> None:
    assert climb(scores({"retrieved/zero-shot": 40, "oracle/zero-shot": 50}), sampling(), 0) == []


def test_a_cell_without_marks_is_no_rung() -> None:
    told = scores({"none/zero-shot": 6, "retrieved/zero-shot": 40})
    told[parse_cell("none/few-shot", PARTS)] = np.full(_N, np.nan)
    assert [rung.cell for rung in climb(told, sampling(), 0)] == ["none/zero-shot", "retrieved/zero-shot"]
