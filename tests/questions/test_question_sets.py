"""Question sets as other tools write them. The rows here are made after their formats, field by field."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from assay.errors import InputError
from assay.questions import Evidence, Question, QuestionSet, read_questions
from assay.questions.reading_lines import reading_lines

_TWO = ["Employees have 25 days of leave.", "Part-time staff have a share of it."]


def _jsonl(folder: Path, *rows: Any) -> Path:
    path = folder / "set.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _csv(folder: Path, *rows: dict[str, Any]) -> Path:
    """As Python's own writer and pandas write lists: by their repr."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "set.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def _one(read: QuestionSet) -> tuple[str, tuple[str, ...], str | None]:
    (question,) = read.questions
    return question.text, question.answers, question.evidence.quote if question.evidence else None


@pytest.mark.parametrize("write", [_jsonl, _csv])
def test_ragas(tmp_path: Path, write: Any) -> None:
    row = {
        "user_input": "How many days?",
        "reference_contexts": [f"<1-hop>\n\n{_TWO[0]}", f"<2-hop>\n\n{_TWO[1]}"],
        "reference": "25 days",
        "retrieved_contexts": ["something else"],
        "response": "30 days",
        "synthesizer_name": "multi_hop_specific_query_synthesizer",
    }
    read = read_questions(write(tmp_path, row))
    assert _one(read) == ("How many days?", ("25 days",), " […] ".join(_TWO))
    assert reading_lines(read.reading, "en") == [
        'Read as a question set of Ragas: "user_input" as question, "reference_contexts" as quote, "reference" as '
        "answers.",
        "Columns that are not used: retrieved_contexts, response, synthesizer_name.",
    ]


def test_ragas_as_it_was_takes_no_answer_and_no_passage_of_a_system(tmp_path: Path) -> None:
    row = {"question": "How many days?", "answer": "30", "contexts": _TWO, "ground_truth": "25 days"}
    assert _one(read_questions(_jsonl(tmp_path, row))) == ("How many days?", ("25 days",), None)
    made = {"question": "How many days?", "contexts": _TWO[:1], "ground_truth": "25 days", "evolution_type": "simple"}
    assert _one(read_questions(_jsonl(tmp_path, made))) == ("How many days?", ("25 days",), _TWO[0])
    several = {"question": "How many days?", "contexts": [], "ground_truths": ["25", "25 days"]}
    assert _one(read_questions(_jsonl(tmp_path, several))) == ("How many days?", ("25", "25 days"), None)


def test_deepeval(tmp_path: Path) -> None:
    row = {
        "input": "How many days?",
        "actual_output": None,
        "expected_output": "25 days",
        "retrieval_context": None,
        "context": _TWO[:1],
        "source_file": "/data/docs/leave.md",
    }
    path = tmp_path / "goldens.json"
    path.write_text(json.dumps([row]))
    (question,) = read_questions(path).questions
    assert question.evidence == Evidence("leave.md", None, _TWO[0]) and question.answers == ("25 days",)
    table = _csv(tmp_path, row | {"context": "|".join(_TWO), "actual_output": "", "retrieval_context": ""})
    assert _one(read_questions(table)) == ("How many days?", ("25 days",), " […] ".join(_TWO))


_PROMPTFOO = """
description: leave
prompts: ['{{question}}']
providers: [openai:gpt-5-mini]
tests:
  - vars:
      question: How many days?
      team: hr
    assert:
      - type: contains-any
        value: [25 days, twenty-five]
      - type: llm-rubric
        value: is polite
  - vars:
      question: What does lunch cost?
      price: 4.50
    assert:
      - type: equals
        value: 'EUR {{price}}'
      - type: icontains
        value: EUR
  - vars:
      question: Who wins?
    assert:
      - type: is-refusal
  - vars:
      question: When does it open?
      expected: 12:30
"""


def test_promptfoo(tmp_path: Path) -> None:
    path = tmp_path / "promptfooconfig.yaml"
    path.write_text(_PROMPTFOO)
    read = read_questions(path)
    assert [(q.text, q.answers, q.answerable) for q in read.questions] == [
        ("How many days?", ("25 days", "twenty-five"), True),
        ("What does lunch cost?", ("EUR 4.50",), True),
        ("Who wins?", (), False),
        ("When does it open?", ("12:30",), True),
    ]
    assert read.reading.tool == "promptfoo"


def test_promptfoo_as_a_table(tmp_path: Path) -> None:
    path = tmp_path / "tests.csv"
    path.write_text(
        "query,__expected1,__expected2,__metric\n"
        'How many days?,"icontains-any: 25 days, twenty-five",latency(500):,a\n'
        "What is the ratio?,2:1,,a\n"
        "Who pays?,all-inclusive: breakfast,,a\n"
        "Where?,not-contains: there,equals:here,a\n"
        "When?,is-json,now,a\n"
        "Whose?,is-refusal,,a\n"
    )
    read = read_questions(path)
    assert [question.answers for question in read.questions] == [
        ("25 days", "twenty-five"), ("2:1",), ("all-inclusive: breakfast",), ("here",), ("now",), (),
    ]  # fmt: skip
    assert read.reading.taken == (("query", "question"), ("__expected1", "answers"), ("__expected2", "answers"))


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ({"vars": {"question": "a?"}, "assert": [{"type": "llm-rubric", "value": "b"}]}, "no check names the answer"),
        (
            {"vars": {"question": "a?"}, "assert": [{"type": "contains", "value": v} for v in "bc"]},
            "2 checks contains must all hold, but one accepted answer is enough",
        ),
        ({"vars": {"x": "a?", "y": "b"}, "assert": [{"type": "equals", "value": "b"}]}, "vars has x, y, and none of"),
        ({"vars": {"question": ["a?", "b?"]}, "assert": [{"type": "equals", "value": "b"}]}, "must be text"),
        ({"vars": "file://vars.yaml"}, "vars must be an object"),
        ({"vars": {"question": "a?"}, "assert": "equals:b"}, "assert must be a list of checks"),
        ({"vars": {"question": "a?"}, "assert": ["equals:b"]}, "must be an object with a type and a value"),
    ],
)
def test_tests_of_promptfoo_that_name_no_answer(tmp_path: Path, test: Any, said: str) -> None:
    with pytest.raises(InputError, match="line 1: ") as error:
        read_questions(_jsonl(tmp_path, test))
    assert said in str(error.value)


@pytest.mark.parametrize("tests", ["file://tests.csv", "[file://tests.csv, file://more.yaml]"])
def test_a_configuration_whose_tests_are_elsewhere_says_where(tmp_path: Path, tests: str) -> None:
    path = tmp_path / "promptfooconfig.yaml"
    path.write_text(f"prompts: [a]\ntests: {tests}\n")
    with pytest.raises(InputError, match=r"its tests are in another file, file://tests.csv: give that one"):
        read_questions(path)
    path.write_text("tests: [a: b: c]\n")
    with pytest.raises(InputError, match="not valid YAML"):
        read_questions(path)


def test_langsmith(tmp_path: Path) -> None:
    row = {
        "id": "8c5c", "dataset_id": "1f", "inputs": {"question": "How many days?", "context": "x"},
        "outputs": {"answer": "25 days", "document": "leave.md"}, "metadata": {"dataset_split": ["test"]},
    }  # fmt: skip
    wanted = Question("8c5c", "How many days?", ("25 days",), True, Evidence("leave.md"), "test")
    assert read_questions(_jsonl(tmp_path, row)).questions == (wanted,)
    told = {name: json.dumps(value) if isinstance(value, dict) else value for name, value in row.items()}
    assert read_questions(_csv(tmp_path, told)).questions == (wanted,)
    (tmp_path / "examples.json").write_text(json.dumps({"examples": [row]}))
    assert read_questions(tmp_path / "examples.json").questions == (wanted,)


@pytest.mark.parametrize(("asked", "told"), [("inputs.question", "outputs.answer"), ("input_query", "output_text")])
def test_langsmith_with_a_column_for_each_key(tmp_path: Path, asked: str, told: str) -> None:
    read = read_questions(_csv(tmp_path, {asked: "How many days?", told: "25 days"}))
    assert _one(read) == ("How many days?", ("25 days",), None)


def test_examples_whose_keys_do_not_tell(tmp_path: Path) -> None:
    rows = [
        {"inputs": {"x": "a?", "y": "b?"}, "outputs": {"answer": "c"}},
        {"inputs": {"question": "a?"}, "outputs": {"u": "c", "v": "d"}},
        {"inputs": {"messages": [{"role": "user", "content": "a?"}]}, "outputs": {"answer": "c"}},
        {"inputs": {"question": "What?"}, "outputs": None},
    ]
    with pytest.raises(InputError) as error:
        read_questions(_jsonl(tmp_path, *rows))
    said = str(error.value)
    assert "line 1: inputs has x, y, and none of these is known as question: name one of them question" in said
    assert "line 2: outputs has u, v, and none of these is known as answers" in said
    assert "line 3: the question in inputs must be text" in said
    assert "line 4: there are no accepted answers" in said


def test_our_own_columns_beside_theirs_are_kept(tmp_path: Path) -> None:
    row = {"user_input": "How many days?", "reference": "25 days", "split": "test", "document": "leave.md", "page": 3}
    (question,) = read_questions(_jsonl(tmp_path, row)).questions
    assert question.split == "test" and question.evidence == Evidence("leave.md", 3)
