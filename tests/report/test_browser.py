from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assay.report import render_report
from assay.verdict.result import RunResult


@pytest.fixture(scope="module")
def html(result: RunResult) -> str:
    return render_report(result, "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_can_be_read_in_every_window(page: tuple[Any, Path], result: RunResult, lang: str) -> None:
    browser, path = page
    other = path.with_name(f"{lang}.html")
    other.write_text(render_report(result, lang), encoding="utf-8")
    browser.check_page(other)
    assert (
        browser.evaluate("document.title") == {"en": "skerrivald: verdict", "zh": "skerrivald：评估结论"}[lang]
    )  # and not what the hostile answers would make it


def test_a_grid_of_many_columns_and_long_names_fits(page: tuple[Any, Path], result: RunResult) -> None:
    browser, path = page
    more = [replace(result.columns[-1], name=f"tuned-{i}", title={"en": "A behaviour from outside"}) for i in range(6)]
    other = path.with_name("many.html")
    other.write_text(render_report(replace(result, columns=[*result.columns, *more]), "en"), encoding="utf-8")
    browser.check_page(other)


def test_a_single_timed_question_has_no_percentiles(result: RunResult) -> None:
    cells = [replace(c, cost=replace(c.cost, n_latency=1, latency_p95_s=0.99)) for c in result.cells]
    html = render_report(replace(result, cells=cells), "en")
    assert "one question timed" in html and "95 of 100" not in html.split('<section id="method">')[0]
    assert "95 of 100 within" in render_report(result, "en")


def test_dark_and_light_differ(page: tuple[Any, Path]) -> None:
    browser, path = page
    grounds = []
    for dark in (False, True):
        browser.open(path, dark=dark)
        grounds.append(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
    browser.evaluate("document.getElementById('theme').click()")
    grounds.append(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds[0] == grounds[2] != grounds[1]


def _shown(browser: Any) -> int:
    return browser.evaluate(
        "new Promise(done => setTimeout(() => done(document.querySelectorAll('details.q:not([hidden])').length), 200))"
    )


def test_filters_show_what_they_say(page: tuple[Any, Path], result: RunResult) -> None:
    browser, path = page
    browser.open(path)
    assert _shown(browser) == len(result.questions)
    causes = list(result.diagnosis.cause.values())
    browser.evaluate("document.querySelector('[data-show-cause=not_found]').click()")
    assert _shown(browser) == causes.count("not_found") > 0
    browser.evaluate("document.querySelector('#filters [type=reset]').click()")
    assert _shown(browser) == len(result.questions)
    set_outcome = "form.elements.outcome.value = '0'; form.dispatchEvent(new Event('input', {bubbles: true}))"
    browser.evaluate(f"(() => {{ const form = document.getElementById('filters'); {set_outcome} }})()")
    wrong = [a for q in result.questions for a in q.cells if a.cell == result.verdict.cell and a.correct is False]
    assert _shown(browser) == len(wrong)


def test_search_finds_words_of_answers(page: tuple[Any, Path], result: RunResult) -> None:
    browser, path = page
    browser.open(path)
    search = "form.elements.text.value = 'COLOUR form'; form.dispatchEvent(new Event('input', {bubbles: true}))"
    browser.evaluate(f"(() => {{ const form = document.getElementById('filters'); {search} }})()")
    assert _shown(browser) == sum("colour" in q.text for q in result.questions)
    assert browser.evaluate("document.querySelector('.shown').textContent").endswith("of 130 questions")


def test_a_citation_opens_its_passage_with_the_quote_marked(page: tuple[Any, Path]) -> None:
    browser, path = page
    browser.open(path)
    browser.evaluate("document.querySelectorAll('details.q')[3].open = true")
    browser.evaluate("document.querySelectorAll('details.q')[3].querySelector('.cite a.passage').click()")
    assert browser.evaluate("document.getElementById('reader').open")
    quote = browser.evaluate("document.querySelectorAll('details.q')[3].querySelector('.cite mark').textContent")
    assert browser.evaluate("document.querySelector('#reader mark').textContent") == quote


def test_prints_more_than_one_page_with_its_tables_open(page: tuple[Any, Path], tmp_path: Path) -> None:
    browser, path = page
    browser.open(path)
    browser.print_pdf(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().count(b"/Type /Page\n") > 3
