"""What people's marks bring into the report of a realistic run, into its lines and into the result as it is kept."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assay.marks.correcting import with_marks
from assay.marks.drawing import DrawnRow, draw_answers, given_answers
from assay.marks.kept_marks import Mark
from assay.report import render_report
from assay.report.judge_lines import judge_lines
from assay.report.lines import run_warnings, verdict_lines
from assay.report.marks_lines import marks_lines, marks_table
from assay.statistics.sampling import over_documents
from assay.verdict.judge_said import JudgedAnswer, JudgeSaid
from assay.verdict.result import RunResult
from assay.verdict.stored import load_result, save_result


def marked(result: RunResult, n: int, every: int) -> RunResult:
    """Anna differs from the scorer on every so-manieth of n answers; Bo is unsure of, and differs from her on, some."""
    draw = draw_answers(result, n, (), (), 1, "2026-01-01T00:00:00+00:00")
    marks = []
    for place, row in enumerate(draw.rows):
        yes = row.scored != (place % every == 0)
        marks.append(Mark(row.row, "Anna", "y" if yes else "n"))
        marks.append(Mark(row.row, "Bo", "u" if place % 50 == 1 else "y" if yes != (place % 50 == 2) else "n"))
    return with_marks(result, [draw], marks, over_documents([one.cluster for one in result.questions]))


@pytest.fixture(scope="module")
def people(result: RunResult) -> RunResult:
    return marked(result, 500, 10)


@pytest.fixture(scope="module")
def html(people: RunResult) -> str:
    return render_report(people, "en")


@pytest.mark.parametrize(("lang", "n", "every"), [("en", 500, 10), ("zh", 30, 10**6), ("zh", 200, 2)])
def test_the_report_can_be_read(page: tuple[Any, Path], result: RunResult, lang: str, n: int, every: int) -> None:
    browser, path = page
    other = path.with_name(f"{lang}-{n}.html")
    other.write_text(render_report(marked(result, n, every), lang), encoding="utf-8")
    browser.check_page(other)
    assert browser.evaluate("document.querySelector('nav a[href=\"#marks\"]') !== null")


def judged(result: RunResult, kind: str) -> RunResult:
    """Every third question's answers cannot be judged; a judge sides with Anna's marks of these, or with nobody's."""
    questions = [
        replace(q, cells=[replace(a, correct=None) if i % 3 == 0 and a.text else a for a in q.cells])
        for i, q in enumerate(result.questions)
    ]
    some = [one for one in given_answers(replace(result, questions=questions)) if one.scored is None]
    said = [JudgedAnswer(one.question, one.text, 0.9 if place % 3 else 0.2) for place, one in enumerate(some)]
    judge = JudgeSaid("tiny", True, len(some) + 3, 2, 1, ["perhaps"], 90.0, 12_345, 0.25, said)
    open_result = replace(result, questions=questions, judge=judge)
    draw = draw_answers(open_result, 500, (), (), 1, "2026-01-01T00:00:00+00:00")
    told = {(one.question, one.text): one.probability > 0.5 for one in said}
    marks = [
        Mark(row.row, "Anna", "y" if _marks(row, place, kind, told) else "n") for place, row in enumerate(draw.rows)
    ]
    return with_marks(open_result, [draw], marks, over_documents([one.cluster for one in result.questions]))


def _marks(row: DrawnRow, place: int, kind: str, told: dict[tuple[str, str], bool]) -> bool:
    if row.scored is not None:
        return row.scored
    return told[row.question, row.text] if kind == "in_use" else place % 2 == 0


@pytest.mark.parametrize(("lang", "kind"), [("en", "in_use"), ("zh", "low_kappa")])
def test_a_judge_is_told_of_and_its_opinions_are_not(
    page: tuple[Any, Path], result: RunResult, lang: str, kind: str
) -> None:
    found = judged(result, kind)
    assert found.people is not None and found.people.judge is not None and found.people.judge.use == kind
    browser, path = page
    other = path.with_name(f"judge-{lang}.html")
    other.write_text(render_report(found, lang), encoding="utf-8")
    browser.check_page(other)
    shown = other.read_text("utf-8").replace("&#39;", "'")
    told = {
        "en": ["The judge's weight", "It is the model under test itself.", "at a price of 0.25", "Not judged"],
        "zh": ["裁判模型的作用", "它就是受测模型本身", "费用 0.25", "未判定"],
    }
    assert all(words in shown for words in told[lang])
    assert any("tiny" in line for line in run_warnings(found, lang)) and "0.9" not in _answers_shown(shown)


def test_empty_replies_and_a_judge_with_nothing_to_say_do_not_contradict(result: RunResult) -> None:
    said = JudgeSaid("tiny", False, 3, 0, 3, ["\n"], 9.0, 0, None, [])
    asked, use = judge_lines(replace(result, judge=said, people=None), "en")
    assert "about 3 answers" in asked and 'such as "(empty)"' in asked and use.endswith("It judged 0 answers in all.")
    assert "“（空）”" in judge_lines(replace(result, judge=said, people=None), "zh")[0]


def _answers_shown(html: str) -> str:
    return html.split('<section id="questions">')[1].split("</section>")[0]


def test_every_mean_and_every_difference_is_corrected(people: RunResult, html: str) -> None:
    section = html.split('<section id="marks">')[1].split("</section>")[0]
    assert people.people is not None
    assert [one.cell for one in people.people.cells] == [one.cell for one in people.cells]
    assert [(one.a, one.b) for one in people.people.differences] == [(one.a, one.b) for one in people.comparisons]
    assert section.count("<tr") == len(people.cells) + len(people.comparisons) + 2 + 3  # rows of marks, and three heads
    assert not any(one.corrected is None for one in (*people.people.cells, *people.people.differences))


def test_what_does_not_count_is_grey(result: RunResult, people: RunResult) -> None:
    few = render_report(marked(result, 30, 10**6), "en")
    grey = few.split('<section id="marks">')[1].split("</section>")[0].count(" grey")
    assert grey == len(result.cells) + len(result.comparisons)
    assert "Rests on the scorer's marks alone" in few.replace("&#39;", "'")
    assert people.people is not None and all(one.counts for one in people.people.cells)


def test_without_marks_there_is_no_section(result: RunResult) -> None:
    html = render_report(result, "en")
    assert 'id="marks"' not in html and '"#marks"' not in html
    assert marks_lines(result, "en") == [] and marks_table(result, "en") is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_lines_say_who_and_how_well(people: RunResult, lang: str) -> None:
    lines = marks_lines(people, lang)
    assert people.people is not None
    told = {
        "en": [
            "by Anna (500), Bo (500)",
            "People even, left out: 10.",
            "Anna and Bo differ on 10 of 490 answers",
        ],
        "zh": ["评判人：Anna (500)、Bo (500)", "评判各半、不计入：10 个", "在 490 个回答中有 10 个不同"],
    }
    assert people.people.agreement.value == pytest.approx(0.9, abs=0.02)
    for words in told[lang]:
        assert any(words in line for line in lines), (words, lines)
    verdict = verdict_lines(people, lang)
    assert lines[-1] in verdict and len(verdict) == len(verdict_lines(replace(people, people=None), lang)) + 2


def test_marks_are_kept_with_the_result(people: RunResult, tmp_path: Path) -> None:
    save_result(people, tmp_path / "result.json")
    assert load_result(RunResult, tmp_path / "result.json") == people
