"""Several bases for a whole run: screened first, then one grid each, over real endpoints on loopback."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import MethodType
from typing import Any

import pytest

from assay.studies.bases.base_study import choose_base
from assay.studies.bases.several_grids import run_several
from loopback import Endpoint, serve_endpoint

Company = tuple[Path, Path]
_CELLS = "retrieved/zero-shot,oracle/zero-shot"


@pytest.fixture
def endpoints() -> Iterator[Callable[[Callable[[str], str]], Endpoint]]:
    """Starts a server that answers by a function of the prompt."""
    with ExitStack() as stack:

        def start(reply: Callable[[str], str]) -> Endpoint:
            server = stack.enter_context(serve_endpoint())
            server.reply = MethodType(lambda _, prompt: reply(prompt), server)  # type: ignore[method-assign]
            return server

        yield start


def _exam(company: Company) -> Company:
    documents, questions = company
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    for row in rows:
        if row["document"] in ("bruma.md", "lira.md"):
            row["split"] = "validation"
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return documents, questions


def _reader(questions: Path) -> Callable[[str], str]:
    known = [json.loads(line) for line in questions.read_text().splitlines()]

    def reply(prompt: str) -> str:
        found = next((row for row in known if row["question"] in prompt and row["answers"]), None)
        return found["answers"][0] if found is not None and found["quote"] in prompt else "I don't know."

    return reply


def _run(company: Company, out: Path, servers: list[Endpoint], **settings: Any) -> Any:
    names = [server.name() for server in servers]
    return run_several(*company, names, out=out, **{"cells": _CELLS, "encoder": "none"} | settings)


def test_those_left_get_a_grid_each_and_one_verdict(
    company: Company, tmp_path: Path, endpoints: Callable[[Callable[[str], str]], Endpoint]
) -> None:
    exam = _exam(company)
    reader = _reader(exam[1])
    servers = [endpoints(reader), endpoints(reader), endpoints(lambda prompt: "Seventeen.")]
    chosen, grids = _run(exam, tmp_path / "ws", servers)
    result = chosen.result
    assert [one.base for one in result.bases if one.dropped] == ["tiny (3)"]
    assert {one.base for one in result.grids} == {"tiny", "tiny (2)"} and len(grids) == 2
    assert result.grid_verdict is not None and result.grid_verdict.cell.startswith("tiny")
    assert all(one.correct.value == 1.0 for one in result.grids)
    text = "\n".join(chosen.outcome.lines)
    assert "On the test" in text and "tiny (3) after 18 questions" in text
    asked = sum(len(server.asked) for server in servers)
    again, _ = _run(exam, tmp_path / "ws", servers)
    assert again.result == result
    assert sum(len(server.asked) for server in servers) == asked


class _Heard:
    """What was said, and the names of the steps."""

    def __init__(self) -> None:
        self.lines, self.steps = list[str](), set[str]()

    def say(self, line: str) -> None:
        self.lines.append(line)

    def step(self, name: str, done: int, total: int, note: str = "") -> None:
        self.steps.add(name)


def test_the_ladder_ends_with_the_next_base(
    company: Company, tmp_path: Path, endpoints: Callable[[Callable[[str], str]], Endpoint]
) -> None:
    """Both read; the slower one alone declines what it is asked of a lift.

    Where no cells are named, the second is asked in those alone that could decide.
    """
    exam, heard = _exam(company), _Heard()
    reader = _reader(exam[1])

    def pupil(prompt: str) -> str:
        asked = prompt.splitlines()[-1]
        return "Seventeen." if "lift in Lira" in asked or "lift in Noctua" in asked else reader(prompt)

    servers = [endpoints(pupil), endpoints(reader)]
    servers[1].delay_s = 0.5
    chosen, grids = _run(exam, tmp_path / "ws", servers, cells=None, progress=heard)
    result = chosen.result
    assert [one.base for one in result.rungs] == ["tiny"] * 4 + ["tiny (2)"]
    assert len(grids[0].result.cells) == 6 and len(grids[1].result.cells) < 6
    last = result.rungs[-1].rung
    assert last.over is not None and last.over.startswith("tiny, ")
    assert last.gain is not None and last.gain.value == pytest.approx(1 / 6)
    assert result.warnings == [f"{one.base} is {one.opened}." for one in sorted(result.bases, key=lambda one: one.base)]
    assert "/zero-shot" not in "".join(chosen.outcome.lines)
    ladder = chosen.outcome.ladder
    assert ladder is not None and [row[0].split(" ")[0] for row in ladder.rows] == ["tiny"] * 5
    assert "The ladder" in chosen.report.read_text()
    assert {"tiny, none/zero-shot", "tiny (2), retrieved/zero-shot"} <= heard.steps
    assert "tiny (2): All questions are answered; comparing." in heard.lines


def test_an_endpoint_that_changes_in_the_middle_is_told(
    company: Company,
    tmp_path: Path,
    endpoints: Callable[[Callable[[str], str]], Endpoint],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From its 60th answer on it calls its model by another name."""
    exam, asked = _exam(company), list[str]()
    reader = _reader(exam[1])

    def reply(prompt: str) -> str:
        asked.append(prompt)
        server.calls_itself = "m-1" if len(asked) < 60 else "m-2"
        return reader(prompt)

    server = endpoints(reply)
    monkeypatch.setenv("ASSAY_FIRST_CHECK", "auto")
    finished = choose_base(*exam, [server.name()], out=tmp_path / "ws", encoder="none")
    (line,) = finished.result.warnings
    assert line in finished.outcome.lines and line in finished.report.read_text()
    assert line == "tiny calls its model m-1 at first and m-2 at the end: another one stands behind the name now."
