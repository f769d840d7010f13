"""A bot's answers beside the cells of a run: scored alike, compared, told in report and lines, never served."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import assay
from assay.errors import InputError, NotFound
from assay.models import Conversation, ScriptedModel
from assay.report import render_grid_svg, render_report
from assay.report.lines import verdict_lines
from assay.serving.measured_run import load
from assay.studies.study import Finished
from assay.verdict.result import OtherSummary, RunResult

_CELLS = "none/zero-shot,retrieved/zero-shot,oracle/zero-shot"


def read_hours(conversation: Conversation) -> str:
    """A model that answers a question about hours from the passages that it is shown, and no other."""
    *passages, question = conversation[-1].content.split("\n\n")
    town = question.rstrip("?").rsplit(" ", 1)[-1]
    found = re.search(rf"In {town} a full working week has (\d+ hours)", "\n".join(passages))
    return found[1] if found and "hours" in question else "I don't know."


def answers_of(questions: Path, knows: str) -> list[dict[str, Any]]:
    """To the test questions: right to the answerable ones that hold a word, "I don't know." to the others."""
    rows = [row for line in questions.read_text().splitlines() if (row := json.loads(line))["split"] == "test"]
    return [
        {
            "question": row["question"],
            "answer": [*row["answers"], "I don't know."][0 if knows in row["question"] else -1],
        }
        for row in rows
    ]


def run(company: tuple[Path, Path], out: Path, answers: dict[str, Any], **options: Any) -> Finished[RunResult]:
    model = ScriptedModel(read_hours)
    return assay.run(*company, out=out, cells=_CELLS, answers=answers, model=model, encoder="none", **options)


@pytest.fixture(scope="module")
def finished(shared_company: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Finished[RunResult]:
    rows = answers_of(shared_company[1], "places")
    for row in rows:
        row |= {"seconds": 2.5, "price": 0.004, "tokens": 900, "contexts": ["The car park of Bruma has 98 places."]}
    return run(shared_company, tmp_path_factory.mktemp("ws"), {"Today's bot": rows})


@pytest.fixture
def bot(finished: Finished[RunResult]) -> OtherSummary:
    (bot,) = finished.result.others
    return bot


def test_it_is_scored_like_a_cell(finished: Finished[RunResult], bot: OtherSummary) -> None:
    # 18 test questions: 9 unanswerable and refused, 3 of the 9 answerable about places
    assert bot.correct.value == pytest.approx(12 / 18)
    assert bot.correct_answerable is not None and bot.correct_answerable.value == pytest.approx(3 / 9)
    assert (bot.n_failed, bot.exact_match) == (0, pytest.approx(3 / 9))
    assert "Today's bot" not in [cell.cell for cell in finished.result.cells]
    by_cell = {answer.cell: answer for answer in finished.result.questions[1].cells}
    assert by_cell["Today's bot"].text == "98" and by_cell["Today's bot"].correct


def test_its_costs_are_those_that_it_tells(bot: OtherSummary) -> None:
    told = bot.told
    assert (told.latency_p50_s, told.n_tokens, told.money_per_1000) == (2.5, 900, pytest.approx(4))


def test_every_served_cell_is_compared_with_it(finished: Finished[RunResult], bot: OtherSummary) -> None:
    found = {one.a: one for one in finished.result.comparisons if one.b == bot.cell}
    assert set(found) == {"none/zero-shot", "retrieved/zero-shot"}
    by_cell = {cell.cell: cell.correct.value for cell in finished.result.cells}
    for cell, comparison in found.items():
        assert comparison.difference.value == pytest.approx(by_cell[cell] - bot.correct.value)


@pytest.mark.parametrize(("lang", "label"), [("en", "Other systems: "), ("zh", "其他系统：")])
def test_lines_and_report_tell_it(finished: Finished[RunResult], lang: str, label: str) -> None:
    lines = verdict_lines(finished.result, lang)
    assert len(lines) == 6 and lines[1].startswith(label) and "Today's bot" in lines[1]
    assert not re.search(r"[{}]|None|nan", lines[1])
    page = render_report(finished.result, lang)
    assert page.count("Today&#39;s bot") >= 5
    assert {"en": "another system, by the answers in a file", "zh": "其他系统，依据文件中的回答"}[lang] in page
    assert "Today&#39;s bot" in render_grid_svg(finished.result, lang, "light")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Twelve documents, and three questions about each of them, all of the test."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "documents").mkdir()
    rows = []
    for n in range(12):
        (folder / "documents" / f"{n}.md").write_text(f"Plan {n} has {n + 20} days, {n + 50} places, {n + 80} doors.\n")
        for what, answer in (("days", n + 20), ("places", n + 50), ("doors", n + 80)):
            question = f"How many {what} has plan {n}?"
            rows.append({"question": question, "answers": [str(answer)], "document": f"{n}.md", "split": "test"})
    (folder / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder / "documents", folder / "questions.jsonl"


@pytest.mark.parametrize(("knows", "is_ahead"), [("", True), ("How many days has plan", False)])
def test_a_bot_is_preferred_when_it_is_shown_better_and_useful(
    many: tuple[Path, Path], tmp_path: Path, knows: str, is_ahead: bool
) -> None:
    answers, cells = {"bot": answers_of(many[1], knows)}, "none/zero-shot"
    model = ScriptedModel(lambda conversation: "I don't know.")
    result = assay.run(*many, out=tmp_path / "ws", cells=cells, answers=answers, model=model, encoder="none").result
    (bot,) = result.others
    assert (bot.standing, bot.is_ahead) == ("worse", is_ahead)
    assert verdict_lines(result, "en")[0].startswith("What to do: prefer bot.") is is_ahead
    assert ("Prefer bot: none of these is better." in render_report(result, "en")) is is_ahead


def test_missing_answers_are_counted_and_left_out(company: tuple[Path, Path], tmp_path: Path) -> None:
    rows = answers_of(company[1], "")
    result = run(company, tmp_path / "ws", {"bot": rows[:10]}).result
    (bot,) = result.others
    assert (bot.n_failed, bot.correct.n, bot.correct.value) == (8, 10, 1.0)
    assert any("bot gave no answer to 8 of 18 test questions" in line for line in result.warnings)
    assert "failed: not scored" in render_report(result, "en")
    (comparison,) = [one for one in result.comparisons if (one.a, one.b) == ("retrieved/zero-shot", "bot")]
    assert comparison.difference.n == 10


def test_other_answers_are_another_run_and_no_cell_is_asked_again(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "bot.jsonl"
    rows = answers_of(company[1], "places")
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    first = run(company, tmp_path / "ws", {"bot": file}).result
    again = run(company, tmp_path / "ws", {"bot": str(file)}).result
    assert again == first
    file.write_text("".join(json.dumps(row | {"answer": "I don't know."}) + "\n" for row in rows))
    never = ScriptedModel(lambda conversation: pytest.fail("asked again"))
    other = assay.run(*company, out=tmp_path / "ws", cells=_CELLS, answers={"bot": file}, model=never, encoder="none")
    assert other.result.run_id != first.run_id
    assert other.result.others[0].correct.value == pytest.approx(9 / 18)
    assert other.result.cells == first.cells
    alone = assay.run(*company, out=tmp_path / "ws", cells=_CELLS, model=never, encoder="none").result
    assert alone.others == [] and alone.run_id not in (first.run_id, other.result.run_id)


def test_it_cannot_be_asked(finished: Finished[RunResult]) -> None:
    with pytest.raises(NotFound, match="Today's bot is another system"):
        load(out=finished.folder.parent.parent, model=ScriptedModel(read_hours)).ask("?", cell="Today's bot")


def test_a_table_of_answers_among_the_documents_is_no_document(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, questions = company
    rows = answers_of(questions, "")
    text = "".join(f'"{row["question"]}","{row["answer"]}"\n' for row in rows)
    (documents / "bot.csv").write_text(f"question,answer\n{text}")
    result = run(company, tmp_path / "ws", {"bot": documents / "bot.csv"}).result
    assert result.counts["documents"] == 6


def test_answers_to_questions_that_are_learnt_from_are_no_exam(company: tuple[Path, Path], tmp_path: Path) -> None:
    rows = [json.loads(line) for line in company[1].read_text().splitlines()]
    learnt = [{"question": row["question"], "answer": "x"} for row in rows if row["split"] == "train"]
    with pytest.raises(InputError, match="bot answered none of the 18 test questions"):
        run(company, tmp_path / "ws", {"bot": learnt})


@pytest.mark.parametrize("name", ["", "none", "tuned", "a/b", "a,b", "x" * 41])
def test_names_that_cannot_stand_beside_the_cells(company: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"another system|the other system"):
        run(company, tmp_path / "ws", {name: answers_of(company[1], "")})
