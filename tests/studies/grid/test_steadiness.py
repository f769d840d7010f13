"""A cell asked again and in other words: what turns, and what does not, with a script whose turning is known."""

from pathlib import Path

import numpy as np
import pytest

import assay
from assay.models import Conversation, ScriptedModel
from assay.report import render_report
from assay.studies.grid.steadiness import _all_right, _never_turns, _spread


def test_figures_by_hand() -> None:
    marks = np.array([[1, 1, 1], [1, 0, 1], [0, 0, np.nan], [1, np.nan, np.nan]])
    assert _never_turns(marks)[:3].tolist() == [1, 0, 1] and np.isnan(_never_turns(marks)[3])
    assert _all_right(marks).tolist() == [1, 0, 0, 1]
    # the variances of the first three: 0, 2/9, 0
    assert _spread(marks) == pytest.approx(2 / 27)


def _answer(conversation: Conversation) -> str:
    """Knows the hours in the words of the exam alone; writes other wordings when it is told to."""
    text = conversation[-1].content
    if text.startswith("Write "):
        question = text.splitlines()[-1]
        return f"Please tell me: {question[0].lower()}{question[1:]}\nI wonder, {question[0].lower()}{question[1:]}"
    question = text.split("\n\n")[-1]
    town = question.rstrip("?").rsplit(" ", 1)[-1]
    hours = {"Bruma": 38, "Tarn": 37, "Lira": 39, "Noctua": 40, "Osk": 35, "Veld": 36}
    knows = "How many hours" in question and town in hours
    return f"{hours[town]} hours" if knows else "I don't know."


def test_a_cell_that_knows_one_wording(shared_company: tuple[Path, Path], tmp_path: Path) -> None:
    done = assay.run(
        *shared_company, out=tmp_path, cells="none/zero-shot", model=ScriptedModel(_answer), repeats=2, paraphrases=1
    )
    (steady,) = done.result.steadiness
    assert steady.n_questions == 18 and steady.n_again == 2
    assert steady.steady_again is not None and steady.steady_again.value == 1  # a script never turns
    assert steady.steady_worded is not None
    # "Please tell me: how many hours": of 18 questions the three about hours turn where their wording was kept
    assert steady.steady_worded.value < 1
    assert steady.always_right.value < done.result.cells[0].correct.value
    for lang, said in (("en", "How steady the marks are"), ("zh", "评分有多稳定")):
        assert said in render_report(done.result, lang)


def test_nothing_is_asked_again_unless_wanted(shared_company: tuple[Path, Path], tmp_path: Path) -> None:
    done = assay.run(*shared_company, out=tmp_path, cells="none/zero-shot", model=ScriptedModel(_answer))
    assert done.result.steadiness == []


def test_asked_again_it_is_not_asked_once_more(shared_company: tuple[Path, Path], tmp_path: Path) -> None:
    how = {"out": tmp_path, "cells": "none/zero-shot", "repeats": 1}
    first = assay.run(*shared_company, model=ScriptedModel(_answer), **how)
    again = assay.run(*shared_company, model=ScriptedModel(lambda conversation: "never asked"), **how)
    assert again.result == first.result
