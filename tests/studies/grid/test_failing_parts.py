"""A scorer or a step of the search from outside that fails while it works: no traceback, and the rest goes on."""

from pathlib import Path

import pytest
from tests.studies.grid.test_grid_study import read_passages

import assay
from assay.errors import InputError
from assay.models import ScriptedModel
from assay.report import render_report

_SCORER = """from assay.scoring import score_answer
from assay.scoring.scorer import Scorer

def _score(text, question):
    if {when}:
        raise ZeroDivisionError("no such luck")
    return score_answer(text, question)

MINE = Scorer(name="mine", title="mine", score=_score)
"""
_STEP = """from assay.retrieval.step import Change, SearchStep

def _order(question, found):
    return found[0].no_such_thing

MINE = SearchStep(name="mine", title="mine", build=lambda site: Change(reorder=lambda corpus: _order))
"""
_CELLS = "none/zero-shot,retrieved/zero-shot"


def test_a_step_that_fails_leaves_out_the_cells_that_search(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(_STEP)
    settings = {"parts": [str(file)], "search_steps": "mine", "cells": _CELLS, "model": ScriptedModel(read_passages)}
    result = assay.run(*company, out=tmp_path / "out", **settings).result
    assert [cell.cell for cell in result.cells] == ["none/zero-shot"]
    assert f"{file}:4: AttributeError" in result.left_out["retrieved/zero-shot"]
    assert f"{file}:4" in render_report(result, "en")


def test_a_scorer_that_fails_on_some_answers_leaves_out_their_cells(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(_SCORER.format(when='"hours" in text'))  # which only the cell that reads can say
    settings = {"parts": [str(file)], "scorer": "mine", "cells": _CELLS, "model": ScriptedModel(read_passages)}
    result = assay.run(*company, out=tmp_path / "out", **settings).result
    assert [cell.cell for cell in result.cells] == ["none/zero-shot"]
    assert result.left_out["retrieved/zero-shot"] == f"{file}:6: ZeroDivisionError: no such luck"


def test_a_scorer_that_fails_on_all_ends_in_one_error(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(_SCORER.format(when="True"))
    settings = {"parts": [str(file)], "scorer": "mine", "cells": _CELLS, "model": ScriptedModel(read_passages)}
    with pytest.raises(InputError, match=r"none/zero-shot: .*mine\.py:6: ZeroDivisionError: no such luck"):
        assay.run(*company, out=tmp_path / "out", **settings)


def test_a_scorer_that_returns_something_else_is_told(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(_SCORER.format(when="False").replace("return score_answer(text, question)", "return True"))
    settings = {"parts": [str(file)], "scorer": "mine", "cells": _CELLS, "model": ScriptedModel(read_passages)}
    with pytest.raises(InputError, match='scorer "mine" must return a Score, got bool'):
        assay.run(*company, out=tmp_path / "out", **settings)


def test_answers_of_which_none_can_be_judged_end_in_one_error(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    unjudged = 'return __import__("dataclasses").replace(score_answer(text, question), correct=None, reason="unjudged")'
    file.write_text(_SCORER.format(when="False").replace("return score_answer(text, question)", unjudged))
    settings = {"parts": [str(file)], "scorer": "mine", "cells": _CELLS, "model": ScriptedModel(read_passages)}
    with pytest.raises(InputError, match="none of the answers to the 18 questions can be judged by words: put short"):
        assay.run(*company, out=tmp_path / "out", **settings)
