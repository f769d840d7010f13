"""What bad input gets: one clear message and exit code 2, before any long work."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from command import call_assay


def _refused(result: subprocess.CompletedProcess[str], *said: str, code: int = 2) -> None:
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    for text in said:
        assert text in result.stderr


def test_all_problems_of_a_questions_file_come_together(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, _ = company
    rows = [
        {"question": "How long?", "answers": ["1 day"], "grops": "red"},
        {"question": "How long?", "answers": ["1 day"]},
        {"question": "How wide?", "answers": []},
    ]
    bad = tmp_path / "bad.jsonl"
    bad.write_text("".join(json.dumps(row) + "\n" for row in rows))
    _refused(call_assay("run", documents, bad, cwd=tmp_path), "grops", "line 2", "line 3")


def test_swapped_arguments_are_noticed(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, questions = company
    _refused(call_assay("run", questions, documents, cwd=tmp_path), f"swap the two ({documents}, then {questions})")
    _refused(call_assay("run", questions, documents / "osk.md", cwd=tmp_path), "swap the two")
    _refused(call_assay("run", documents, documents, cwd=tmp_path), "is a folder, and the questions are one file")


def test_a_folder_that_is_not_there(company: tuple[Path, Path], tmp_path: Path) -> None:
    _refused(call_assay("run", tmp_path / "nowhere", company[1], cwd=tmp_path), "nowhere")


def test_a_folder_of_which_nothing_can_be_read(company: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (folder / "b.docx").write_bytes(b"no zip")
    _refused(call_assay("run", folder, company[1], cwd=tmp_path), "a.pdf", "b.docx")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--base", "./no-model"), "there is no model"),
        (("--cells", "retrieved/magic"), 'unknown cell "retrieved/magic"'),
        (("--set", "passages=many"), "passages must be a whole number"),
        (("--set", "pasages=3"), "did you mean passages?"),
        (("--set", "passages"), "--set takes name=value"),
        (("--lang", "fr"), "lang must be en or zh"),
    ],
)
def test_wrong_options(company: tuple[Path, Path], tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    _refused(call_assay("run", *company, *args, cwd=tmp_path), said)


def test_an_endpoint_that_is_down_leaves_a_run_to_go_on_with(company: tuple[Path, Path], tmp_path: Path) -> None:
    result = call_assay("run", *company, "--base", "http://127.0.0.1:9/v1#m", cwd=tmp_path)
    _refused(result, "did not answer", "run the same line again", code=4)


def test_asking_without_a_run(tmp_path: Path) -> None:
    _refused(call_assay("ask", "How long?", cwd=tmp_path), "there is no finished run")


@pytest.mark.usefixtures("model")  # converted before it is stopped
def test_ctrl_c_says_how_to_go_on(company: tuple[Path, Path], tmp_path: Path) -> None:
    """At once; but a library in the midst of its import may swallow one, and a person presses again."""
    for attempt in range(3):
        code, said = _stop_early(company, tmp_path / str(attempt))
        if code:
            break
    assert code in (130, -signal.SIGINT)  # the shell calls both 130
    assert "run the same line again" in said
    assert "Traceback" not in said


def _stop_early(company: tuple[Path, Path], out: Path) -> tuple[int, str]:
    """Exit code and error output of a run that is interrupted as soon as it has told its plan."""
    command = [sys.executable, "-m", "assay", "run", *map(str, company), "--cells", "none/zero-shot", "--out", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    while "test questions" not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    return process.returncode, said


def test_no_tracebacks_for_usage_errors(tmp_path: Path) -> None:
    _refused(call_assay("run", cwd=tmp_path), "Missing argument")
