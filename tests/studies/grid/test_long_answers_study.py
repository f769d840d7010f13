"""A grid on questions with long accepted answers: the three figures in result, report, lines and tables."""

import re

import pytest

import assay
from assay.models import ScriptedModel
from assay.models.engine import Conversation
from assay.report import render_report
from assay.report.lines import verdict_lines
from assay.verdict.result import RunResult
from assay.verdict.tables import run_tables

_TOWNS = ("Lira", "Osk", "Brenn", "Tarl", "Mora", "Vint", "Sund", "Kell", "Dorn", "Falk", "Hest", "Ylva")


def _rule(place: int, town: str) -> str:
    return (
        f"Visitors of the works in {town} register at the gate, wear a helmet in hall {place} and leave before "
        f"{place + 2} in the afternoon."
    )


def _says(conversation: Conversation) -> str:
    """A reader who says what stands about the town, with one figure changed in every third; who knows nothing else."""
    text = conversation[-1].content
    town = text.rstrip("?").rsplit(" ", 1)[-1]
    found = re.search(rf"Visitors of the works in {town} .*?afternoon\.", text)
    if found is None:
        return "Please ask somebody who has worked there for longer than I have, and bring a cake with you."
    return found.group().replace("hall 3", "hall 93").replace("hall 6", "hall 96")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    folder = tmp_path_factory.mktemp("long")
    (folder / "docs").mkdir()
    rows = []
    for place, town in enumerate(_TOWNS, start=1):
        (folder / "docs" / f"{town}.md").write_text(f"# {town}\n\n{_rule(place, town)}\n")
        question = f"What must visitors do in {town}?"
        rows.append({"question": question, "answers": [_rule(place, town)], "document": f"{town}.md", "split": "test"})
    cells = "none/zero-shot,retrieved/zero-shot"
    return assay.run(folder / "docs", rows, out=folder / "out", cells=cells, model=ScriptedModel(_says)).result


def test_every_cell_has_the_three_figures(result: RunResult) -> None:
    assert set(result.long_answers) == {"none/zero-shot", "retrieved/zero-shot"}
    read, closed = result.long_answers["retrieved/zero-shot"], result.long_answers["none/zero-shot"]
    assert read.n == closed.n == len(_TOWNS) and read.complete.value > 0.8 > 0.1 > closed.complete.value
    assert (read.n_unjudged, read.correct.value) == (0, pytest.approx(10 / 12))


def test_unjudged_answers_are_left_out_of_the_mean(result: RunResult) -> None:
    (cell,) = [one for one in result.cells if one.cell == "retrieved/zero-shot"]
    answers = [one for q in result.questions for one in q.cells if one.cell == "retrieved/zero-shot"]
    assert cell.n_failed == 0
    assert cell.correct.n == sum(one.correct is not None for one in answers)


def test_report_lines_and_tables_show_them(result: RunResult) -> None:
    assert "Long accepted answers" in render_report(result, "en") and "较长的认可答案" in render_report(result, "zh")
    assert any(line.startswith("Long answers: those of") for line in verdict_lines(result, "en"))
    assert {"complete", "correct_long", "n_unjudged"} <= set(run_tables(result)["cells"][0])
