import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

from assay.errors import InputError
from assay.report import render_report
from assay.report.lines import run_warnings, verdict_lines
from assay.report.page import SECTIONS
from assay.verdict.result import NextAction, RunResult
from assay.verdict.stored import load_result, save_result
from assay.words.page_words import word

VOID = {"meta", "br", "img", "input", "link", "hr", "path", "line", "rect"}


class Page(HTMLParser):
    """Every start tag with its attributes, the ids, and the text outside <style> and <script>."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def values(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None]


@pytest.fixture(scope="module", params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def page(result: RunResult, lang: str) -> Page:
    return Page(render_report(result, lang))


def test_has_every_section_in_the_order_of_a_reader(page: Page, lang: str) -> None:
    ids = [attrs.get("id") for tag, attrs in page.tags if tag == "section"]
    assert ids == list(SECTIONS)
    for key in ("grid", "gaps", "differences", "costs", "retrieval", "questions", "passages", "method"):
        assert word(f"{key}.title", lang) in page.text


def test_names_its_language(page: Page, lang: str) -> None:
    assert page.tags[0] == ("html", {"lang": {"en": "en", "zh": "zh-Hans"}[lang]})


def test_is_well_formed_and_ids_are_unique(page: Page) -> None:
    assert page.open == []
    ids = page.values("id")
    assert len(ids) == len(set(ids))


def test_every_link_leads_to_a_place_on_the_page(page: Page) -> None:
    ids = {f"#{name}" for name in page.values("id")}
    assert set(page.values("href")) <= ids


def test_loads_nothing(page: Page) -> None:
    assert not any(tag in ("link", "img", "iframe", "object", "embed", "base") for tag, _ in page.tags)
    assert page.values("src") == [] and page.values("srcset") == []
    assert not re.search(r"https?://|@import|url\((?!#)", page.html)


def test_hostile_text_stays_text(page: Page, sample: ModuleType) -> None:
    assert sample.HOSTILE in " ".join(page.texts)
    assert len([tag for tag, _ in page.tags if tag == "script"]) == 1
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)


def test_hostile_names_stay_text_everywhere(result: RunResult, sample: ModuleType) -> None:
    bad = sample.HOSTILE
    passage = next(iter(result.passages.values()))
    hostile = replace(
        result,
        run_id=bad,
        created=bad,
        title=bad,
        base=bad,
        engine=bad,
        warnings=[bad],
        left_out={"none/tuned": bad},
        skipped_files=[{"path": bad, "reason": bad}],
        settings={bad: {"inner": bad}},
        provenance={bad: [bad]},
        training=[{"name": bad, "curve": [[1, 0.5, 0.4], [2, 0.4, 0.3]]}],
        passages=result.passages | {passage.id: replace(passage, document=bad, heading=bad, text=bad)},
    )
    page = Page(render_report(hostile, "en"))
    assert page.open == []
    assert [tag for tag, _ in page.tags if tag in ("script", "img")] == ["script"]
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)


def test_script_is_the_one_that_the_policy_allows(page: Page) -> None:
    import base64
    import hashlib

    html = page.html
    script = html[html.index("<script>") + len("<script>") : html.index("</script>")]
    wanted = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{wanted}'" in html


def test_shows_the_verdict_first(page: Page, result: RunResult, lang: str) -> None:
    heading = word(f"use.{result.verdict.cell}", lang)
    assert page.text.index(heading) < page.text.index(word("grid.title", lang))
    assert page.text.count(word("grid.recommended", lang)) >= 1


def test_the_five_lines_stand_whole_below_their_labels(page: Page, result: RunResult, lang: str) -> None:
    for line in verdict_lines(result, lang):
        label, text = line.split("：" if lang == "zh" else ": ", 1)
        assert label in page.text
        assert text[1:] in page.text


def test_grid_shows_percent_and_interval_of_each_cell(page: Page, result: RunResult) -> None:
    for summary in result.cells:
        assert f"{round(summary.correct.value * 100)}%" in page.text
        assert summary.correct.low is not None and summary.correct.high is not None
        assert f"{round(summary.correct.low * 100)}–{round(summary.correct.high * 100)}%" in page.text


def test_every_question_shows_each_cells_answer(page: Page, result: RunResult) -> None:
    entries = [attrs for tag, attrs in page.tags if tag == "details" and attrs.get("class") == "q"]
    assert len(entries) == len(result.questions)
    for entry, question in zip(entries, result.questions, strict=True):
        letters = "".join("-" if a.correct is None else str(int(a.correct)) for a in question.cells)
        assert entry["data-outcomes"] == letters
    unmarked = re.sub(r" \[[\d–]\]", "", page.text)  # the citation marks after sentences
    for question in result.questions[:10]:
        assert " ".join(question.text.split()) in page.text
        for answer in question.cells:
            assert " ".join(answer.text.split()) in unmarked


def test_each_passage_stands_once(page: Page, result: RunResult) -> None:
    html_text = page.text
    used = {pid for q in result.questions for a in q.cells for pid in a.passages}
    for pid in used:
        assert html_text.count(" ".join(result.passages[pid].text.split()[-25:])) >= 1
    articles = [attrs for tag, attrs in page.tags if tag == "article"]
    assert len(articles) == len(used)


def test_what_tuning_cost_stands_beside_what_it_gained(page: Page, result: RunResult, lang: str) -> None:
    assert word("forgetting.title", lang) in page.text
    assert word("probe.geography", lang) in page.text and "a document of the user's" in page.text
    assert len(run_warnings(result, lang)) == 3 + 1  # and what the check of the question set found
    for line in run_warnings(result, lang):
        assert page.text.count(line) == 2  # with the verdict, and in the record
    assert page.text.index(word("forgetting.gain", lang)) < page.text.index(word("forgetting.general.en", lang))


def test_failed_answer_is_counted_and_says_why(page: Page, lang: str) -> None:
    assert "the prompt does not fit the window" in page.text
    assert f"{word('col.failed', lang)}: 1" in page.text


def test_what_is_missing_renders(small: RunResult, lang: str) -> None:
    page = Page(render_report(small, lang))
    assert page.open == []
    assert [attrs.get("id") for tag, attrs in page.tags if tag == "section"] == list(SECTIONS)
    assert word("forgetting.title", lang) not in page.text
    for key in ("gaps.none", "retrieval.none", "training.none", "passages.none", "verdict.no_interval"):
        assert word(key, lang, n=3) in page.text
    assert page.text.count("the endpoint cannot be tuned") >= 2


def test_a_run_without_any_cell_renders(small: RunResult) -> None:
    empty = replace(
        small, cells=[], comparisons=[], questions=[], left_out={}, verdict=replace(small.verdict, undecided=[])
    )
    page = Page(render_report(empty, "en"))
    assert word("differences.none", "en") in page.text


@pytest.mark.parametrize("kind", ["decided", "cannot_tell", "none_works"])
def test_every_kind_of_verdict_has_its_headline(result: RunResult, kind: str, lang: str) -> None:
    action = NextAction("none", None, None)
    changed = replace(result, questions=[], verdict=replace(result.verdict, kind=kind, next_action=action))
    assert word(f"kind.{kind}", lang) in Page(render_report(changed, lang)).text


def test_an_unknown_language_is_named(result: RunResult) -> None:
    with pytest.raises(InputError, match='"de": choose one of en, zh'):
        render_report(result, "de")


def test_a_saved_result_renders_the_very_same(page: Page, result: RunResult, lang: str, tmp_path: Path) -> None:
    save_result(result, tmp_path / "result.json")
    assert render_report(load_result(RunResult, tmp_path / "result.json"), lang) == page.html


def test_renders_within_three_seconds_and_stays_small(sample: ModuleType) -> None:
    render_report(sample.small_result(), "en")  # imports and the chart renderer's start are paid once
    started = time.process_time()  # of this process, whatever else the machine does
    html = render_report(sample.sample_result(), "en")
    assert time.process_time() - started < 3
    assert len(html.encode()) < 1_500_000


def test_five_hundred_questions_stay_below_four_megabytes(sample: ModuleType) -> None:
    assert len(render_report(sample.sample_result(500), "en").encode()) < 4_000_000
