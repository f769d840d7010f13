"""The example parts together, from the command line: killed, and run again."""

import json
from pathlib import Path

import pytest
from tests.examples.lines import answers, command, kill_line, run_line

_PARTS = Path(__file__).parents[2] / "examples" / "parts"


@pytest.mark.usefixtures("model")  # converted before the clock runs
def test_a_killed_run_goes_on_and_ends_with_the_same_answers(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, questions = company
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    rows = [row | {"within": "50%" if row["answers"] else ""} for row in rows]
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows))
    names = ("reason_first", "whole_document", "newer", "within")
    parts = [word for name in names for word in ("--parts", _PARTS / f"{name}.py")]
    cells = ("--cells", "retrieved/reason-first,whole-document/zero-shot")
    line = command("run", documents, questions, *cells, *parts, search_steps="newer", scorer="within")
    kill_line(line, tmp_path / "killed")
    killed, whole = (run_line(line, tmp_path / name) for name in ("killed", "whole"))
    assert answers(killed) == answers(whole)
    assert {reason for *_, reason in answers(whole)} & {"within", "too_far", "no_number"}
    assert {cell for _, cell, *_ in answers(whole)} == {"retrieved/reason-first", "whole-document/zero-shot"}
    assert whole.retriever is not None
    assert "newer" in [step.step for step in whole.retriever.tried]
