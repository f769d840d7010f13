"""What two cells do on validation questions, with the real index and a scripted model: by hand."""

import json
import re
from pathlib import Path

import pytest

import assay
from assay.models import Conversation, ScriptedModel
from assay.verdict.result import RunResult

CELLS = "none/zero-shot,retrieved/zero-shot,retrieved/few-shot"


def hours_at_once_lunch_after_examples(conversation: Conversation) -> str:
    """Reads hours from passages; lunch only where it was shown examples first."""
    *passages, question = conversation[-1].content.split("\n\n")
    town = question.rstrip("?").rsplit(" ", 1)[-1]
    pattern = rf"In {town} a full working week has (\d+ hours)"
    if "lunch" in question and len(conversation) > 2:
        pattern = rf"Lunch in {town} costs (EUR [\d.]+)"
    found = re.search(pattern, "\n".join(passages))
    return found.group(1) if found and ("hours" in question or "lunch" in question) else "I don't know."


def run_with(n_towns: int, company: tuple[Path, Path], out: Path, said: list[str]) -> RunResult:
    """The company's questions, those of the last towns for validation and the others for the test."""
    documents, questions = company
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    validation = list(dict.fromkeys(row["document"] for row in rows))[-n_towns:]
    for row in rows:
        if row["split"] != "train":
            row["split"] = "validation" if row["document"] in validation else "test"

    class Lines:
        def say(self, line: str) -> None:
            said.append(line)

        def step(self, name: str, done: int, total: int, note: str = "") -> None:
            pass

    model = ScriptedModel(hours_at_once_lunch_after_examples)
    return assay.run(documents, rows, out=out, model=model, cells=CELLS, progress=Lines(), first_check="off").result


def test_what_an_exam_can_show_rests_on_what_two_cells_did(shared_company: tuple[Path, Path], tmp_path: Path) -> None:
    said: list[str] = []
    result = run_with(2, shared_company, tmp_path / "ws", said)
    # 12 questions of two towns: the two cells differ on lunch in each, 2 of 12; one more of each kind: 3 of 14
    assert result.disagreement is not None
    assert (result.disagreement.n, result.disagreement.share) == (12, pytest.approx(3 / 14))
    first, seen = (line for line in said if "differences of about" in line)
    assert "if two candidates disagree on 30% of them" in first
    assert "On 12 validation questions, two cells disagreed on 21%" in seen
    assert f"about {round(100 * result.detectable_difference)} points" in seen
    assert result.counts["test"] == 12 and all(len(question.cells) == 3 for question in result.questions)


def test_too_few_validation_questions_show_nothing(shared_company: tuple[Path, Path], tmp_path: Path) -> None:
    said: list[str] = []
    result = run_with(1, shared_company, tmp_path / "ws", said)
    assert result.disagreement is None
    assert len([line for line in said if "differences of about" in line]) == 1
