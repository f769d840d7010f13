import json
from pathlib import Path

import openpyxl
import pytest

from assay.errors import InputError
from assay.marks.drawing import draw_answers
from assay.marks.marked_files import FORM, read_marks
from assay.marks.marking_sheet import sheet_rows, write_workbook
from report.sample import sample_result

RUN = "0123456789ab"


@pytest.fixture(params=["en", "zh"])
def workbook(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A sheet of twelve rows."""
    result = sample_result()
    rows = sheet_rows(draw_answers(result, 12, (), (), 0, ""), result, request.param)
    path = tmp_path / "sheet.xlsx"
    write_workbook(rows, RUN, path, request.param)
    return path


def mark(path: Path, *marks: object, person: str = "Anna") -> list[str]:
    """Type marks into the rows, one after the other, as a spreadsheet saves them; the ids of the rows."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = person
    for place, said in enumerate(marks, start=5):
        sheet.cell(place, 6).value = said
    book.save(path)
    return [str(sheet.cell(place, 1).value) for place in range(5, 17)]


def test_a_sheet_tells_neither_cell_nor_mark(workbook: Path) -> None:
    result = sample_result()
    sheet = openpyxl.load_workbook(workbook).active
    assert sheet is not None
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    cells = {one.cell for one in result.cells} | {
        name for words in result.words.values() for name in words.name.values()
    }
    assert not cells & texts
    assert all(cell.value is None for row in sheet.iter_rows(min_row=5, min_col=6, max_col=6) for cell in row)


def test_a_sheet_as_excel_saves_it(workbook: Path) -> None:
    rows = mark(workbook, "y", "N", "unsure", 1, 0, True, "对", "不确定", " right ", "✗", None, "ｙ")
    read = read_marks(workbook)
    assert (read.run, read.problems, read.n_blank) == (RUN, (), 1)
    assert [one.said for one in read.marks] == list("ynuynyyuyny")
    assert [one.row for one in read.marks] == [*rows[:10], rows[11]]
    assert {one.person for one in read.marks} == {"Anna"}
    assert read.marks[0].place == "row 5"


def test_rows_may_be_sorted_and_deleted(workbook: Path) -> None:
    rows = mark(workbook, *"yynn")
    book = openpyxl.load_workbook(workbook)
    sheet = book.active
    assert sheet is not None
    sheet.delete_rows(5)
    sheet.insert_rows(1)
    book.save(workbook)
    assert [(one.place, one.row) for one in read_marks(workbook).marks] == [
        ("row 6", rows[1]),
        ("row 7", rows[2]),
        ("row 8", rows[3]),
    ]


def test_a_sheet_without_a_name_goes_by_the_files(workbook: Path) -> None:
    mark(workbook, "y", person="")
    named = workbook.rename(workbook.with_name("bob.xlsx"))
    assert [one.person for one in read_marks(named).marks] == ["bob"]


def test_what_is_no_mark_is_named_with_its_row(workbook: Path) -> None:
    mark(workbook, "y", "maybe", "n", 7, "?")
    read = read_marks(workbook)
    assert [one.said for one in read.marks] == ["y", "n", "u"]
    assert [problem.split(" is none")[0] for problem in read.problems] == [
        'row 6: the mark "maybe"',
        'row 8: the mark "7"',
    ]


def test_the_file_that_the_page_saves(tmp_path: Path) -> None:
    path = tmp_path / "marks.json"
    held = {"form": FORM, "run": RUN, "draw": 1, "person": "Bo", "open": 3, "marks": {"kfz": "y", "bcd": "u", "x": "q"}}
    path.write_text(json.dumps(held))
    read = read_marks(path)
    assert (read.run, read.n_blank) == (RUN, 3)
    assert [(one.row, one.person, one.said) for one in read.marks] == [("kfz", "Bo", "y"), ("bcd", "Bo", "u")]
    assert read.problems == ('row x: the mark "q" is none: use y (right), n (wrong) or u (unsure)',)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_with_people_of_its_own(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "all.csv"
    lines = ["row,mark,person,run", f"kfz,y,Anna,{RUN}", f"kfz,n,Bo,{RUN}", f"bcd,,Bo,{RUN}"]
    path.write_text("\n".join(lines).replace(",", mark), encoding="utf-8-sig")
    read = read_marks(path)
    assert read.run == RUN and read.n_blank == 1
    assert [(one.place, one.row, one.person, one.said) for one in read.marks] == [
        ("row 2", "kfz", "Anna", "y"),
        ("row 3", "kfz", "Bo", "n"),
    ]


def test_a_sheet_saved_as_csv(workbook: Path) -> None:
    rows = mark(workbook, "y", "n")
    sheet = openpyxl.load_workbook(workbook).active
    assert sheet is not None
    import csv

    path = workbook.with_suffix(".csv")
    with path.open("w", newline="", encoding="gb18030") as file:
        csv.writer(file).writerows([cell.value for cell in row] for row in sheet.iter_rows())
    read = read_marks(path)
    assert read.run == RUN
    assert [(one.row, one.person, one.said) for one in read.marks] == [(rows[0], "Anna", "y"), (rows[1], "Anna", "n")]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("marks.xlsx", "no workbook", "the workbook cannot be read"),
        ("marks.json", '{"marks": {}}', "this is no file of marks"),
        ("marks.json", "[1, 2]", "this is no file of marks"),
        ("marks.json", "{", "this is no file of marks"),
        ("marks.csv", "question,answer\nWho?,Ann\n", 'no line of headings with "row" and "mark"'),
        ("marks.csv", "", 'no line of headings with "row" and "mark"'),
        ("marks.pdf", "", 'marks are read from .xlsx, .csv and the .json that the page saves, not from ".pdf"'),
    ],
)
def test_what_is_no_file_of_marks(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InputError) as error:
        read_marks(path)
    assert str(error.value).startswith(str(path)) and said in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_marks(tmp_path / "gone.xlsx")
    with pytest.raises(InputError, match="there is no such file"):
        read_marks(tmp_path)


def test_a_question_without_an_answer_shows_no_evidence() -> None:
    result = sample_result()
    rows = sheet_rows(draw_answers(result, 300, (), (), 0, ""), result, "en")
    questions = {question.text: question for question in result.questions}
    none = [row for row in rows if not questions[row.question].answerable]
    assert none and all((row.accepted, row.quote, row.source) == ((), "", "") for row in none)
    assert any(row.source.endswith(f"page {questions[row.question].page}") for row in rows if row.accepted)


def test_a_row_that_stands_twice_is_a_problem_and_two_people_are_none(tmp_path: Path) -> None:
    path = tmp_path / "dup.csv"
    path.write_text("row,mark,person\nabc,n,\nabc,y,\nabc,y,Bo\n")
    assert read_marks(path).problems == ('row 3: "abc" is marked in row 2 already: keep one of them',)
