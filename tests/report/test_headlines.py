"""Finished studies in one line each."""

from dataclasses import replace

import pytest
from tests.report.sample import small_result
from tests.report.test_drill_page import make_drill
from tests.report.test_label_page import make_result

from assay.report.headlines import drill_headline, grid_headline, label_headline
from assay.verdict.drill_result import Tally


@pytest.mark.parametrize(
    ("kind", "en", "zh"),
    [
        ("decided", "prompt engineering", "提示工程"),
        ("cannot_tell", "prompt engineering, not told from others", "提示工程，与其他方案尚分不出"),
        ("none_works", "none works; best: prompt engineering", "尚无可用方案；最好的是提示工程"),
    ],
)
def test_a_run_tells_its_verdict_with_the_share_of_that_cell(kind: str, en: str, zh: str) -> None:
    result = small_result()
    cell = next(one for one in result.cells if one.cell == "none/few-shot")
    told = replace(result, verdict=replace(result.verdict, kind=kind, cell=cell.cell, best=cell.cell))
    share = f"{cell.correct.value:.0%}"
    assert grid_headline(told, "en") == (en, f"{share} right")
    assert grid_headline(told, "zh") == (zh, f"{share} 正确")


def test_labels_tell_what_their_ways_are_compared_by() -> None:
    assert label_headline(make_result(), "en") == ("tuned small encoder", "90% right")
    assert label_headline(replace(make_result(), decides="f1"), "en")[1].endswith(" 88%")


def test_a_drill_tells_how_many_questions_its_best_cell_corrects() -> None:
    drill = make_drill()
    assert drill_headline(drill, "en") == ("hybrid: RAG + fine-tuning (sync)", "17 of 30 corrected")
    none = Tally(0, 15, 0, 0)
    cells = [replace(cell, ways=[replace(one, trained=none, others=none) for one in cell.ways]) for cell in drill.cells]
    assert drill_headline(replace(drill, cells=cells), "zh") == ("无一改对", "改对 0 / 30")
