"""The report on a drill: from a result with hostile texts, in a real browser."""

from pathlib import Path
from typing import Any

import pytest

from assay.bench.parts import Parts
from assay.grid.cell import parse_cell
from assay.grid.naming import name_cell
from assay.report.drill_page import render_drill_report
from assay.statistics.estimate import Estimate
from assay.verdict.drill_result import (
    CellDrill,
    ChangedView,
    Correction,
    DrillResult,
    Said,
    SyncPrice,
    Tally,
)
from assay.verdict.stored import load_result, save_result

_HOSTILE = "<script>document.title='broken'</script> & \u202e \"quotes\" " + "W" * 300


def _correction(way: Any, new: int, seconds: float, lost: int = 0) -> Correction:
    trained, others = Tally(new, 15 - new, 0, 0), Tally(max(0, new - 5), 2, 15 - max(2, new - 3), 0)
    moved = Estimate(-lost / 100, -0.1, 0.05, 100, 20)
    return Correction(way, seconds, 1234, 900.0, trained, others, Estimate(0.4, 0.2, 0.6, 30, 12), 1, lost, moved)


def make_drill() -> DrillResult:
    """Three cells; the hybrid is corrected most, by a sync alone and as far after training again."""
    cells = [
        CellDrill("none/zero-shot", Tally(1, 0, 29), [_correction("nothing", 0, 0.0)]),
        CellDrill("none/tuned", Tally(0, 9, 21), [_correction("retrain", 6, 120.0, lost=9)]),
        CellDrill(
            "retrieved/tuned", Tally(0, 20, 10), [_correction("sync", 11, 4.0), _correction("sync+retrain", 11, 320.0)]
        ),
    ]
    said = [Said(cell.cell, way, _HOSTILE, "old") for cell in cells for way in ("before", *(w.way for w in cell.ways))]
    questions = [ChangedView(str(i), _HOSTILE, [_HOSTILE] if i else [], [_HOSTILE], i == 1, said) for i in range(3)]
    counts = {"changed": 30, "trained": 15, "unchanged": 100, "documents": 5, "passages": 31}
    price = SyncPrice(4.0, 1234, 900.0)
    left_out = {"none/few-shot": _HOSTILE}
    return DrillResult(
        run_id="abc123",
        created="2026-01-02T03:04:05+00:00",
        title="mills",
        base="small",
        engine="openvino-genai int8",
        counts=counts,
        sync=price,
        left_out=left_out,
        warnings=[_HOSTILE],
        cells=cells,
        questions=questions,
        settings={"seed": 0},
        words={name: name_cell(parse_cell(name, Parts())) for name in (*(cell.cell for cell in cells), *left_out)},
    )


def test_of_equally_corrected_ways_the_quicker_is_named() -> None:
    best = make_drill().most_corrected()
    assert best is not None
    assert (best[0], best[1].way) == ("retrieved/tuned", "sync")


def test_a_saved_drill_is_the_same_again(tmp_path: Path) -> None:
    save_result(make_drill(), tmp_path / "result.json")
    assert load_result(DrillResult, tmp_path / "result.json") == make_drill()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_tells_everything_and_is_the_same_every_time(lang: Any) -> None:
    page = render_drill_report(make_drill(), lang)
    assert page == render_drill_report(make_drill(), lang)
    assert "<script>document" not in page
    for text in ("17/30", {"en": "sync, train again", "zh": "同步并重新训练"}[lang], "abc123", "1,234"):
        assert text in page


@pytest.fixture(scope="module")
def html() -> str:
    return render_drill_report(make_drill(), "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_can_be_read_in_every_window(page: tuple[Any, Path], lang: str) -> None:
    browser, path = page
    other = path.with_name(f"{lang}.html")
    other.write_text(render_drill_report(make_drill(), lang), encoding="utf-8")
    browser.check_page(other)
    assert browser.evaluate("document.title") == {"en": "mills: drill", "zh": "mills：变更演练"}[lang]


def test_only_what_is_not_corrected_can_be_shown(page: tuple[Any, Path]) -> None:
    browser, path = page
    browser.open(path)
    browser.evaluate("document.querySelector('[name=wrong]').click()")
    assert browser.evaluate("document.querySelectorAll('details.q:not([hidden])').length") == 3
