"""Questions in memory go the way of a file: a list of dicts, and frames of pandas, polars and Arrow."""

import importlib
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from assay.errors import InputError
from assay.questions import Question, read_questions

_ROWS: list[dict[str, Any]] = [
    {"id": "a", "question": "How long?", "answers": "5 days|five days", "page": 3.0, "answerable": True},
    {"id": "b", "question": "Who pays?", "answers": None, "page": math.nan, "answerable": False},
]
_READ = ("a", "How long?", ("5 days", "five days"), True), ("b", "Who pays?", (), False)


def _frame(kind: str, rows: list[dict[str, Any]]) -> Any:
    """A frame of the kind, skipped where its package is missing."""
    if kind == "arrow":
        return pa.Table.from_pylist(rows)
    try:
        package = importlib.import_module(kind)
    except ImportError:
        pytest.skip(f"{kind} is not installed")
    return package.DataFrame(rows)


def _short(questions: tuple[Question, ...]) -> tuple[tuple[Any, ...], ...]:
    return tuple((one.id, one.text, one.answers, one.answerable) for one in questions)


def _problems(source: Any) -> str:
    with pytest.raises(InputError) as error:
        read_questions(source)
    return str(error.value)


@pytest.mark.parametrize("kind", ["arrow", "pandas", "polars"])
def test_a_frame_is_read_as_the_table_that_it_is(kind: str) -> None:
    read = read_questions(_frame(kind, _ROWS))
    assert _short(read.questions) == _READ
    assert read.questions[0].evidence is not None and read.questions[0].evidence.page == 3
    assert read.questions[1].evidence is None


def test_a_list_of_dicts_is_read_as_the_json_that_it_is(tmp_path: Path) -> None:
    rows = [{"question": "How long?", "answers": ["5 days", "a|b"]}, {"Query": "Who?", "ground_truth": "Li"}]
    (tmp_path / "asked.jsonl").write_text("\n".join(map(json.dumps, rows)))
    read = read_questions(rows)
    assert read.questions == read_questions(tmp_path / "asked.jsonl").questions
    assert read.reading.taken == (("Query", "question"), ("ground_truth", "answers"))


def test_values_of_numpy_are_plain_ones() -> None:
    row = {"id": np.int64(7), "question": "How long?", "answers": np.array(["5 days", "5 d"]), "page": np.float64(3)}
    (question,) = read_questions([row | {"answerable": np.bool_(True), "notes": np.float64("nan")}]).questions
    assert (question.id, question.answers, question.answerable) == ("7", ("5 days", "5 d"), True)


def test_what_pandas_has_for_nothing_is_an_empty_cell() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    row = {"question": "How long?", "answers": "5 days", "page": pandas.NA, "split": pandas.NaT, "quote": np.nan}
    frame = pandas.DataFrame([row], dtype=object)
    (question,) = read_questions(frame).questions
    assert question.evidence is None and question.split is None


def test_the_content_tells_two_frames_apart() -> None:
    first, same = read_questions(_ROWS).sha256, read_questions([dict(row) for row in _ROWS]).sha256
    other = read_questions([_ROWS[0] | {"page": 4}, _ROWS[1]]).sha256
    assert first == same != other


def test_mistakes_are_told_as_in_a_file_with_the_rows_counted_from_one() -> None:
    rows = [
        {"id": 1, "question": "How long?", "answers": "5 days"},
        {"id": 1, "question": "How wide?", "answers": math.nan},
        {"id": 3, "question": {"text": "How high?"}, "answers": "3 m", "page": object()},
        "How deep?",
    ]
    said = _problems(rows)
    assert said.startswith("the list of questions has 4 problems:")
    for part in (
        "item 2: there are no accepted answers",
        "item 3: question must be text, got an object",
        "item 3: page must be text, got object",
        "item 4: must be a JSON object",
    ):
        assert part in said
    again = _problems([rows[0], rows[0] | {"question": "How deep?"}])
    assert 'item 2: the id "1" is also that of item 1: ids must differ' in again


@pytest.mark.parametrize("kind", ["arrow", "pandas", "polars"])
def test_a_frame_without_the_columns_names_those_that_it_has(kind: str) -> None:
    said = _problems(_frame(kind, [{"Topic": "a", "Text": "b"}]))
    assert "the frame of questions has 2 problems:" in said
    assert 'there is no column for the question: call one "question" (there are Topic, Text)' in said


def test_two_columns_of_one_name_are_refused() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pandas.DataFrame([["How long?", "5 days", "6 days"]], columns=["question", "answers", "answers"])
    assert _problems(frame) == 'the frame of questions has two columns "answers": rename or drop one'


@pytest.mark.parametrize("source", [{"question": ["a"]}, 7, None, pa.Table])
def test_what_is_no_questions_at_all_is_named(source: Any) -> None:
    assert "questions must be the path of a file, a list of dicts or a data frame, got" in _problems(source)


def test_an_empty_list_holds_no_questions() -> None:
    assert "the list of questions holds no questions" in _problems([])
