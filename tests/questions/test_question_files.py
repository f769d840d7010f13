import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assay.errors import InputError
from assay.questions import Evidence, Question, read_questions
from assay.questions.writing import write_questions


def _jsonl(folder: Path, *rows: Any) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def _problems(path: Path) -> list[str]:
    with pytest.raises(InputError) as error:
        read_questions(path)
    return [line.strip() for line in str(error.value).split("\n")[1:]]


_EXPECTED = (
    Question("leave", "How many days?", ("25", "25 days"), True, Evidence("hr/leave.pdf", 3, "25 days a year"), "test"),
    Question("q0002", "Who pays, and when?", (), False, None, "validation"),
)


def test_jsonl(tmp_path: Path) -> None:
    path = _jsonl(
        tmp_path,
        {"id": "leave", "question": "How many days?", "answers": ["25", "25 days", "25"], "document": "hr/leave.pdf",
         "page": 3, "quote": "25 days a year", "split": "test", "lang": "en"},
        "",
        {"question": " Who pays, and when? ", "answers": [], "answerable": False, "split": "dev", "page": None},
    )  # fmt: skip
    questions = read_questions(path)
    assert questions.questions == _EXPECTED
    assert questions.of_split("test") == _EXPECTED[:1] and questions.path == str(path) and len(questions.sha256) == 64


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", "\t")])
def test_csv(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [
        ["ID", "Question", "answer", "source", "page", "evidence", "answerable", "split", "notes"],
        ["leave", "How many days?", "25|25 days", "hr/leave.pdf", "3", "25 days a year", "yes", "test", "年假"],
        ["", '"Who pays, and when?"', "", "", "", "", "0", "val", ""],
    ]
    path = tmp_path / ("questions.tsv" if separator == "\t" else "questions.csv")
    path.write_text("\r\n".join(separator.join(row) for row in rows), encoding=encoding)
    assert read_questions(path).questions == _EXPECTED


def test_xlsx(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [
        ["id", "question", "answers", "document", "page", "quote", "answerable", "split"],
        ["leave", "How many days?", "25\n25 days", "hr/leave.pdf", 3, "25 days a year", True, "test"],
        [],
        [None, "Who pays, and when?", None, None, None, None, False, "validation"],
        [7, "How much?", 12.0, None, None, None, None, None],
    ]:
        book.active.append(row)
    book.save(tmp_path / "questions.xlsx")
    questions = read_questions(tmp_path / "questions.xlsx").questions
    assert questions[:2] == _EXPECTED
    assert questions[2] == Question("7", "How much?", ("12",))


def test_all_problems_are_told_together_in_file_order(tmp_path: Path) -> None:
    path = _jsonl(
        tmp_path,
        {"question": "One?", "anwser": "1", "answers": ["1"]},
        "{broken",
        '["a list"]',
        {"question": "  ", "answers": ["1"]},
        {"question": "Two?"},
        {"question": "Three?", "answers": ["3"], "answerable": False},
        {"question": "one", "answers": ["1"], "id": "q0001"},
        {"question": "Four?", "answers": ["4"], "page": 0, "split": "exam", "answerable": "perhaps"},
        {"question": "Five?", "answers": ["5"], "page": "3.5", "quote": {"a": 1}},
    )
    problems = _problems(path)
    starts = [problem.split(":")[0] for problem in problems]
    assert starts == [f"line {n}" for n in (1, 2, 3, 4, 5, 6, 7, 7, 8, 8, 8, 9, 9)]
    text = "\n".join(problems)
    for part in [
        'line 1: unknown column "anwser": did you mean "answer"?',
        "line 2: not valid JSON",
        "line 3: must be a JSON object",
        "line 4: there is no question",
        "line 5: there are no accepted answers",
        "line 6: the question is marked as not answerable but has accepted answers",
        "line 7: the same question as in line 1",
        'line 7: the id "q0001" is also that of line 1',
        'line 8: page must be a positive whole number, got "0"',
        'line 8: split must be train, validation or test, got "exam"',
        'line 8: answerable must be true or false, got "perhaps"',
        'line 9: page must be a positive whole number, got "3.5"',
        "line 9: quote must be text, got an object",
    ]:
        assert part in text


def test_rows_of_tables_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "questions.csv"
    path.write_text('question,answers,grops\n"One\nmore?",1,red\nTwo?,,\nThree?,3,,4\n', encoding="utf-8")
    first, second, third = _problems(path)
    assert first == 'row 1: unknown column "grops": did you mean "groups"?'
    assert second.startswith("row 3: there are no accepted answers") and third.startswith(
        "row 4: 4 cells, but 3 columns"
    )


def test_only_fifty_problems_are_shown(tmp_path: Path) -> None:
    problems = _problems(_jsonl(tmp_path, *({"question": f"Number {number}?", "answers": []} for number in range(60))))
    assert len(problems) == 51 and problems[-1] == "and 10 more"


def test_a_column_that_is_missing_is_told_once_with_those_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "questions.csv"
    path.write_text("answers,Topic\n1,a\n2,b\n", encoding="utf-8")
    assert _problems(path) == [
        'row 1: there is no column for the question: call one "question" (there are answers, Topic), or name it: '
        "--set columns=question=NAME",
        "Columns that are not used: Topic.",
    ]
    path.write_text("Frage,Antwort\nWo?,Hier\nWann?,Jetzt\n", encoding="utf-8")
    assert _problems(path) == [
        'row 1: there is no column for the question: call one "question" (there are Frage, Antwort), or name it: '
        "--set columns=question=NAME,answers=NAME",
        'row 1: there is no column for the accepted answers: call one "answers" (there are Frage, Antwort), or name '
        "it: --set columns=question=NAME,answers=NAME",
        "Columns that are not used: Frage, Antwort.",
    ]


@pytest.mark.parametrize("name", ["questions.jsonl", "questions.csv"])
def test_empty_files(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(InputError, match="holds no questions"):
        read_questions(tmp_path / name)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        read_questions(tmp_path / "missing.jsonl")
    (tmp_path / "questions.docx").write_bytes(b"x")
    with pytest.raises(InputError, match=r"from .jsonl, .json, .yaml, .csv or .xlsx"):
        read_questions(tmp_path / "questions.docx")
    (tmp_path / "questions.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(InputError, match="the workbook cannot be read"):
        read_questions(tmp_path / "questions.xlsx")


def test_a_question_may_be_asked_for_groups(tmp_path: Path) -> None:
    table = tmp_path / "q.csv"
    table.write_text(
        "question,answers,groups\nHow long?,a day,hr|managers\nHow wide?,a mile,\nHow long?,a week,staff\n"
    )
    assert [question.groups for question in read_questions(table).questions] == [("hr", "managers"), None, ("staff",)]
    lines = tmp_path / "q.jsonl"
    lines.write_text('{"question": "How long?", "answers": ["a day"], "groups": ["hr", "managers"]}\n')
    assert read_questions(lines).questions[0].groups == ("hr", "managers")


@pytest.mark.parametrize("name", ["q.csv", "q.xlsx", "q.jsonl", "q.json"])
def test_further_columns_are_kept_where_they_are_named(tmp_path: Path, name: str) -> None:
    asked = (
        Question("a", "How high?", ("3 m",), extra=(("leeway", "0.5"),)),
        Question("b", "Where?", ("here",)),
    )
    if name == "q.json":
        rows = [{"id": q.id, "question": q.text, "answers": list(q.answers), **dict(q.extra)} for q in asked]
        (tmp_path / name).write_text(json.dumps(rows))
    else:
        write_questions(asked, tmp_path / name)
    read = read_questions(tmp_path / name, ["leeway"]).questions
    assert [(q.told("leeway"), q.told("other")) for q in read] == [("0.5", ""), ("", "")]
    assert len(set(read)) == 2  # hashable, as ever
    unasked = read_questions(tmp_path / name)
    assert unasked.reading.unused == ("leeway",) and unasked.questions[0].extra == ()


def test_further_columns_stand_in_training_data_too(tmp_path: Path) -> None:
    row = {"prompt": "How high?", "completion": "3 m", "leeway": 0.5}
    (tmp_path / "q.jsonl").write_text(json.dumps(row) + "\n")
    (question,) = read_questions(tmp_path / "q.jsonl", ["leeway"]).questions
    assert question.extra == (("leeway", "0.5"),)


def test_a_further_column_that_is_missing_is_told_once(tmp_path: Path) -> None:
    def check(question: Question) -> None:
        raise ValueError("never reached")

    (tmp_path / "q.csv").write_text("question,answers\nHow high?,3 m\nWhere?,here\n")
    with pytest.raises(InputError) as caught:
        read_questions(tmp_path / "q.csv", ["leeway"], check)
    assert str(caught.value).splitlines()[1:] == ["  row 1: there is no column leeway, which the scorer reads"]
