"""Rows of files as people and programs leave them: each odd one is read, or told with its row."""

import json
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assay.errors import InputError
from assay.questions import read_questions
from assay.questions.given_answers import read_answers
from assay.questions.in_memory import in_memory_rows
from assay.questions.rows import load_rows


def _told(path: Path) -> str:
    with pytest.raises(InputError) as error:
        read_questions(path)
    return str(error.value)


def _written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ('Who?,"Bob\nWhat?,Tea\nWhere?,Here\n', 2),
        ('Who?,Bob\n"What?,Tea\nWhere?,Here\n', 3),
        ('Who?,"Bob\nWhat?,"Tea"\nWhere?,Here\n', 2),  # closed by the next one that opens
        ('"Who\nis it?",Bob\nWhat?,"Tea\n', 3),
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_told_with_its_row(rows: str, row: int, tmp_path: Path) -> None:
    told = _told(_written(tmp_path / "q.csv", "question,answers\n" + rows))
    assert f"  row {row}: a quotation mark opens a cell and is not closed" in told and "accepted answers" not in told


def test_answers_are_not_swallowed_by_a_quotation_mark(tmp_path: Path) -> None:
    asked = read_questions([{"id": f"a{i}", "question": f"Question {i}?", "answers": ["x"]} for i in (1, 2, 3)])
    with pytest.raises(InputError, match="row 3: a quotation mark"):
        read_answers(_written(tmp_path / "bot.csv", 'id,answer\na1,x\na2,"Mara Holt\na3,31 March\n'), asked)


def test_cells_with_quotes_commas_and_line_breaks_are_whole(tmp_path: Path) -> None:
    rows = 'question,answers,notes\n"Who, ""she""?",5" pipe,"two\nlines"\n'
    assert [row.values for row in load_rows(tmp_path / "q.csv", rows.encode()).rows] == [
        {"question": 'Who, "she"?', "answers": '5" pipe', "notes": "two\nlines"}
    ]


def test_a_cell_may_be_long(tmp_path: Path) -> None:
    long = "".join(random.Random(0).choices("ab ", k=300_000)).strip()
    (question,) = read_questions(_written(tmp_path / "q.csv", f'question,answers\nWho?,"{long}"\n')).questions
    assert question.answers == (long,)


@pytest.mark.parametrize("name", ["q.jsonl", "q.json"])
@pytest.mark.parametrize("depth", [60, 500, 100_000])
def test_rows_that_are_nested_without_end(name: str, depth: int, tmp_path: Path) -> None:
    row = '{"question": "Who?", "answers": ' + "[" * depth + "]" * depth + "}"
    assert "nested too deeply" in _told(_written(tmp_path / name, row if name == "q.jsonl" else f"[{row}]"))


_ODD = 'Who \ud83d\ude00 is\x1b[31m \x00"Bob"\x07?'
_PLAIN = 'Who \U0001f600 is[31m "Bob"?'


@pytest.mark.parametrize("name", ["q.jsonl", "q.json", "q.yaml"])
def test_texts_are_such_as_can_be_written_and_shown(name: str, tmp_path: Path) -> None:
    row: dict[str, Any] = {"question": _ODD, "answers": [_ODD]}
    (question,) = read_questions(_written(tmp_path / name, json.dumps(row if name == "q.jsonl" else [row]))).questions
    assert (question.text, question.answers) == (_PLAIN, (_PLAIN,))


def test_texts_in_memory_and_in_tables_likewise(tmp_path: Path) -> None:
    read, _ = in_memory_rows([{"question": _ODD, "told": {"more": [_ODD]}}])
    assert read.rows[0].values == {"question": _PLAIN, "told": {"more": [_PLAIN]}}
    (question,) = read_questions(_written(tmp_path / "q.csv", "question,answers\x1b\nWho\x1b[31m?,B\x07ob\n")).questions
    assert (question.text, question.answers) == ("Who[31m?", ("Bob",))


@pytest.mark.parametrize("text", ["A \ud83d?", "\udc00", "x\ud83d\ud83d\ude00"])
def test_half_a_character_is_complained_about_with_its_line(text: str, tmp_path: Path) -> None:
    rows = [{"question": "Who?", "answers": "Bob"}, {"question": text, "answers": "25"}]
    file = _written(tmp_path / "q.jsonl", "\n".join(map(json.dumps, rows)))
    assert "line 2: a text holds half a character" in _told(file)


def test_a_workbook_is_read_as_it_is_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["question", "answers"])
    book.active.append(["Old?", "1"])
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("Now")
    for row in (["question", "answers"], ["Discount?", 0.075], ["Since when?", 45748], ["Code?", 71], ["Shift?", 0.25]):
        sheet.append(row)
    for cell, code in (("B2", "0.0%"), ("B3", "yyyy-mm-dd"), ("B4", "0000"), ("B5", "hh:mm")):
        sheet[cell].number_format = code
    book.active = 1
    book.save(tmp_path / "q.xlsx")
    read = {question.text: question.answers for question in read_questions(tmp_path / "q.xlsx").questions}
    assert read == {"Discount?": ("7.5%",), "Since when?": ("2025-04-01",), "Code?": ("0071",), "Shift?": ("06:00",)}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Rule 2.12?", "Rule 21.2?"),
        ("Who likes F#?", "Who likes F?"),
        ("At +3 m?", "At -3 m?"),
        ("Pay in €?", "Pay in $?"),
    ],
)
def test_questions_that_differ_in_a_sign_are_two(first: str, second: str, tmp_path: Path) -> None:
    file = _written(
        tmp_path / "q.jsonl", "\n".join(json.dumps({"question": q, "answers": "x"}) for q in (first, second))
    )
    assert [question.text for question in read_questions(file).questions] == [first, second]
    assert "the same question" in _told(
        _written(tmp_path / "q.csv", "question,answers\nWho; then?,a\n**who** then,b\n")
    )


def test_a_title_above_the_headings(tmp_path: Path) -> None:
    told = _told(_written(tmp_path / "q.csv", "Our questions\nquestion,answers\nWho?,Bob\n"))
    assert "row 2: 2 cells, but 1 column; quote a text with commas, or put the headings into row 1" in told


@pytest.mark.parametrize("cover", [[], [["Our questions"], [], ["Ask Mara"]]])
def test_a_workbook_with_a_cover(cover: list[list[str]], tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in cover:
        book.active.append(line)
    sheet = book.create_sheet("Questions")
    sheet.append(["question", "answers"])
    sheet.append(["Who?", "Bob"])
    book.save(tmp_path / "q.xlsx")
    assert [question.text for question in read_questions(tmp_path / "q.xlsx").questions] == ["Who?"]


def test_yaml_of_another_version(tmp_path: Path) -> None:
    assert "a text with ? or : stands in quotes" in _told(_written(tmp_path / "q.yaml", "- {question: Who?}\n"))
