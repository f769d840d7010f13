"""Cells asked again and in other words: what turns and what does not, with scripts whose turning is known."""

import re
from pathlib import Path
from typing import Any

import pytest

import assay
from assay.models import Conversation, ScriptedModel
from assay.report import render_report
from assay.report.lines import verdict_lines
from assay.serving.measured_run import FinishedRun

N = 60  # rooms; with fewer than 46, cells that never turn are not told to be as steady


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """A document with a section a room, and a question a room."""
    folder = tmp_path_factory.mktemp("rooms")
    sections = [f"# Room {place}\n\nThe door code of room {place} is {code(place)}.\n" for place in range(N)]
    (folder / "rooms.md").write_text("\n".join(sections))
    questions = [
        {"question": f"What is the door code of room {place}?", "answers": [code(place)], "split": "test"}
        for place in range(N)
    ]
    return folder, questions


def code(place: int) -> str:
    return str(4000 + 7 * place)


class Reader:
    """Knows each code in the words of the exam; in others it has to read it. Writes other words when it is told to."""

    def __init__(self, n_forgotten: int = N) -> None:
        self.n_forgotten, self.n_written = n_forgotten, 0

    def __call__(self, conversation: Conversation) -> str:
        text = conversation[-1].content
        if text.startswith("Write "):
            self.n_written += 1
            return "Please, what is" + text.splitlines()[-1].removeprefix("What is")
        asked = re.findall(r"room (\d+)\?", text)
        if not asked:  # "Hello", to warm up
            return "Hello"
        place = int(asked[-1])
        forgets = "Please, what" in text and place < self.n_forgotten and f"room {place} is" not in text
        return "I don't know." if forgets else code(place)


class Unasked(Reader):
    """All that it would say is kept already."""

    def __call__(self, conversation: Conversation) -> str:
        raise AssertionError(conversation)


def run(rooms: tuple[Path, list[dict[str, Any]]], out: Path, reader: Reader, **settings: Any) -> FinishedRun:
    usual = {"cells": "none/zero-shot,retrieved/zero-shot", "encoder": "none", "first_check": "off", "interventions": 0}
    return assay.run(*rooms, out=out, model=ScriptedModel(reader), **usual | settings)


def test_the_cheaper_cell_is_passed_over_where_its_marks_turn(
    rooms: tuple[Path, list[dict[str, Any]]], tmp_path: Path
) -> None:
    done = run(rooms, tmp_path, Reader(), repeats=1, paraphrases=1)
    memory, reading = done.result.steadiness
    assert (memory.n_questions, memory.n_again, memory.n_wordings) == (N, 1, N)
    assert memory.steady_again is not None and memory.steady_again.value == 1  # a script never turns
    assert memory.steady_worded is not None and memory.steady_worded.value == 0
    assert memory.always_right.value == 0 and reading.always_right.value == 1
    verdict = done.result.verdict
    assert (verdict.kind, verdict.cell, verdict.passed_over) == ("decided", "retrieved/zero-shot", ["none/zero-shot"])
    for lang, said, told in (
        ("en", "costs less and is as often right, but is less steady: the lead of RAG is +100 points", "How steady"),
        ("zh", "更便宜，答对的一样多，但不够稳定", "评分有多稳定"),
    ):
        lines, page = "\n".join(verdict_lines(done.result, lang)), render_report(done.result, lang)
        assert said in lines and said in page and told in page


def test_what_turns_as_rarely_is_as_good(rooms: tuple[Path, list[dict[str, Any]]], tmp_path: Path) -> None:
    done = run(rooms, tmp_path, Reader(n_forgotten=0), paraphrases=1)
    assert (done.result.verdict.kind, done.result.verdict.cell) == ("decided", "none/zero-shot")
    assert "no dearer cell that is as often right is steadier by 5 points" in "\n".join(
        verdict_lines(done.result, "en")
    )


def test_a_killed_run_writes_only_the_wordings_that_it_lacks(
    rooms: tuple[Path, list[dict[str, Any]]], tmp_path: Path
) -> None:
    class Killed(Reader):
        def __call__(self, conversation: Conversation) -> str:
            if self.n_written == 25:
                raise KeyboardInterrupt
            return super().__call__(conversation)

    how = {"cells": "none/zero-shot", "paraphrases": 1, "answer_batch": 10}
    with pytest.raises(KeyboardInterrupt):
        run(rooms, tmp_path, Killed(), **how)
    later = Reader()
    first = run(rooms, tmp_path, later, **how)
    assert later.n_written == N - 20  # two batches of ten were whole
    (kept,) = tmp_path.glob("runs/*/result.json")
    kept.unlink()
    again = run(rooms, tmp_path, Unasked(), **how)
    assert again.result.steadiness == first.result.steadiness
