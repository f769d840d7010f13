"""`assay ask` as it is typed: one question, questions on standard input, a conversation in a terminal."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from command import call_assay
from loopback import serve_endpoint


@pytest.fixture(scope="module")
def place(shared_company: tuple[Path, Path]) -> Iterator[Path]:
    """A folder with a run, and the endpoint that answers there."""
    with serve_endpoint() as endpoint:
        folder = shared_company[1].parent
        cells = "none/zero-shot,retrieved/zero-shot"
        done = call_assay(
            "run", *shared_company, "--base", endpoint.name(), "--encoder", "none", "--cells", cells, cwd=folder
        )
        assert done.returncode == 0, done.stderr
        yield folder


def _ask(place: Path, *line: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return call_assay("ask", *line, "--cell", "retrieved/zero-shot", cwd=place, stdin=stdin)


def test_one_question(place: Path) -> None:
    done = _ask(place, "What does lunch cost in Lira?")
    assert done.returncode == 0 and done.stdout.startswith("echo Use the passages"), done.stderr


def test_one_in_chinese(place: Path) -> None:
    done = call_assay("ask", "What?", "--cell", "none/zero-shot", "--lang", "zh", cwd=place)
    assert "没有段落支持这个回答" in done.stdout


@pytest.mark.parametrize("line", [(), ("-",)])
def test_questions_on_standard_input(line: tuple[str, ...], place: Path) -> None:
    texts = ["What does lunch cost in Lira?", "How many places has the car park of Osk?"]
    done = _ask(place, *line, "--json", stdin=f"{texts[0]}\n\n  {texts[1]}  \n")
    replies = [json.loads(row) for row in done.stdout.splitlines()]
    assert [reply["question"] for reply in replies] == texts
    for reply in replies:
        assert reply["question"] in reply["text"] and reply["cell"] == "retrieved/zero-shot"
        assert reply["passages"] and reply["is_cut"] is False


def test_a_byte_that_is_no_text_leaves_the_other_questions(place: Path) -> None:
    done = _ask(place, "-", "--json", stdin="Who runs the caf\udce9?\nWhat does lunch cost in Lira?\n")
    replies = [json.loads(row) for row in done.stdout.splitlines()]
    asked = ["Who runs the caf\ufffd?", "What does lunch cost in Lira?"]
    assert [reply["question"] for reply in replies] == asked, done.stderr
    assert all(question in reply["text"] for question, reply in zip(asked, replies, strict=True))
    typed = _ask(place, "Who runs the caf\udce9?", "--json")
    assert json.loads(typed.stdout)["question"] == asked[0], typed.stderr


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_question_is_refused(text: str, place: Path) -> None:
    done = _ask(place, text)
    assert (done.returncode, done.stderr) == (2, "Error: there is no question: it is empty\n")


def test_a_conversation(place: Path) -> None:
    """In a terminal of its own, with everything that can be typed; a wrong cell does not end it."""
    typed = (
        "What does lunch cost in Lira?",
        "/sources",
        "/cell none/zero-shot",
        "/cell oracle/zero-shot",
        "/nonsense",
        "Who?",
        "/quit",
    )
    told = _talk(place, typed)
    assert "retrieved/zero-shot answers." in told and "none/zero-shot answers;" in told
    assert "(1) lira.md" in told and "Lunch in Lira costs EUR" in told
    assert "oracle/zero-shot" in told and "/cell NAME" in told
    assert (place / ".assay" / "ask_history").stat().st_mode & 0o077 == 0
    assert "What does lunch cost in Lira?" in (place / ".assay" / "ask_history").read_text()


def _talk(place: Path, lines: tuple[str, ...]) -> str:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "assay", "ask", "--cell", "retrieved/zero-shot"]
    with subprocess.Popen(command, cwd=place, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True) as process:
        os.close(theirs)
        told = ""
        for line in lines:
            told += _read_until_prompt(ours)
            os.write(ours, line.encode() + b"\n")
        told += _read_until_prompt(ours)
        assert process.wait(60) == 0
    os.close(ours)
    return told.replace("\r\n", "\n")


def _read_until_prompt(terminal: int) -> str:
    """What is printed until there is nothing more for it to say than "> "."""
    told, deadline = b"", time.monotonic() + 60
    while time.monotonic() < deadline and not told.endswith(b"> "):
        if select.select([terminal], [], [], 1)[0]:
            try:
                more = os.read(terminal, 4096)
            except OSError:  # it has ended
                break
            told += more
    return told.decode(errors="replace")
