"""Answers of another system: matched with the questions, and every kind of wrong row told with its number."""

import json
from pathlib import Path
from typing import Any

import pytest

from assay.errors import InputError
from assay.questions import QuestionSet, read_questions
from assay.questions.given_answers import GivenAnswer, read_answers

_QUESTIONS = [
    {"id": "a", "question": "How long is leave?", "answers": ["25 days"]},
    {"id": "b", "question": "Who pays?", "answers": ["The company"]},
    {"id": "c", "question": "What is open?", "answers": ["The gate"], "groups": ["hr"]},
    {"id": "d", "question": "What is open?", "answers": ["The door"], "groups": ["it"]},
]


@pytest.fixture
def asked(tmp_path: Path) -> QuestionSet:
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in _QUESTIONS), "utf-8")
    return read_questions(path)


def test_rows_are_found_by_id_and_by_question(asked: QuestionSet) -> None:
    given = read_answers([{"id": "b", "answer": "we do"}, {"question": "how long is leave", "answer": "25"}], asked)
    assert given.answers == {"b": GivenAnswer("we do"), "a": GivenAnswer("25")}


def test_a_table_with_costs_and_what_was_read(asked: QuestionSet, tmp_path: Path) -> None:
    file = tmp_path / "bot.csv"
    file.write_text(
        "Question,Response,Latency,Cost,Total tokens,contexts,note\n"
        'Who pays?,"You, do",1.5,0.002,310,"[""One."", ""Two.""]",x\n'
    )
    given = read_answers(file, asked)
    assert given.answers == {"b": GivenAnswer("You, do", 1.5, 0.002, 310.0, ("One.", "Two."))}


def test_chinese_columns(asked: QuestionSet) -> None:
    assert read_answers([{"编号": "a", "回答": "25 天", "耗时": 2}], asked).answers == {"a": GivenAnswer("25 天", 2.0)}


def test_the_key_changes_with_what_was_answered_and_not_with_the_order(asked: QuestionSet) -> None:
    rows: list[dict[str, Any]] = [{"id": "a", "answer": "1"}, {"id": "b", "answer": "2"}]
    key = read_answers(rows, asked).key
    assert read_answers(rows[::-1], asked).key == key
    assert read_answers([rows[0], rows[1] | {"answer": "3"}], asked).key != key
    assert read_answers([rows[0], rows[1] | {"seconds": 3}], asked).key != key


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "z", "answer": "x"}, 'item 2: the id "z" is in no question of'),
        ({"question": "Why?", "answer": "x"}, 'item 2: the question "Why\\?" is not in'),
        ({"question": "What is open?", "answer": "x"}, r"item 2: .* asked for several groups: give its id \(c, d\)"),
        (
            {"id": "b", "question": "How long is leave?", "answer": "x"},
            'item 2: "b" asks something else in .*"Who pays',
        ),
        ({"id": "a", "answer": "x"}, 'item 2: "a" is answered in item 1 already'),
        ({"id": "b", "answer": "  "}, "item 2: the answer is empty: take the row out"),
        ({"id": "b", "answer": None}, "item 2: the answer is empty"),
        ({"id": "b", "answer": float("nan")}, "item 2: the answer is empty"),
        ({"id": float("nan"), "answer": "x"}, "item 2: there is neither an id nor a question"),
        ({"id": "b", "answer": "x", "seconds": "fast"}, 'item 2: seconds must be a number of 0 or more, got "fast"'),
        ({"id": "b", "answer": "x", "price": -1}, "item 2: price must be a number of 0 or more"),
        ({"id": "b", "answer": "x", "tokens": float("inf")}, "item 2: tokens must be a number"),
        ({"id": "b", "answer": "x", "passages": [{"text": "y"}]}, "item 2: passages must be a list of texts"),
        ("b", "item 2: must be a JSON object"),
    ],
)
def test_each_wrong_row_gets_one_sentence(asked: QuestionSet, row: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_answers([{"id": "a", "answer": "25 days"}, row], asked)
    assert len(str(caught.value).splitlines()) == 2  # the number of problems, and the problem


def test_a_file_of_another_exam(asked: QuestionSet) -> None:
    with pytest.raises(
        InputError, match=r"none of its 2 rows answers a question of .*\(item 1: .*is it of another exam"
    ):
        read_answers([{"id": "x", "answer": "1"}, {"id": "y", "answer": "2"}], asked)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"id": "a", "text": "x"}], "there is no column answer; it has id, text"),
        ([{"answer": "x"}], "there is no column id or question; it has answer"),
        ([{"id": "a", "answer": "x", "response": "y"}], "answer and response both look like the answer"),
        ([], "holds no answers"),
    ],
)
def test_columns_that_cannot_be_used(asked: QuestionSet, rows: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_answers(rows, asked)


def test_files_that_cannot_be_used(asked: QuestionSet, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.csv: the answers cannot be opened"):
        read_answers(tmp_path / "nowhere.csv", asked)
    with pytest.raises(InputError, match="is the file of the questions"):
        read_answers(asked.path, asked)


def test_questions_given_as_answers_are_noticed(asked: QuestionSet) -> None:
    rows = [{"question": "How long is leave?", "answer": "25 days", "数据划分": "测试"}]
    with pytest.raises(InputError, match="swap the two"):
        read_answers(rows, asked)
    flagged = [{"question": "How long is leave?", "answer": "25 days", "answerable": True}]
    with pytest.raises(InputError, match="swap the two"):
        read_answers(flagged, asked)
    with pytest.raises(InputError, match=r"no column answer; it has .*; questions come first, then answers"):
        read_answers([{"question": "How long is leave?", "answers": ["25 days"]}], asked)
