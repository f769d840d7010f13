"""The report on labels: from a result with hostile texts, in a real browser."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assay.bench.parts import Parts
from assay.report.label_page import render_label_report
from assay.statistics.estimate import Estimate
from assay.studies.labels.way import Way
from assay.tasks import Task
from assay.verdict.label_result import (
    Bin,
    Calibration,
    LabelResult,
    LearningCurve,
    LearningPoint,
    NameView,
    SaidView,
    TextView,
    WaySummary,
)
from assay.verdict.result import Comparison, Cost, NextAction, Verdict

_HOSTILE = "<script>document.title='broken'</script> & \u202e \"quotes\" " + "W" * 300
_WAYS = ("none/zero-shot", "retrieved/zero-shot", "none/tuned", "none/tuned-encoder")


def _way(name: str, share: float, seconds: float) -> WaySummary:
    cost = Cost(30.0, 1000, 900.0, seconds, seconds * 1.2, seconds * 2, 12, 60.0, 4.0)
    bins = [Bin(0.35, 0.2, 20), Bin(0.95, share, 80)]
    estimate = Estimate(share, share - 0.05, share + 0.04, 100, 98)
    trust = None if name == "none/zero-shot" else Calibration(0.12, bins)
    return WaySummary(name, estimate, replace(estimate, value=share - 0.02), trust, 1, 2, cost)


def _curve(way: str) -> LearningCurve:
    points = [LearningPoint(n, Estimate(share, share - 0.1, share, 100, 98)) for n, share in ((90, 0.5), (350, 0.9))]
    return LearningCurve(way, points, 350, Estimate(0.04, 0.01, 0.07, 100, 98))


def make_result(task: Any = "labels") -> LabelResult:
    """Four ways over three texts."""
    known = Parts().of(Task)[task]
    ways = [
        _way(name, share, s) for name, share, s in zip(_WAYS, (0.3, 0.6, 0.8, 0.9), (0.3, 0.5, 0.2, 0.004), strict=True)
    ]
    verdict = Verdict("decided", _WAYS[3], _WAYS[3], 0.05, [], None, NextAction("none", None, None), [])
    comparisons = [Comparison(_WAYS[3], name, Estimate(0.2, 0.1, 0.3, 100, 98), 0.001, 0.003) for name in _WAYS[:3]]
    said = {name: SaidView([_HOSTILE], name == _WAYS[3], 0.8) for name in _WAYS[1:]} | {
        _WAYS[0]: SaidView([], None, None)
    }
    return LabelResult(
        run_id="abc123",
        created="2026-01-02T03:04:05+00:00",
        title="mails",
        task=task,
        base="small",
        engine="openvino-genai int8",
        encoder="MiniLM@12345678-int8",
        counts={"train": 300, "validation": 50, "test": 200, "asked": 100, "clusters": 98, "names": 2},
        detectable_difference=0.15,
        left_out={"retrieved/tuned": _HOSTILE},
        warnings=[_HOSTILE],
        ways=ways,
        comparisons=comparisons,
        verdict=verdict,
        names=[NameView(_HOSTILE, 4, {name: 0.5 for name in _WAYS}), NameView("b", 0, {name: None for name in _WAYS})],
        confusions=[(_HOSTILE, "b", 3)] if task == "labels" else [],
        texts=[TextView(str(i), _HOSTILE, [_HOSTILE], said) for i in range(3)],
        training=[],
        settings={"volume": 10000},
        decides=known.decides,
        words={name: dict(text) for name, text in known.words.items()},
        titles={name: dict(way.title) for name, way in Parts().of(Way).items()},
        learning=[_curve(name) for name in _WAYS[2:]],
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("task", ["labels", "entities"])
def test_page_tells_everything_and_is_the_same_every_time(lang: Any, task: str) -> None:
    page = render_label_report(make_result(task), lang)
    assert page == render_label_report(make_result(task), lang)
    assert "<script>document" not in page
    for text in ("90%", {"en": "tuned small encoder", "zh": "微调小编码器"}[lang], "abc123", "MiniLM@12345678-int8"):
        assert text in page


@pytest.fixture(scope="module")
def html() -> str:
    return render_label_report(make_result(), "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_can_be_read_in_every_window(page: tuple[Any, Path], lang: str) -> None:
    browser, path = page
    other = path.with_name(f"{lang}.html")
    other.write_text(render_label_report(make_result(), lang), encoding="utf-8")
    browser.check_page(other)
    assert browser.evaluate("document.title") == {"en": "mails: verdict", "zh": "mails：评估结论"}[lang]


def test_only_what_is_wrong_can_be_shown(page: tuple[Any, Path]) -> None:
    browser, path = page
    browser.open(path)
    shown = "document.querySelectorAll('details.q:not([hidden])').length"
    assert browser.evaluate(shown) == 3
    browser.evaluate("document.querySelector('[name=wrong]').click()")
    assert browser.evaluate(shown) == 0  # the chosen way got all three right
