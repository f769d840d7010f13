"""A real run of the tiny company, marked by people: drawn, read back, in report, lines and Python."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import assay
from assay.errors import InputError, NotFound
from assay.models import Conversation, ScriptedModel
from assay.studies.study import Finished
from assay.verdict.result import RunResult
from assay.verdict.stored import save_result
from command import call_assay
from report.test_label_page import make_result

_PATTERNS = {
    "hours": r"In {town} a full working week has (\d+ hours)",
    "lunch": r"Lunch in {town} costs (EUR \d+\.\d+)",
    "park": r"The car park of {town} has (\d+) places",
}
_CELLS = "none/zero-shot,retrieved/zero-shot,retrieved/few-shot"


def reply(conversation: Conversation) -> str:
    """What stands in the passages; parking in words that no scorer knows."""
    *passages, question = conversation[-1].content.split("\n\n")
    town = question.rstrip("?").rsplit(" ", 1)[-1]
    for topic, pattern in _PATTERNS.items():
        found = re.search(pattern.format(town=town), "\n".join(passages))
        if topic in question and found:
            return "as many as one less than a hundred and some" if topic == "park" else found.group(1)
    return "I don't know."


def is_right(row: dict[str, str]) -> bool:
    """As a careful person marks: the words about parking are right, whatever the scorer says of them."""
    if row["accepted"].startswith(("None", "无")):
        return "know" in row["answer"]
    return row["answer"] in row["accepted"].split("\n") or row["answer"].startswith("as many")


def fill(sheet: Path, to: Path, person: str, every: int = 1, turned: int = 0) -> Path:
    """A marked copy of a sheet: each so-manieth row, the first `turned` of them the other way round."""
    book = openpyxl.load_workbook(sheet)
    page = book.active
    assert page is not None
    page["B2"] = person
    for number, line in enumerate(page.iter_rows(min_row=5)):
        if number % every == 0:
            told = {"accepted": str(line[2].value), "answer": str(line[4].value)}
            line[5].value = "y" if is_right(told) != (number < turned) else "n"
    book.save(to)
    return to


@pytest.fixture(scope="module")
def finished(shared_company: tuple[Path, Path]) -> Finished[RunResult]:
    out = shared_company[1].parent / ".assay"
    return assay.run(*shared_company, out=out, cells=_CELLS, model=ScriptedModel(reply)).finished


@pytest.fixture
def place(finished: Finished[RunResult], tmp_path: Path) -> Path:
    """A folder with a copy of the run's workspace."""
    shutil.copytree(finished.folder.parents[1], tmp_path / ".assay")
    return tmp_path


@pytest.fixture
def run(finished: Finished[RunResult], place: Path) -> Finished[RunResult]:
    return replace(finished, folder=place / ".assay" / "runs" / finished.result.run_id)


def test_from_draw_to_report(run: Finished[RunResult], place: Path) -> None:
    drawn = assay.draw_marks(out=place / ".assay", n=60)
    assert [file.suffix for file in drawn.files] == [".xlsx", ".html"]
    assert len(drawn.draw.rows) < 60 and drawn.lines[1] == "Now all of them are drawn."
    taken = assay.take_marks(fill(drawn.files[0], place / "anna.xlsx", "Anna"), out=place / ".assay")
    people = taken.finished.result.people
    assert people is not None and people.people == {"Anna": len(drawn.draw.rows)}
    # Two cells retrieve: of their 18 answers each, 3 about parking are right to people alone.
    rag = next(one for one in people.cells if one.cell == "retrieved/zero-shot")
    assert (rag.scored, rag.n_marks, rag.counts) == (pytest.approx(15 / 18), 18, False)
    assert rag.corrected is not None and rag.corrected.value == pytest.approx(1.0)
    base = next(one for one in people.cells if one.cell == "none/zero-shot")
    assert base.corrected is not None and base.corrected.value == pytest.approx(base.scored) == 0.5
    assert people.table.wr == len({one.text for one in drawn.draw.rows if one.text.startswith("as many")}) * 3
    assert people.bearing == "few" and taken.finished.result.verdict == run.result.verdict
    assert 'id="marks"' in taken.finished.report.read_text(encoding="utf-8")
    with assay.load(out=place / ".assay") as loaded:
        assert loaded.result.people == people


def test_two_people_and_half_a_sheet(run: Finished[RunResult], place: Path) -> None:
    sheet = place / "sheet.xlsx"
    assert call_assay("marks", "draw", "-n", "20", "--to", sheet, cwd=place).returncode == 0
    anna, bo = fill(sheet, place / "anna.xlsx", "Anna"), fill(sheet, place / "bo.xlsx", "", every=2, turned=3)
    done = call_assay("marks", "take", anna, bo, cwd=place)
    assert done.returncode == 0, done.stderr
    assert "anna.xlsx: 20 marks by Anna." in done.stdout
    assert "bo.xlsx: 10 marks by bo." in done.stdout
    assert "bo.xlsx: 10 rows have no mark yet; what is there was taken." in done.stdout
    assert "Anna and bo differ on 2 of 10 answers, kappa 0." in done.stdout
    assert "Marked: 18 of 20 answers drawn, by Anna (20), bo (10). People even, left out: 2." in done.stdout
    assert "People's marks: on 18 answers" in call_assay("show", run.result.run_id, cwd=place).stdout
    assert "人工评判：在 18 个回答上" in call_assay("show", run.result.run_id, "--lang", "zh", cwd=place).stdout


def test_the_same_person_again_replaces(run: Finished[RunResult], place: Path) -> None:
    drawn = assay.draw_marks(run.result.run_id[:6], 10, out=place / ".assay", to=place / "sheet.xlsx")
    for turned, told in ((4, 0), (0, 10)):
        taken = assay.take_marks(fill(drawn.files[0], place / "a.xlsx", "Anna", turned=turned), out=place / ".assay")
        assert any("10 earlier marks" in line for line in taken.lines) == bool(told)
    people = taken.finished.result.people
    assert people is not None and people.people == {"Anna": 10} and people.table.rw == 0


def test_another_draw_adds_and_the_run_again_keeps_the_marks(
    run: Finished[RunResult], shared_company: tuple[Path, Path], place: Path
) -> None:
    out = place / ".assay"
    sheets = [assay.draw_marks(out=out, n=8, to=place / f"{i}.xlsx").files[0] for i in range(2)]
    taken = assay.take_marks(*(fill(sheet, sheet.with_stem(f"{sheet.stem}-b"), "A") for sheet in sheets), out=out)
    people = taken.finished.result.people
    assert people is not None and (people.n_drawn, people.n_draws, people.n_marked) == (16, 2, 16)
    again = assay.run(*shared_company, out=out, cells=_CELLS, model=ScriptedModel(reply))
    assert again.result.people == people
    (again.folder / "result.json").unlink()  # as where a cell that failed is asked anew
    anew = assay.run(*shared_company, out=out, cells=_CELLS, model=ScriptedModel(reply))
    assert anew.result.people == people
    shown = call_assay("marks", "show", cwd=place).stdout
    assert "Draw 1: 8 answers" in shown and "Draw 2: 8 answers" in shown and "minus base model" in shown


def test_what_the_page_saves_is_taken(run: Finished[RunResult], place: Path) -> None:
    drawn = assay.draw_marks(out=place / ".assay", n=6, to=place / "sheet.html")
    held = {"form": "assay marks", "run": run.result.run_id, "draw": 1, "person": "Bo", "open": 4}
    file = place / "marks.json"
    file.write_text(json.dumps(held | {"marks": {row.row: "y" for row in drawn.draw.rows[:2]}}))
    taken = assay.take_marks(file, out=place / ".assay", lang="zh")
    assert taken.lines == ("marks.json：Bo 的 2 个评判。", "marks.json：有 4 行尚未评判；已有的评判均已收入。")
    assert 'lang="zh-Hans"' in taken.finished.report.read_text(encoding="utf-8")


def test_everything_wrong_with_a_sheet_is_told_and_nothing_taken(run: Finished[RunResult], place: Path) -> None:
    drawn = assay.draw_marks(out=place / ".assay", n=8, to=place / "sheet.xlsx")
    file = fill(drawn.files[0], place / "a.xlsx", "A")
    book = openpyxl.load_workbook(file)
    page = book.active
    assert page is not None
    page["F5"], page["A7"], page["A9"] = "perhaps", "zzzzzz", None
    book.save(file)
    with pytest.raises(InputError) as error:
        assay.take_marks(file, out=place / ".assay")
    assert str(error.value).splitlines() == [
        f"{file} has 3 problems:",
        '  row 5: the mark "perhaps" is none: use y (right), n (wrong) or u (unsure)',
        f'  row 7: "zzzzzz" is no row that was drawn from run {run.result.run_id}',
        "  row 9: a mark without the id of its row",
        "Nothing was taken: mend it and take it again",
    ]
    assert not (run.folder / "marks" / "marks.json").exists()
    assert call_assay("marks", "show", cwd=place).stdout.count("No mark counts yet.") == 1


def test_marks_of_another_run(run: Finished[RunResult], place: Path) -> None:
    drawn = assay.draw_marks(out=place / ".assay", n=4, to=place / "sheet.xlsx")
    (place / "elsewhere").mkdir()
    with pytest.raises(NotFound, match=f"holds marks of run {run.result.run_id}, which is not in .*--out"):
        assay.take_marks(drawn.files[0], out=place / "elsewhere")
    other = place / "other.csv"
    other.write_text("row,mark,run\nkfzkfz,y,0123456789ab\n")
    with pytest.raises(InputError, match="marks of several runs"):
        assay.take_marks(drawn.files[0], other, out=place / ".assay")
    other.write_text("row,mark\nkfzkfz,y\n")
    with pytest.raises(InputError, match="names no run, and none of its rows was drawn in"):
        assay.take_marks(other, out=place / ".assay")
    other.write_text(f"row,mark,person\n{drawn.draw.rows[0].row},y,Cleo\n")
    people = assay.take_marks(other, out=place / ".assay").finished.result.people
    assert people is not None and people.people == {"Cleo": 1}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("draw -n 0", "give 1 or more (-n)"),
        ("draw zzz", 'there is no run "zzz"'),
        ("draw --cells none/nothing", "has no cell none/nothing: it has none/zero-shot, "),
        ("draw --to sheet.pdf", 'a sheet is written as .xlsx or .html, not as ".pdf" (--to)'),
        ("draw --to nowhere/sheet.html", "there is no folder nowhere (--to)"),
        ("draw --lang xx", 'unknown language "xx"'),
        ("draw --out nothing", "there is no finished run in nothing"),
        ("show", "nothing of run"),
        ("take gone.xlsx", "gone.xlsx: there is no such file"),
    ],
)
def test_a_line_that_cannot_be_followed(run: Finished[RunResult], place: Path, line: str, said: str) -> None:
    done = call_assay("marks", *line.split(), cwd=place)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert not list((run.folder / "marks").glob("draw-*"))


def test_a_sheet_that_is_there_is_not_overwritten(run: Finished[RunResult], place: Path) -> None:
    (place / "sheet.html").write_text("mine")
    done = call_assay("marks", "draw", "--to", "sheet.html", cwd=place)
    assert done.returncode == 2 and "somebody may have marked it" in done.stderr
    assert (place / "sheet.html").read_text() == "mine"


def test_only_runs_of_the_grid_have_answers_to_mark(tmp_path: Path) -> None:
    save_result(make_result(), tmp_path / ".assay" / "labels" / make_result().run_id / "result.json")
    done = call_assay("marks", "draw", make_result().run_id, cwd=tmp_path)
    assert done.returncode == 2 and "only answers of assay run can be marked" in done.stderr
