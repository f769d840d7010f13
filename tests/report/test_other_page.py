"""The report with systems from elsewhere beside the cells: in views, lines and a real browser."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.report.sample import HOSTILE, RECOMMENDED, sample_result

from assay.report import render_grid_svg, render_report
from assay.report.grid_view import cell_names, grid_rows
from assay.report.lines import verdict_lines
from assay.report.passage_view import passage_refs
from assay.report.question_view import question_entries
from assay.statistics.estimate import Estimate
from assay.verdict.result import CellWords, Comparison, OtherSummary, RunResult, Standing, ToldCost
from assay.verdict.stored import load_result, save_result

_NAME = "Bot & <b>Co</b>"
_UNCOUNTED: dict[str, Any] = {"n_prompt_tokens": 0, "n_new_tokens": 0}
_COST = ToldCost(1.9, 4.2, 130, 812.0, 3.1)


def with_other(standing: Standing = "better", told: ToldCost = _COST, name: str = _NAME) -> RunResult:
    """The sample with another system, which says what the plain base model says."""
    result = sample_result()
    value = {"better": 0.2, "worse": -0.2, "as_good": 0.01, "cannot_tell": 0.06}[standing]
    difference = Estimate(value, value - 0.03, value + 0.03, 130, 18)
    base = result.cells[0]
    other = OtherSummary(
        name, base.correct, base.correct_answerable, base.correct_unanswerable, 0.1, 0.2, 0.3, 4, told, standing,
        standing == "worse", 0.5,
    )  # fmt: skip
    return replace(
        result,
        others=[other],
        comparisons=[*result.comparisons, Comparison(RECOMMENDED, name, difference, 0.001, 0.002)],
        words=result.words | {name: CellWords({"en": name}, {"en": name}, {"en": f"Prefer {name}.", "zh": "首选它。"})},
        questions=[
            replace(
                q, cells=[*q.cells, replace(q.cells[0], cell=name, n_prompt_tokens=0, n_new_tokens=0, text=HOSTILE)]
            )
            for q in result.questions
        ],
    )


def test_it_has_a_row_of_one_field_below_the_grid() -> None:
    result = with_other()
    *cells, own = grid_rows(result, "en")
    assert (own.is_other, own.title, len(own.cells), own.cells[0].slot) == (True, _NAME, 1, 9)
    assert not any(row.is_other for row in cells)
    assert cell_names(result)[-1] == _NAME
    entry = question_entries(result, passage_refs(result, "en"), "en")[0]
    assert len(entry.outcomes) == 10 and entry.rows[-1].title == "Other system"
    assert entry.rows[-1].answers[0].tokens == ""


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (
            "better",
            "{cell} answers 20 points more right than {other} (interval 17 to 23). Replacing {other} gains",
        ),
        (
            "worse",
            "{cell} answers 20 points fewer right than {other} (interval 17 to 23). Replacing {other} loses",
        ),
        (
            "as_good",
            "{cell} and {other} are as good to within 5 points (difference +1, interval −2 to +4).",
        ),
        (
            "cannot_tell",
            "{cell} and {other} are not told apart (difference in points +6, interval +3 to +9).",
        ),
    ],
)
def test_each_standing_has_its_line(standing: Standing, said: str) -> None:
    lines = verdict_lines(with_other(standing, name="bot"), "en")
    assert lines[1].startswith(f"Other systems: {said.format(cell='hybrid: RAG + fine-tuning', other='bot')}")
    assert lines[1].endswith("As its file tells, bot takes 1.9 s an answer, 3.10 for 1,000 answers.")
    assert lines[0].startswith("What to do: prefer bot." if standing == "worse" else "What to do: use hybrid")
    chinese = verdict_lines(with_other(standing, name="bot"), "zh")[1]
    assert chinese.startswith("其他系统：") and "bot" in chinese


def test_costs_that_are_not_told_are_not_shown() -> None:
    result = with_other(told=ToldCost(None, None, 0, None, None), name="bot")
    assert "As its file tells" not in verdict_lines(result, "en")[1]
    assert "What other systems took" in render_report(result, "en")


def test_the_headline_prefers_a_system_that_is_ahead() -> None:
    assert "<h1>Prefer bot.</h1>" in render_report(with_other("worse", name="bot"), "en")
    assert "<h1>Prefer bot.</h1>" not in render_report(with_other("as_good", name="bot"), "en")


def test_a_result_keeps_its_other_systems_and_an_older_one_has_none(tmp_path: Path) -> None:
    save_result(with_other(), tmp_path / "result.json")
    assert load_result(RunResult, tmp_path / "result.json") == with_other()
    text = (tmp_path / "result.json").read_text("utf-8")
    assert '"others"' in text
    (tmp_path / "older.json").write_text(text.replace('"others"', '"unknown to this version"'), "utf-8")
    assert load_result(RunResult, tmp_path / "older.json").others == []


def test_the_picture_of_the_grid_has_it_too() -> None:
    picture = render_grid_svg(with_other(), "zh", "dark")
    assert 'height="652"' in picture and "&lt;b&gt;Co" in picture


@pytest.fixture(scope="module", params=["en", "zh"])
def html(request: pytest.FixtureRequest) -> str:
    return render_report(with_other(), request.param)


def test_page_fits_every_window_and_reports_no_problem(page: tuple[Any, Path]) -> None:
    browser, path = page
    browser.check_page(path)
    assert browser.evaluate("document.querySelector('.heat tr.other td').colSpan") == 3
