"""Long accepted answers in the report and the lines of a run, in both languages; nothing where there are none."""

from dataclasses import replace
from types import ModuleType

import pytest

from assay.report.lines import run_warnings, verdict_lines
from assay.report.long_view import long_table
from assay.report.page import render_report
from assay.report.question_view import question_entries
from assay.scoring.long_scores import LongAnswers
from assay.statistics.estimate import Estimate
from assay.verdict.result import RunResult
from assay.verdict.tables import run_tables


def share(value: float, n: int = 40) -> Estimate:
    return Estimate(value, value - 0.1, value + 0.1, n, 10)


def with_long(result: RunResult, n_unjudged: int) -> RunResult:
    """The same with figures of long answers for every cell; the second question's answers are not judged."""
    long = LongAnswers(40, n_unjudged, share(0.61), share(0.72, 40 - n_unjudged), share(0.83))
    first, second, *rest = result.questions
    cells = [replace(answer, correct=None, reason="unjudged", complete=0.5) for answer in second.cells]
    return replace(
        result,
        cells=[replace(cell, long=long) for cell in result.cells],
        questions=[first, replace(second, cells=cells), *rest],
    )


@pytest.fixture(scope="module")
def result(sample: ModuleType) -> RunResult:
    return with_long(sample.sample_result(60), n_unjudged=6)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("Long accepted answers", "Complete", "Not judged", "15%", "not judged: its words cannot tell")),
        ("zh", ("较长的认可答案", "完整", "未判定", "15%", "未判定：仅凭词语无法看出")),
    ],
)
def test_the_report_has_the_three_figures_and_says_what_right_means(
    result: RunResult, lang: str, words: tuple[str, ...]
) -> None:
    page = render_report(result, lang)
    for text in words:
        assert text in page
    assert page == render_report(result, lang)


def test_a_row_a_cell_with_intervals(result: RunResult) -> None:
    table = long_table(result, "en")
    assert table is not None and len(table.rows) == len(result.cells)
    assert list(table.rows[0].cells[1:]) == ["61% (51–71%)", "72% (62–82%)", "83% (73–93%)", "15%", "40"]


def test_the_lines_tell_the_advised_cells_figures_and_warn_of_many_unjudged(
    sample: ModuleType, result: RunResult
) -> None:
    lines = verdict_lines(result, "en")
    assert any(
        line.startswith("Long answers: those of ") and "complete 61%" in line and "15% are not judged" in line
        for line in lines
    )
    assert any("6 of 40 answers" in line for line in run_warnings(result, "en"))
    advised = result.verdict.cell
    few_there = [
        replace(cell, long=replace(cell.long, n_unjudged=2)) if cell.long and cell.cell == advised else cell
        for cell in result.cells
    ]
    told = run_warnings(replace(result, cells=few_there), "en")
    assert any("6 of 40 answers" in line and line.endswith(", which is advised, it is 2 of 40.") for line in told)
    few = with_long(sample.sample_result(60), n_unjudged=1)
    assert not any("not judged" in line for line in run_warnings(few, "en"))


def test_an_unjudged_answer_is_neither_wrong_nor_failed(result: RunResult) -> None:
    entry = question_entries(result, {p: None for p in result.passages}, "en")[1]  # type: ignore[misc]
    assert entry.state == "unjudged" and "?" in entry.outcomes
    assert set(entry.outcomes) <= {"?", "-"}


def test_sets_without_long_answers_show_nothing_of_it(sample: ModuleType, result: RunResult) -> None:
    plain = sample.sample_result(60)
    assert long_table(plain, "en") is None
    assert "Long accepted answers" not in render_report(plain, "en")
    assert not any("Long answers" in line for line in verdict_lines(plain, "en"))
    assert "complete" not in run_tables(plain)["cells"][0] and "complete" not in run_tables(plain)["answers"][0]
    row = run_tables(result)["cells"][0]
    assert (row["n_long"], row["n_unjudged"], row["complete"], row["correct_long"]) == (40, 6, 0.61, 0.72)
