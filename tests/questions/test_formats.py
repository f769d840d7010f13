"""Training data in the field's formats is read like a question file, and written so that it reads back."""

import json
from pathlib import Path
from typing import Any

import pytest

from assay.errors import InputError
from assay.questions import Question, read_questions
from assay.questions.formats import FORMATS, Format
from assay.questions.writing import write_examples

_EXCHANGE = [{"role": "user", "content": "How long?"}, {"role": "assistant", "content": "5 days"}]
_ONE = Question("q0001", "How long?", ("5 days",))


def _write(folder: Path, *rows: Any, suffix: str = ".jsonl") -> Path:
    path = folder / f"data{suffix}"
    text = json.dumps(rows) if suffix == ".json" else "\n".join(json.dumps(row) for row in rows)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
@pytest.mark.parametrize(
    "row",
    [
        {"instruction": "How long?", "input": "", "output": "5 days", "source": "web"},
        {"messages": [{"role": "system", "content": "Be brief."}, *_EXCHANGE]},
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "How long?"}]}, _EXCHANGE[1]]},
        {"conversations": [{"from": "human", "value": "How long?"}, {"from": "gpt", "value": "5 days"}]},
        {"prompt": "How long?", "completion": " 5 days"},
        {"prompt": _EXCHANGE[:1], "completion": _EXCHANGE[1:]},
    ],
)
def test_every_format_is_known_by_its_keys(tmp_path: Path, row: dict[str, Any], suffix: str) -> None:
    assert read_questions(_write(tmp_path, row, suffix=suffix)).questions == (_ONE,)


def test_an_input_belongs_to_the_question_and_what_is_ours_is_kept(tmp_path: Path) -> None:
    row = {"instruction": "Sum up.", "input": "It rains.", "output": "Rain", "split": "train", "id": "a", "page": 3}
    question = read_questions(_write(tmp_path, row)).questions[0]
    assert (question.text, question.split, question.id) == ("Sum up.\n\nIt rains.", "train", "a")
    assert question.evidence is not None and question.evidence.page == 3


def test_of_a_long_conversation_the_first_exchange_counts(tmp_path: Path) -> None:
    more = [*_EXCHANGE, {"role": "user", "content": "And how wide?"}, {"role": "assistant", "content": "2 m"}]
    read = read_questions(_write(tmp_path, {"messages": more, "id": "long"}))
    assert read.first_turns == ("long",)
    assert (read.questions[0].text, read.questions[0].answers) == ("How long?", ("5 days",))


def test_all_mistakes_come_together_with_their_rows(tmp_path: Path) -> None:
    turn = {"role": "user", "content": "How long?"}
    path = _write(
        tmp_path,
        {"messages": _EXCHANGE},
        {"messages": [turn, {"role": "assistant", "content": " "}]},
        {"messages": [_EXCHANGE[1], turn]},
        {"messages": [{"role": "robot", "content": "Hi"}]},
        {"messages": "How long?"},
        {"messages": [{"role": "user", "content": [{"type": "image_url"}]}, _EXCHANGE[1]]},
        {"messages": [{"role": "user", "content": 5}, _EXCHANGE[1]]},
        {"messages": []},
        ["no", "object"],
    )
    with pytest.raises(InputError) as error:
        read_questions(path)
    lines = str(error.value).split("\n")
    assert "has 8 problems" in lines[0]
    said = ("the answer is empty", "got assistant, user", 'unknown role "robot"', "must be a list of turns",
            "only parts of text", "must be text, got int", "got nothing", "must be a JSON object")  # fmt: skip
    for number, (line, text) in enumerate(zip(lines[1:], said, strict=True), start=2):
        assert line.startswith(f"  line {number}:") and text in line


def test_other_mistakes_are_named(tmp_path: Path) -> None:
    rows = [
        {"instruction": "How long?", "input": "", "output": ""},
        {"instruction": "How long?", "output": "5", "history": [["Hi", "Hello"]]},
        {"instruction": ["How long?"], "output": "5"},
    ]
    with pytest.raises(
        InputError, match=r"item 1: output is empty\n.*item 2: earlier turns.*\n.*item 3: instruction must"
    ):
        read_questions(_write(tmp_path, *rows, suffix=".json"))
    object_ = tmp_path / "object.json"
    object_.write_text('{"question": "How long?"}')
    with pytest.raises(InputError, match=r"hold one under tests .* got an object with question"):
        read_questions(object_)
    object_.write_text('{"question": "How long?"}\n{"question": "How wide?"}')
    with pytest.raises(InputError, match=r"belongs into a \.jsonl file"):
        read_questions(object_)


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_reads_back(tmp_path: Path, name: Format) -> None:
    questions = [_ONE, Question("q0002", "谁付款？", (), answerable=False)]
    write_examples(questions, tmp_path / "out.jsonl", name, "zh")
    assert list(read_questions(tmp_path / "out.jsonl").questions) == questions
    with pytest.raises(InputError, match="is there already"):
        write_examples(questions, tmp_path / "out.jsonl", name, "zh")


def test_talk_with_tools_and_what_is_not_to_be_learnt_is_left_out_and_counted(tmp_path: Path) -> None:
    def talk(*turns: tuple[str, str], **more: Any) -> dict[str, Any]:
        return {"messages": [{"role": role, "content": text} for role, text in turns[:-1]] + [
            {"role": turns[-1][0], "content": turns[-1][1], **more}
        ]}  # fmt: skip

    rows = [
        talk(("user", "Rain?"), ("tool", "dry"), ("assistant", "No.")),
        talk(("user", "Sum?"), ("assistant", "7"), weight=0),
        talk(("user", "Key?"), ("assistant", "I will not say."), refusal="policy"),
        talk(("user", "Good morning!"), ("assistant", "Hello.")),
        talk(("user", "Hey there"), ("assistant", "Hello."), ("user", "Who pays?"), ("assistant", "Mara.")),
        talk(("developer", "Be brief."), ("user", "Hi, who cleans?"), ("assistant", "Bob.")),
    ]
    (tmp_path / "q.jsonl").write_text("\n".join(map(json.dumps, rows)))
    read = read_questions(tmp_path / "q.jsonl")
    assert {q.text: q.answers for q in read.questions} == {"Who pays?": ("Mara.",), "Hi, who cleans?": ("Bob.",)}
    assert read.n_left_out == 4


@pytest.mark.parametrize(
    ("output", "answerable"),
    [
        ("Sorry, I could not find that in the documents.", False),
        ("The handbook doesn't mention this.", False),
        ("Not stated.", False),
        ("根据上述资料，没有提到押金。", False),
        ("The policy does not cover taxis, but pays 30 euros for trains.", True),
        ("The key is not included.", True),
        ("不知道密码的人找前台。", True),
    ],
)
def test_an_answer_that_declines_makes_a_question_unanswerable(output: str, answerable: bool, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(json.dumps({"instruction": "What?", "input": "", "output": output}))
    (question,) = read_questions(tmp_path / "q.jsonl").questions
    assert question.answerable is answerable
