"""Lines of the command line that are run, killed, and run again."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from assay.verdict.result import RunResult
from assay.verdict.stored import load_result

QUICK = {"latency_sample": 1, "answer_batch": 4, "max_new_tokens": 8, "probe": "off"}


def command(*line: object, **settings: object) -> list[str]:
    """`assay LINE --set NAME=VALUE ...`, quick."""
    pairs = [part for name, value in (QUICK | settings).items() for part in ("--set", f"{name}={value}")]
    return [sys.executable, "-m", "assay", *map(str, line), *pairs]


def run_line(line: Sequence[str], out: Path) -> RunResult:
    """The result of a line in a workspace, the newest there."""
    subprocess.run([*line, "--out", str(out)], check=True, stdout=subprocess.DEVNULL)
    newest = max(out.glob("runs/*/result.json"), key=lambda file: file.stat().st_mtime)
    return load_result(RunResult, newest)


def kill_line(line: Sequence[str], out: Path, at_least: int = 3) -> None:
    """Start a line and kill it after some answers."""
    process = subprocess.Popen([*line, "--out", str(out)], stdout=subprocess.DEVNULL)
    for _ in range(1200):
        if n_answers(out) >= at_least or process.poll() is not None:
            break
        time.sleep(0.1)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not list(out.glob("runs/*/result.json"))


def n_answers(out: Path) -> int:
    """How many answers a workspace keeps."""
    try:
        with closing(sqlite3.connect(f"file:{out / 'assay.db'}?mode=ro", uri=True)) as connection, connection:
            return int(connection.execute("select count(*) from answers").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def answers(result: RunResult) -> list[tuple[str, str, str, tuple[str, ...], str]]:
    """Of every answer: question, cell, text, what was read and why it counted."""
    return [(q.id, a.cell, a.text, tuple(a.passages), a.reason) for q in result.questions for a in q.cells]


def alone(result: RunResult, cell: str) -> tuple[str, str]:
    """A question that a cell was asked alone, as `assay ask` asks, and its answer: rounding depends on the batch."""
    found = [(q.text, a.text) for q in result.questions for a in q.cells if a.cell == cell and a.latency_s is not None]
    return found[0]
