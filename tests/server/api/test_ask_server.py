"""`assay ask --server`: the same lines as from the workspace itself."""

import subprocess
from pathlib import Path

import pytest

from command import call_assay
from loopback import Endpoint
from server_process import Server

QUESTION = "How many places has the car park of Osk?"


def _ask(*line: str, cwd: Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return call_assay("ask", *line, cwd=cwd, stdin=stdin, **environment)


@pytest.mark.parametrize(
    "more", [(), ("--json",), ("--cell", "none/zero-shot"), ("--only", "osk.md"), ("--lang", "zh")]
)
def test_it_prints_what_the_workspace_itself_prints(server: Server, tmp_path: Path, more: tuple[str, ...]) -> None:
    there = _ask(QUESTION, *more, "--server", server.address, cwd=tmp_path)
    here = _ask(QUESTION, *more, "--out", str(server.workspace), cwd=tmp_path)
    assert there.returncode == here.returncode == 0, there.stderr
    assert there.stdout == here.stdout and there.stdout.strip()


def test_questions_on_standard_input(server: Server, tmp_path: Path) -> None:
    done = _ask("-", "--json", "--server", server.address + "/v1", cwd=tmp_path, stdin=f"{QUESTION}\n\n{QUESTION}\n")
    first, second = done.stdout.splitlines()
    assert first == second


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ((QUESTION, "--cell", "gpt-4"), 2, 'no model "gpt-4"'),
        (("  ",), 2, "empty"),
        ((QUESTION, "--groups", "hr"), 2, "--groups"),
        ((QUESTION, "--only", "nowhere/*"), 2, "no document matches"),
    ],
)
def test_what_it_refuses_is_told(server: Server, tmp_path: Path, line: tuple[str, ...], code: int, said: str) -> None:
    done = _ask(*line, "--server", server.address, cwd=tmp_path)
    assert done.returncode == code and said in done.stderr


def test_an_address_where_nothing_answers_is_told(tmp_path: Path) -> None:
    done = _ask(QUESTION, "--server", "http://127.0.0.1:9", cwd=tmp_path)
    assert done.returncode == 4 and "assay serve" in done.stderr
    assert _ask(QUESTION, "--server", "127.0.0.1:9", cwd=tmp_path).returncode == 2


def test_another_server_is_told(endpoint: Endpoint, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{endpoint.server_port}"
    done = _ask(QUESTION, "--cell", "tiny", "--server", address, cwd=tmp_path)
    assert done.returncode == 4 and "no server of Assay's" in done.stderr
