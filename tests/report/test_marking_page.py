"""The page on which people mark, in a real browser: read, typed into, closed, opened again, saved."""

import json
from pathlib import Path
from typing import Any

import pytest

from assay.marks.drawing import draw_answers
from assay.marks.marked_files import read_marks
from assay.marks.marking_sheet import SheetRow, sheet_rows
from assay.report.marking_page import render_marking_page
from assay.verdict.result import RunResult

RUN = "0123456789ab"


@pytest.fixture(scope="module")
def rows(result: RunResult) -> list[SheetRow]:
    """One of HTML that would do harm, a very long one, and five others."""
    drawn = draw_answers(result, 10**6, (), (), 0, "")
    every = sheet_rows(drawn, result, "en")
    hostile = next(row for row in every if "<script>" in row.answer)
    long = max(every, key=lambda row: len(row.answer))
    return [*every[:5], hostile, long]


@pytest.fixture(scope="module")
def html(rows: list[SheetRow]) -> str:
    return render_marking_page(rows, RUN, 1, "en")


@pytest.fixture
def opened(running: Any, html: str, tmp_path: Path) -> tuple[Any, Path]:
    """A browser that keeps nothing of other tests, with the page open; and the page's file."""
    path = tmp_path / "sheet.html"
    path.write_text(html, encoding="utf-8")
    running.open_tab()
    running.open(path)
    return running, path


def press(browser: Any, *keys: str) -> None:
    for key in keys:
        browser.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=key if len(key) == 1 else "")
        browser.call("Input.dispatchKeyEvent", type="keyUp", key=key)


def text(browser: Any, id: str) -> str:
    return str(browser.evaluate(f"document.getElementById('{id}').textContent"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_can_be_read_in_every_window(opened: tuple[Any, Path], rows: list[SheetRow], lang: str) -> None:
    browser, path = opened
    other = path.with_name(f"{lang}.html")
    other.write_text(render_marking_page(rows, RUN, 1, lang), encoding="utf-8")
    browser.check_page(other)
    press(browser, *"ynu")
    browser.evaluate("document.querySelectorAll('.jump button')[0].click()")
    faults = Path(__file__).with_name("faults.js").read_text("utf-8")
    for dark in (False, True):
        for width in (360, 1280):
            browser.show(width, 900, dark)
            assert browser.evaluate(f"({faults})()") == []
    assert browser.evaluate("document.title") == {"en": "Is the answer right?", "zh": "这个回答对吗？"}[lang]


def test_it_tells_neither_cell_nor_mark(html: str, result: RunResult) -> None:
    assert not [one.cell for one in result.cells if one.cell in html]
    assert not [name for words in result.words.values() for name in words.name.values() if f'"{name}"' in html]
    assert "scored" not in html and "chance" not in html


def test_keys_mark_and_move(opened: tuple[Any, Path], rows: list[SheetRow]) -> None:
    browser, _ = opened
    assert text(browser, "question") == rows[0].question and text(browser, "answer") == rows[0].answer
    press(browser, "y", "N")
    assert text(browser, "count") == "2 of 7 marked" and text(browser, "place") == "Answer 3 of 7"
    press(browser, "ArrowLeft")
    assert text(browser, "place") == "Answer 2 of 7"
    pressed = "[...document.querySelectorAll('.marks button')].map(one => one.getAttribute('aria-pressed')).join()"
    assert browser.evaluate(pressed) == "false,true,false"
    press(browser, "u")  # another mark in its place, and on to the next that has none
    assert text(browser, "count") == "2 of 7 marked" and text(browser, "place") == "Answer 3 of 7"
    press(browser, "ArrowLeft", "u")  # again: taken back
    assert text(browser, "count") == "1 of 7 marked" and browser.evaluate(pressed) == "false,false,false"
    press(browser, *"yyyyyy")
    assert text(browser, "count") == "All are marked: save the marks."
    assert browser.evaluate("document.activeElement.id") == "save"
    assert browser.problems == []


def test_letters_of_a_name_are_no_marks(opened: tuple[Any, Path]) -> None:
    browser, _ = opened
    browser.evaluate("document.getElementById('person').focus()")
    press(browser, *"Yun")
    assert text(browser, "count") == "0 of 7 marked"
    assert browser.evaluate("document.getElementById('person').value") == "Yun"


def test_marks_are_there_when_the_page_is_opened_again(opened: tuple[Any, Path]) -> None:
    browser, path = opened
    press(browser, *"ynu")
    browser.open(path)
    assert text(browser, "count") == "3 of 7 marked" and text(browser, "place") == "Answer 4 of 7"
    told = "[...document.querySelectorAll('.jump button')].map(one => one.dataset.said || '-').join('')"
    assert browser.evaluate(told) == "ynu----"


def test_buttons_of_a_phone_and_the_file_that_is_saved(
    opened: tuple[Any, Path], rows: list[SheetRow], tmp_path: Path
) -> None:
    browser, _ = opened
    browser.show(390, 780)
    for said in ("y", "n"):
        browser.evaluate(f"document.querySelector('.marks [data-said={said}]').click()")
    browser.evaluate("document.getElementById('save').click()")
    assert text(browser, "told") == "Write your name first."
    assert browser.evaluate("document.activeElement.id") == "person"
    browser.call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    browser.evaluate(
        "new Promise(done => { const person = document.getElementById('person'); person.value = '李 Anna';"
        "person.dispatchEvent(new Event('input')); document.getElementById('save').click(); setTimeout(done, 0); })"
    )
    saved = tmp_path / f"marks-{RUN}-1-李-Anna.json"
    wait_for(browser, saved)
    assert json.loads(saved.read_text(encoding="utf-8"))["open"] == 5
    read = read_marks(saved)
    assert (read.run, read.n_blank, read.problems) == (RUN, 5, ())
    assert [(one.row, one.person, one.said) for one in read.marks] == [
        (rows[0].row, "李 Anna", "y"),
        (rows[1].row, "李 Anna", "n"),
    ]
    assert text(browser, "told").startswith("Saved 2 of 7")


def wait_for(browser: Any, file: Path) -> None:
    """Until the browser has written the file."""
    for _ in range(500):
        if file.is_file() and file.stat().st_size:
            return
        browser.evaluate("new Promise(done => setTimeout(done, 20))")
    raise AssertionError(f"{file} was not saved: {[path.name for path in file.parent.iterdir()]}")


def test_an_answer_of_html_is_told_as_it_is(opened: tuple[Any, Path], rows: list[SheetRow]) -> None:
    browser, _ = opened
    press(browser, *["ArrowRight"] * 5)
    assert text(browser, "answer") == rows[5].answer and "<script>" in rows[5].answer
    assert browser.evaluate("document.title") == "Is the answer right?"
    assert browser.evaluate("document.querySelectorAll('#answer *').length") == 0
