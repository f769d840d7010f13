"""A language that one file of a few sentences adds: everything else of what people read falls back to English."""

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from assay.report.lines import verdict_lines
from assay.report.page import render_report
from assay.settings import load_settings
from assay.verdict.result import RunResult


@pytest.fixture(autouse=True)
def german(add_language: Callable[..., Path]) -> None:
    entries = [
        polib.POEntry(
            msgctxt="line.cost",
            msgid="What it costs: {prepare} to prepare once, {answer} an answer.",
            msgstr="Was es kostet: {prepare} einmalig, {answer} je Antwort.",
        ),
        polib.POEntry(msgctxt="nav.gaps", msgid="Why answers fail", msgstr="Warum Antworten falsch sind"),
        polib.POEntry(msgctxt="page.unit.min", msgid="{n} min", msgstr="{n} Min."),
        polib.POEntry(msgctxt="unit.min", msgid="{n} minutes", msgstr="{n} Minuten"),
    ]
    add_language("de", entries, {"Language": "de"})


def test_the_closing_lines_fall_back_one_by_one(result: RunResult) -> None:
    german, english = verdict_lines(result, "de"), verdict_lines(result, "en")
    assert german[:4] == english[:4]
    assert german[4].startswith("Was es kostet: ") and " Minuten einmalig, " in german[4]


def test_the_report_is_said_to_be_in_that_language(result: RunResult) -> None:
    html = render_report(result, "de")
    assert '<html lang="de"' in html
    assert "Warum Antworten falsch sind" in html and " Min.<" in html
    assert "The grid: every way, one exam" in html


def test_the_settings_take_it() -> None:
    assert load_settings({"lang": "de"}).lang == "de"
