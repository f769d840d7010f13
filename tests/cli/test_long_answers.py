"""Long accepted answers as a person meets them: the lines of the guide, both languages, JSON and a file."""

import csv
import json
import re
from pathlib import Path

import pytest

from command import call_assay
from typed_blocks import blocks_of, type_block

_PAGE = "docs/guide/long-answers.md"


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which the page's block was typed, and what that printed."""
    folder = tmp_path_factory.mktemp("long")
    ((kind, block),) = blocks_of(_PAGE)
    return folder, type_block(kind, block, folder)


def test_the_page_tells_what_is_printed(typed: tuple[Path, str]) -> None:
    text = (Path(__file__).parents[2] / _PAGE).read_text("utf-8")
    (told,) = re.findall(r"^ends with\n\n```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert typed[1].endswith(told)
    assert "Long answers: complete" in typed[1] and "over 2 questions; 0% are not judged" in typed[1]


def test_the_same_in_chinese(typed: tuple[Path, str]) -> None:
    done = call_assay("score", "long.jsonl", "said.jsonl", "--lang", "zh", cwd=typed[0])
    assert "长答案：完整" in done.stdout and "未判定" in done.stdout


def test_json_and_file_have_the_figures(typed: tuple[Path, str]) -> None:
    done = call_assay("score", "long.jsonl", "said.jsonl", "--json", "--to", "marks.csv", cwd=typed[0])
    total = json.loads(done.stdout)["total"]
    assert total["long"]["n"] == 2 and total["long"]["correct"]["value"] == 0.5
    rows = list(csv.DictReader((typed[0] / "marks.csv").read_text("utf-8-sig").splitlines()))
    assert [row["right"] for row in rows] == ["true", "false"]
    assert float(rows[0]["complete"]) > float(rows[1]["complete"]) > 0


def test_sets_without_long_answers_show_nothing_of_it(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("id,question,answers\n1,When?,1974\n")
    (tmp_path / "a.csv").write_text("id,answer\n1,In 1974.\n")
    done = call_assay("score", "q.csv", "a.csv", cwd=tmp_path)
    assert "Long answers" not in done.stdout and "Not judged" not in done.stdout
    assert json.loads(call_assay("score", "q.csv", "a.csv", "--json", cwd=tmp_path).stdout)["total"]["long"] is None


def test_what_is_not_judged_is_listed_and_left_out(tmp_path: Path) -> None:
    rows = [{"id": str(n), "question": f"How is it done in case {n}?", "answers": [REFERENCE]} for n in range(2)]
    (tmp_path / "q.jsonl").write_text("\n".join(map(json.dumps, rows)))
    said = [{"id": "0", "answer": REFERENCE}, {"id": "1", "answer": "Cut the form in half for the archive."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, said)))
    done = call_assay("score", "q.jsonl", "a.jsonl", cwd=tmp_path)
    assert "Not judged, since words cannot tell" in done.stdout and "  1: not judged" in done.stdout
    assert "100%" in done.stdout and "No answer is wrong." in done.stdout


REFERENCE = "Half of the form goes to the archive, and the other half stays with you until the goods have arrived."
