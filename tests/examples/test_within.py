"""The example of a scorer, from the command line, with the real small model."""

import csv
import json
from pathlib import Path

import pytest
from tests.examples.lines import QUICK, answers, n_answers

import assay
from assay.bench.parts import load_parts
from assay.errors import InputError
from assay.models import LocalModel
from assay.questions import read_questions
from assay.questions.question import Question
from assay.report import render_report
from assay.scoring.scorer import Scorer
from assay.verdict.result import RunResult

_WITHIN = Path(__file__).parents[2] / "examples" / "parts" / "within.py"


@pytest.fixture
def tolerant(company: tuple[Path, Path]) -> tuple[Path, Path]:
    """The company with a tolerance of half the number for whatever is a number."""
    documents, questions = company
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    for row in rows:
        row["within"] = "50%" if row["answers"] else ""
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return documents, questions


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return load_parts([str(_WITHIN)]).of(Scorer)["within"]


@pytest.mark.parametrize(
    ("text", "tolerance", "is_right", "reason"),
    [
        ("It has 36 hours.", "1", True, "within"),  # 35 accepted
        ("It has 36.5 hours.", "1", False, "too_far"),
        ("It has 38 hours.", "10%", True, "within"),  # 3.5 are allowed
        ("It has 39 hours.", "10%", False, "too_far"),
        ("In 2024 it has 35 hours.", "1", True, "within"),  # the question names 2024
        ("It has some hours.", "1", False, "no_number"),
        ("I don't know.", "1", False, "refused_wrongly"),
        ("It has 36 hours.", "", False, "no_accepted_answer"),  # the usual marking
    ],
)
def test_a_number_within_the_tolerance_is_right(
    scorer: Scorer, text: str, tolerance: str, is_right: bool, reason: str
) -> None:
    question = Question("q", "How many hours has a week in 2024?", ("35 hours",), extra=(("within", tolerance),))
    score = scorer.mark(text, question)
    assert (score.correct, score.reason) == (is_right, reason)


def test_marks_by_the_column_and_explains_it_in_both_languages(
    tolerant: tuple[Path, Path], tmp_path: Path, model: LocalModel
) -> None:
    out, changed = tmp_path / "out", tmp_path / "within.py"

    def run(file: Path) -> RunResult:
        asked = {"cells": "retrieved/zero-shot", "parts": [str(file)], "scorer": "within"}
        return assay.run(*tolerant, out=out, model=model, **QUICK, **asked).result

    result = run(_WITHIN)
    n = n_answers(out)
    reasons = {reason for *_, reason in answers(result)}
    assert reasons & {"within", "too_far", "no_number"}
    assert not reasons & {"contains_answer", "equal_number", "no_accepted_answer"}
    shown = {"within": ("is within the tolerance", "在允许误差之内"), "too_far": ("is further away", "超出允许误差")}
    for reason in reasons & set(shown):
        assert shown[reason][0] in render_report(result, "en")
        assert shown[reason][1] in render_report(result, "zh")

    changed.write_text(_WITHIN.read_text().replace("<= _allowed", "< 0 * _allowed"))  # nothing is near enough
    other = run(changed)
    assert other.run_id != result.run_id
    assert "within" not in {reason for *_, reason in answers(other)}
    assert n_answers(out) == n  # the same answers, marked anew


def test_a_missing_column_and_bad_cells_are_told_with_their_rows(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, questions = company
    with pytest.raises(InputError, match="line 1: there is no column within, which the scorer reads"):
        assay.run(documents, questions, out=tmp_path / "out", parts=[str(_WITHIN)], scorer="within")
    table = tmp_path / "questions.csv"
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["question", "answers", "Tolerance"])
        writer.writerows([["What?", "35", "0.5"], ["How many?", "36", "some"], ["Which?", "37", "-1"]])
    with pytest.raises(InputError) as caught:
        assay.run(documents, table, out=tmp_path / "out", parts=[str(_WITHIN)], scorer="within")
    assert str(caught.value).splitlines()[1:] == [
        '  row 3: within must be a number or a percentage, got "some"',
        '  row 4: within must be a number or a percentage, got "-1"',
    ]
    assert read_questions(table).reading.unused == ("Tolerance",)  # as ever where no scorer names it
