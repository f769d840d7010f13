"""Whether anything is lost when a server is killed while what was begun on its pages goes on: runs, then syncs.

    python benchmarks/kill_server.py [--kills 20] [--seed 0]

The example company, the embedded base, 12 questions. Before each kill a question is asked on the page, and a run with
settings of its own is begun by the page's form; SIGKILL comes at a random moment, every second time for the worker,
too. Then the same with syncs, a document changed before each. At last a server is left alone: every job must finish,
every run have the answers of one that nobody disturbed, the passages be those of the folder read anew, and every
conversation be there. Exit code 1 where not.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from company import COMPANY, read_questions

import assay
from assay.bench.workspace import Workspace
from assay.corpus import build_corpus
from assay.corpus.library import Library
from assay.server.database import open_tables
from assay.server.pages.kept_turns import Turns
from assay.serving.measured_run import load
from serving import serve

CELLS = "none/zero-shot,retrieved/zero-shot"
SETTINGS: dict[str, Any] = {"first_check": "off", "interventions": 0, "latency_sample": 1}
FEWEST_TOKENS = 8  # of an answer in the first run; each further run has one more, so that all is answered anew
LATEST_S = 15.0  # of a server's life
DONE_S = 3600.0


def main() -> None:
    """A row, printed and written to kill_server.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20, help="during runs, and as many during syncs")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        documents, questions, workspace = _prepare(Path(folder))
        begin_run, begin_sync = partial(_begin_run, workspace), partial(_begin_sync, documents)
        talks, runs = torture(workspace, begin_run, options.kills, rng)
        problems = list(_different(runs, workspace, documents, questions, Path(folder, "undisturbed")))
        more, syncs = torture(workspace, begin_sync, options.kills, rng)
        problems += _lost(workspace, documents, [*talks, *more])
    problems += [f"job {job['id']} ({job['kind']}) is {job['state']}" for job in [*runs, *syncs] if not _is_done(job)]
    table = "| kills | jobs begun | conversations | problems |\n|---|---|---|---|\n"
    table += f"| {2 * options.kills} | {len(runs) + len(syncs)} | {len(talks) + len(more)} | {len(problems)} |"
    told = f"# A server that is killed\n\n{date.today()}, `python benchmarks/kill_server.py`.\n\n{table}\n"
    Path(__file__).with_suffix(".md").write_text(told + "".join(f"\n- {one}" for one in problems), encoding="utf-8")
    print(told, *problems, sep="\n")
    sys.exit(1 if problems else 0)


def _prepare(place: Path) -> tuple[Path, Path, Path]:
    """Documents, questions and a workspace with a finished run over them."""
    documents, questions, workspace = place / "documents", place / "mine.jsonl", place / "ws"
    shutil.copytree(COMPANY / "documents", documents)
    chosen = [row for row in read_questions() if row.get("answers") and row["split"] == "test"][:12]
    questions.write_text("".join(json.dumps(row) + "\n" for row in chosen), encoding="utf-8")
    assay.run(documents, questions, out=workspace, cells=CELLS, max_new_tokens=FEWEST_TOKENS, **SETTINGS).close()
    (workspace / "questions").mkdir()
    shutil.copy(questions, workspace / "questions" / questions.name)
    return documents, questions, workspace


def torture(
    workspace: Path, begin: Callable[[str, int], None], n_kills: int, rng: np.random.Generator
) -> tuple[list[str], list[dict[str, Any]]]:
    """The conversations that were answered before a kill, and the jobs as they are when all have ended."""
    talks = list[str]()
    for number in range(n_kills):
        with serve(workspace) as (address, process):
            until = time.monotonic() + rng.uniform(0, LATEST_S)
            begin(address, number)
            talks.append(_talk(address, f"What is written on page {number + 1} of the handbook?"))
            time.sleep(max(0.0, until - time.monotonic()))
            process.kill()
        if number % 2:
            with suppress(OSError, ValueError):
                os.kill(int((workspace / "jobs.lock").read_text()), signal.SIGKILL)
        print(f"{number + 1} of {n_kills}", file=sys.stderr, flush=True)
    with serve(workspace) as (address, _):
        end = time.monotonic() + DONE_S
        while time.monotonic() < end and not all(_has_ended(job) for job in _jobs(address)):
            time.sleep(1)
        return talks, _jobs(address)[:n_kills]


def _begin_run(workspace: Path, address: str, number: int) -> None:
    form = {name: str(value) for name, value in SETTINGS.items()}
    form |= {"questions": "mine", "cells": CELLS, "max_new_tokens": str(FEWEST_TOKENS + 1 + number)}
    _post(f"{address}/runs", form)


def _begin_sync(documents: Path, address: str, number: int) -> None:
    note = f"# Today\n\nOn day {number} the gate opens at {number % 12} o'clock.\n"
    (documents / "today.md").write_text(note, encoding="utf-8")
    _post(f"{address}/documents/-/sync", {})


def _talk(address: str, text: str) -> str:
    """The name of a conversation in which the question was answered."""
    return _post(f"{address}/ask", {"question": text}).split("#")[0].rsplit("/", 1)[-1]


def _post(url: str, form: dict[str, str]) -> str:
    """Where a form leads."""
    reply = httpx.post(url, data=form, timeout=300)
    assert reply.status_code == 303, reply.text
    return str(reply.headers["location"])


def _jobs(address: str) -> list[dict[str, Any]]:
    """The newest first."""
    jobs: list[dict[str, Any]] = httpx.get(f"{address}/runs/-/jobs.json", timeout=60).json()
    return jobs


def _has_ended(job: dict[str, Any]) -> bool:
    return job["state"] in ("finished", "failed", "stopped")


def _is_done(job: dict[str, Any]) -> bool:
    return bool(job["state"] == "finished")


def _different(
    runs: Sequence[dict[str, Any]], workspace: Path, documents: Path, questions: Path, out: Path
) -> Iterator[str]:
    """Runs whose answers are not those of one that nobody disturbed."""
    for job in filter(_is_done, runs):
        with load(job["outcome"]["run"], out=workspace) as run:
            given, n_tokens = _answers(run.finished.answers), int(run.result.settings["max_new_tokens"])
        with assay.run(documents, questions, out=out, cells=CELLS, max_new_tokens=n_tokens, **SETTINGS) as run:
            if given != _answers(run.finished.answers):
                yield f"job {job['id']}: other answers than undisturbed"


def _answers(rows: Iterable[Any]) -> dict[tuple[str, str], str]:
    return {(row["question_id"], row["cell"]): row["answer"] for row in rows}


def _lost(workspace: Path, documents: Path, talks: Sequence[str]) -> Iterator[str]:
    """Passages and conversations that are not there."""
    library = Library(Workspace(workspace).library_file, documents)
    state = library.current()
    read = library.corpus(state, 200) if state else None
    if read is None or read.sha256 != build_corpus(documents, 200).sha256:
        yield "the passages are not those of the folder"
    kept = Turns(open_tables(Workspace(workspace)))
    yield from (f"conversation {name} is lost" for name in talks if not kept.of(name, ""))


if __name__ == "__main__":
    main()
