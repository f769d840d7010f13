"""The lines of the guide that need no model are run as they stand."""

import json
import re
import shlex
from pathlib import Path

import pytest

from assay.questions import read_questions
from assay.questions.writing import write_questions
from command import call_assay

_GUIDE = Path(__file__).parents[2] / "docs" / "guide"
_NEEDS_A_MODEL = ("run", "sync", "watch")


def _lines(name: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", (_GUIDE / name).read_text("utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.split()[1] not in _NEEDS_A_MODEL]


@pytest.mark.parametrize("name", ["documents.md", "your-answers.md"])
def test_lines_of_the_guide_run(name: str, company: tuple[Path, Path]) -> None:
    documents, questions = company
    folder = documents.parent
    write_questions(read_questions(questions).questions, folder / "questions.csv")
    ids = [question.id for question in read_questions(questions).questions]
    (folder / "bot.jsonl").write_text("".join(json.dumps({"id": id, "answer": "38 hours"}) + "\n" for id in ids))
    (documents / "osk.md").rename(documents / "handbook.md")
    lines = [line.replace("handbook.pdf", "handbook.md") for line in _lines(name)]
    assert lines
    for line in lines:
        done = call_assay(*shlex.split(line)[1:], cwd=folder)
        assert done.returncode == 0, f"{line}: {done.stderr}"
        assert done.stdout.strip()


def test_the_example_of_an_answer_can_be_read(tmp_path: Path) -> None:
    (row,) = re.findall(r"```json\n(.*?)\n```", (_GUIDE / "your-answers.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "bot.jsonl").write_text(row + "\n", "utf-8")
    (tmp_path / "q.csv").write_text("id,question,answers\nq001,When was it founded?,1974\n")
    done = call_assay("score", "q.csv", "bot.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "100%" in done.stdout
