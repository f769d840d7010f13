"""A task of one file from outside, from the command line with the real small model: run, kill, report, tag, removal."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from command import call_assay

PARTS = Path(__file__).resolve().parents[2] / "examples" / "parts"
LINE = ("--set", "latency_sample=2", "--set", "answer_batch=4", "--set", "encoder_epochs=2")
CELLS = ("--cells", "none/zero-shot,none/few-shot,none/tuned-encoder")


def assay(folder: Path, *line: str) -> subprocess.CompletedProcess[str]:
    return call_assay(*line, cwd=folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, model: object) -> Path:
    """A folder with the part, its texts and a workspace of a run that was killed and taken up again."""
    made = tmp_path_factory.mktemp("task")
    for name in ("yes_no_maybe.py", "yes_no_maybe.jsonl"):
        shutil.copy(PARTS / name, made)
    (made / "assay.toml").write_text('parts = ["yes_no_maybe.py"]\n')
    line = [sys.executable, "-m", "assay", "label", "yes_no_maybe.jsonl", *CELLS, *LINE]
    process = subprocess.Popen(line, cwd=made)
    wait_for_answers(made / ".assay" / "assay.db", at_least=3)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return made


def wait_for_answers(database: Path, at_least: int) -> None:
    for _ in range(1200):
        if database.exists() and len(answers(database)) >= at_least:
            return
        time.sleep(0.1)
    raise TimeoutError(f"no {at_least} answers in {database}")


def answers(database: Path) -> set[tuple[str, str]]:
    """Text and what is kept of the answer, the measured seconds included."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection, connection:
            return set(connection.execute("select question_id, payload from answers").fetchall())
    except sqlite3.OperationalError:
        return set()


@pytest.fixture(scope="module")
def finished(folder: Path) -> tuple[str, dict[str, object]]:
    """What the second start printed in Chinese, and the result."""
    before = answers(folder / ".assay" / "assay.db")
    done = assay(folder, "label", "yes_no_maybe.jsonl", *CELLS, *LINE, "--lang", "zh")
    assert done.returncode == 0, done.stderr
    assert before < answers(folder / ".assay" / "assay.db")  # nothing was asked again
    return done.stdout, json.loads(next(folder.glob(".assay/labels/*/result.json")).read_bytes())


def test_a_killed_run_of_the_task_goes_on_and_ends(finished: tuple[str, dict[str, object]]) -> None:
    shown, result = finished
    assert "回答正确" in shown and "宏平均 F1" in shown
    assert result["task"] == "yes-no-maybe"
    assert [way["way"] for way in result["ways"]] == CELLS[1].split(",")
    assert {name["name"] for name in result["names"]} == {"yes", "no", "maybe"}
    assert all(way["correct"]["n"] == 18 and way["n_unread"] == 0 for way in result["ways"])
    assert result["texts"][0]["text"].startswith("Question: ")


def test_the_report_speaks_both_languages(finished: tuple[str, dict[str, object]], folder: Path) -> None:
    report = next(folder.glob(".assay/labels/*/report.html"))
    assert "回答正确" in report.read_text("utf-8")
    shown = assay(folder, "show", finished[1]["run_id"], "--lang", "en")
    assert "right answers in" in shown.stdout


def test_new_texts_are_tagged_and_written_as_the_task_reads_them(
    finished: tuple[str, dict[str, object]], folder: Path
) -> None:
    rows = [json.loads(line) for line in (folder / "yes_no_maybe.jsonl").read_text("utf-8").splitlines()[:4]]
    new = [{"question": row["question"], "context": row["text"]} for row in rows]
    (folder / "new.jsonl").write_text("".join(json.dumps(row) + "\n" for row in new))
    done = assay(folder, "tag", "--from", "new.jsonl", "--to", "said.jsonl", "--cell", "none/tuned-encoder")
    assert done.returncode == 0, done.stderr
    said = [json.loads(line) for line in (folder / "said.jsonl").read_text("utf-8").splitlines()]
    assert {row["answer"] for row in said} <= {"yes", "no", "maybe"}
    assert [row["question"] for row in said] == [row["question"] for row in new]


def test_a_run_whose_task_is_gone_is_shown_and_says_what_is_missing(
    finished: tuple[str, dict[str, object]], folder: Path, tmp_path: Path
) -> None:
    workspace = ("--out", str(folder / ".assay"))
    (tmp_path / "other.py").write_text(
        "from assay.tasks import labels\nfrom dataclasses import replace\n"
        'OTHER = replace(labels.LABELS, name="other")\n'
    )
    part = folder / "yes_no_maybe.py"
    part.rename(part.with_suffix(".away"))
    try:
        shown = assay(tmp_path, "show", finished[1]["run_id"], *workspace)
        gone = assay(tmp_path, "tag", "Question: Is it?\nText: It is.", *workspace)
        other = assay(tmp_path, "tag", "Question: Is it?\nText: It is.", "--parts", "other.py", *workspace)
    finally:
        part.with_suffix(".away").rename(part)
    assert "right answers in" in shown.stdout
    assert gone.returncode == 2 and "yes_no_maybe.py is not there" in gone.stderr
    assert other.returncode == 2 and 'the task "yes-no-maybe" is not known here' in other.stderr


def test_a_wrong_answer_in_the_file_is_told_with_its_row(tmp_path: Path) -> None:
    rows = [{"question": "Is it?", "text": "It is.", "answer": "perhaps"}, {"question": "Is it?", "answer": "no"}]
    (tmp_path / "bad.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = assay(tmp_path, "label", "bad.jsonl", "--parts", str(PARTS / "yes_no_maybe.py"))
    assert done.returncode == 2
    assert 'bad.jsonl line 1: answer must be yes, no or maybe, got "perhaps"' in done.stderr
    assert "bad.jsonl line 2: there is no text" in done.stderr


def test_the_part_is_one_short_file() -> None:
    assert len((PARTS / "yes_no_maybe.py").read_text("utf-8").splitlines()) <= 150
