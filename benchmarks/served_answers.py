"""The answer to a question through `assay ask`, the interface and the page, and what load does to the share right.

    python benchmarks/served_answers.py [-n 200] [--clients 32]

The cell is retrieved/zero-shot over the example company. Each way has a copy of the workspace and a process of its own,
so that none can take an answer from what another one kept. Asked alone, an answer is the same if all its text is, marks
included, but for the page, which draws them. Under load so many clients ask at once; answers are marked as in the exam.
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from company import read_questions

from assay.questions import Question
from assay.scoring import score_answer
from assay.server.marked_stream import marked_text
from assay.serving.measured_run import load
from assay.statistics.clustered import paired_difference
from serving import CELL, finish_run, serve

Ask = Callable[[str], str]


def main() -> None:
    """Sentences, printed and written to served_answers.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=200, help="questions")
    parser.add_argument("--clients", type=int, default=32)
    options = parser.parse_args()
    rows = [row for row in read_questions() if row.get("answers")][: options.n]
    texts = [row["question"] for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        finish_run(Path(folder))
        copies = [Path(shutil.copytree(Path(folder, "ws"), Path(folder, f"ws-{number}"))) for number in range(4)]
        plain, asked = zip(*_by_command(copies[0], texts), strict=True)
        with serve(copies[1]) as (address, _):
            by_api = list(map(_by_api(address), texts))
        with serve(copies[2]) as (address, _):
            by_page = list(map(_by_page(address), texts))
        with serve(copies[3], "--waiting", "200") as (address, _), ThreadPoolExecutor(options.clients) as pool:
            loaded = list(pool.map(_by_api(address), texts))
    lines = [f"{date.today()}, {len(rows)} questions over the example company, `{CELL}`, the embedded base."]
    lines.append(f"Through the interface as by `assay ask`: {_n_equal(asked, by_api)}.")
    lines.append(f"Through the page as by `assay ask`: {_n_equal(plain, by_page)}.")
    lines.append(f"Through the interface, {options.clients} clients at once: {_n_equal(asked, loaded)}.")
    lines.append(f"Right asked alone: {_told(rows, by_api, loaded)}")
    text = "# Answers of a server\n\n" + "\n".join(f"- {line}" for line in lines) + "\n"
    Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")
    print(text)


def _by_command(workspace: Path, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Answers, and the same with marks as `assay ask` prints them above the sources."""
    with load(out=workspace) as run:
        for text in texts:
            reply = run.ask(text, cell=CELL)
            yield reply.text, marked_text(reply.text, reply.citations, "en")


def _by_api(address: str) -> Ask:
    def ask(text: str) -> str:
        body = {"model": CELL, "messages": [{"role": "user", "content": text}]}
        reply = httpx.post(f"{address}/v1/chat/completions", json=body, timeout=600).raise_for_status()
        return str(reply.json()["choices"][0]["message"]["content"])

    return ask


def _by_page(address: str) -> Ask:
    """The pieces that the page shows while the answer comes."""
    client = httpx.Client(base_url=address, timeout=600)

    def ask(text: str) -> str:
        reply = client.post("/ask/stream", data={"question": text, "cell": CELL}).raise_for_status()
        told = [json.loads(line) for line in reply.text.splitlines()]
        return "".join(one.get("text", "") for one in told)

    return ask


def _n_equal(mine: Sequence[str], others: Sequence[str]) -> str:
    n = sum(one == other for one, other in zip(mine, others, strict=True))
    return f"the same {n} times ({n / len(mine):.1%})"


def _told(rows: Sequence[dict[str, Any]], alone: Sequence[str], loaded: Sequence[str]) -> str:
    questions = [Question(row["id"], row["question"], tuple(row["answers"])) for row in rows]
    marks = np.array(
        [[score_answer(text, one).correct for text, one in zip(ts, questions, strict=True)] for ts in (alone, loaded)],
        float,
    )
    clusters = [row.get("document", row["id"]) for row in rows]
    more, _ = paired_difference(marks[1], marks[0], clusters, np.random.default_rng(0))
    low, high = 100 * (more.low or 0.0), 100 * (more.high or 0.0)
    change = f"{100 * more.value:+.1f} points ({low:+.1f} to {high:+.1f})"
    return f"{marks[0].mean():.1%}, under load {marks[1].mean():.1%}: {change}."


if __name__ == "__main__":
    main()
