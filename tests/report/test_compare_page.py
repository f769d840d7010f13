"""The page on two runs: from two results with hostile texts, in a real browser."""

from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assay.report.compare_lines import compare_lines, compare_table
from assay.report.compare_page import render_comparison
from assay.verdict.comparing import compare_runs
from assay.verdict.run_comparison import RunComparison


@pytest.fixture(scope="module")
def compared(sample: ModuleType) -> RunComparison:
    """A run, and the same a day later with a hybrid that gets worse, a prompt that gets better, and much changed."""
    first = sample.sample_result(60)
    cells = {"retrieved/tuned": False, "retrieved/zero-shot": True}
    questions = [
        replace(q, cells=[replace(a, correct=cells.get(a.cell, a.correct), text=sample.HOSTILE) for a in q.cells])
        for q in first.questions
    ]
    second = replace(
        first,
        run_id="2025-07-15-b3f19c",
        questions=questions,
        cells=first.cells[:-1],
        settings=first.settings | {"volume": 500, "scorer": sample.HOSTILE},
        provenance=first.provenance | {"corpus_sha256": "0" * 64},
        base=sample.HOSTILE,
    )
    return compare_runs(first, second, ({"a.md": "1", sample.HOSTILE: "2"}, {"a.md": "2", "b/" * 60 + "c.pdf": "3"}))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_tells_everything_and_is_the_same_every_time(compared: RunComparison, lang: str) -> None:
    page = render_comparison(compared, lang)
    assert page == render_comparison(compared, lang)
    assert page.count("<script>") == 1 and "<img" not in page
    for text in ("2025-07-14-a3f19c", "2025-07-15-b3f19c", "sha256", "0" * 64, "500"):
        assert text in page
    headline = {"en": "Better in the second run: RAG. Worse: hybrid", "zh": "第二次运行更好：RAG；更差：混合"}
    assert headline[lang] in page


def test_lines_name_cells_changes_and_answers_that_turned(compared: RunComparison) -> None:
    text = "\n".join(compare_lines(compared, "en"))
    assert "Compared: 60 questions that both runs asked." in text
    assert (
        "settings (volume 10000 → 500, scorer – → " in text
        and "documents (1 added, 1 removed, 1 with another content)" in text
    )
    assert "Only the first run has: right page + fine-tuning." in text
    assert "marked by different scorers" in text
    assert "hybrid: RAG + fine-tuning, from right to wrong (" in text and "more in the report" in text
    assert max(len(line) for line in text.splitlines()) < 400


def test_table_has_a_row_a_cell_with_sign_and_unit(compared: RunComparison) -> None:
    table = compare_table(compared, "en")
    assert len(table.rows) == 8
    hybrid = next(row for row in table.rows if row[0].startswith("hybrid"))
    assert hybrid[2] == "0%" and hybrid[3].startswith("−") and hybrid[3].endswith(" points")


@pytest.fixture(scope="module")
def html(compared: RunComparison) -> str:
    return render_comparison(compared, "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_can_be_read_in_every_window(page: tuple[Any, Path], compared: RunComparison, lang: str) -> None:
    browser, path = page
    other = path.with_name(f"{lang}.html")
    other.write_text(render_comparison(compared, lang), encoding="utf-8")
    browser.check_page(other)


def test_only_what_turned_wrong_can_be_shown(page: tuple[Any, Path], compared: RunComparison) -> None:
    browser, path = page
    browser.open(path)
    browser.evaluate("document.querySelector('[name=wrong]').click()")
    wrong = [one for one in compared.turned if not any(turn.is_gain for turn in one.turns)]
    assert wrong
    assert browser.evaluate("document.querySelectorAll('details.q:not([hidden])').length") == len(wrong)
