"""Prompts that another model writes, by GEPA: a script that reads well where it is told a magic word."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import assay
from assay.errors import InputError, MissingExtra
from assay.models import Conversation, ScriptedModel
from assay.prompting.feedback import feedback
from assay.prompting.written import check_gepa
from assay.questions.answer import Answer
from assay.questions.question import Question
from assay.scorers.answers import ANSWERS
from loopback import Endpoint

N = 60


def code(room: int) -> str:
    return str(4000 + 7 * room)


def told_magic(conversation: Conversation) -> str:
    text = conversation[-1].content
    room = int(text.rstrip("?").rsplit(" ", 1)[-1]) if text.endswith("?") else 0
    return code(room) if f"room {room} is" in text and ("carefully" in text or room % 2) else "nine"


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("rooms")
    told = [f"The door code of room {room} is {code(room)}." for room in range(N)]
    (folder / "rooms.md").write_text("\n".join(f"# Room {room}\n\n{text}\n" for room, text in enumerate(told)))
    splits = {0: "train", 1: "train", 2: "test"}
    return folder, [
        {
            "question": f"What is the door code of room {room}?",
            "answers": [code(room)],
            "document": "rooms.md",
            "quote": told[room],
            "split": splits.get(room // 2 % 6, "validation"),
        }
        for room in range(N)
    ]


def run(rooms: tuple[Path, list[dict[str, Any]]], out: Path, writer: str, **settings: Any) -> Any:
    usual: dict[str, Any] = {"encoder": "none", "fit_retriever": "off", "decline": "off", "latency_sample": 0}
    usual |= {"cells": "retrieved/zero-shot,retrieved/prompted", "prompt_writer": writer, "prompt_seconds": 600}
    return assay.run(*rooms, out=out, model=ScriptedModel(told_magic), **usual | settings)


def test_what_is_written_is_accepted_where_it_is_better(
    rooms: tuple[Path, list[dict[str, Any]]], tmp_path: Path, endpoint: Endpoint
) -> None:
    pytest.importorskip("gepa")
    asked: list[str] = []

    def write(prompt: str) -> str:
        asked.append(prompt)
        return "Here it is:\n```\nRead the passages carefully and give the code.\n```"

    endpoint.reply = write  # type: ignore[method-assign]
    done = run(rooms, tmp_path, endpoint.name())
    (found,) = done.result.prompts
    assert found.is_accepted and found.prompt.instruction == "Read the passages carefully and give the code."
    assert [part.name for part in found.parts] == ["instruction"]
    cells = {cell.cell: cell.correct.value for cell in done.result.cells}
    assert cells == {"retrieved/zero-shot": 0.5, "retrieved/prompted": 1.0}
    assert "Found and not used: a passage that was shown holds the answer" in asked[0]
    assert "Use the passages to answer the question with a short phrase copied from them." in asked[0]
    n_written = len(asked)
    (kept,) = tmp_path.glob("runs/*/result.json")
    kept.unlink()
    assert run(rooms, tmp_path, endpoint.name()).result.prompts == done.result.prompts
    assert len(asked) == n_written  # what was written is kept, too


def test_documents_that_not_all_may_read_are_not_written_about(
    rooms: tuple[Path, list[dict[str, Any]]], tmp_path: Path, endpoint: Endpoint
) -> None:
    pytest.importorskip("gepa")
    documents, questions = rooms
    with pytest.raises(InputError, match="a written prompt could tell what is in them"):
        run((documents, [one | {"groups": "desk"} for one in questions]), tmp_path, endpoint.name())


def test_a_bank_and_a_writer_exclude_each_other(rooms: tuple[Path, list[dict[str, Any]]], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="set prompt_bank or prompt_writer, not both"):
        run(rooms, tmp_path, "http://127.0.0.1:9/v1#m", prompt_bank="ours.jsonl")


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assay.prompting.written.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r'pip install "assay\[prompts\]"'):
        check_gepa()


@pytest.mark.parametrize(
    ("text", "read", "told"),
    [
        ("30 days", ("p1",), "Right."),
        (
            "I don't know.",
            ("p1",),
            "Found and not used: a passage that was shown holds the answer, and the reply declines",
        ),
        (
            "40 days",
            ("p1",),
            "Found and not used: a passage that was shown holds the answer, and the reply says something",
        ),
        ("40 days", ("p2",), "Not found: no passage that was shown holds the answer. Right would have been: 30 days"),
    ],
)
def test_feedback_names_the_cause(text: str, read: tuple[str, ...], told: str) -> None:
    question = Question("q", "How long is the leave?", ("30 days",))
    answer = Answer("q", text, read, 10, 5, None)
    assert feedback(answer, question, ANSWERS.mark(text, question), ("p1",), "en").startswith(told)
    cut, echo = replace(answer, is_cut=True), replace(answer, is_echo=True)
    assert feedback(cut, question, ANSWERS.mark("40", question), ("p1",), "en").startswith(
        "Too long: the reply was cut"
    )
    assert feedback(echo, question, ANSWERS.mark(text, question), (), "en").startswith("Form broken")
    nobody = Question("q", "Who?", (), answerable=False)
    told_not = feedback(answer, nobody, ANSWERS.mark(text, nobody), (), "zh")
    assert (
        text == "I don't know."
        or told_not == "Not declined: the documents do not tell. Right would have been: 不知道。"
    )
