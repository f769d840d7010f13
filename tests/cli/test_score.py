"""assay score and assay read as a person meets them: table, JSON, a file, mistakes named."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from command import call_assay


@pytest.fixture
def answers(company: tuple[Path, Path]) -> Path:
    """To the 18 test questions but the last: every second one with the accepted answer, the others with none."""
    rows = [json.loads(line) for line in company[1].read_text().splitlines()]
    asked = [row for row in rows if row["split"] == "test"][:-1]
    path = company[1].with_name("bot.jsonl")
    said = [(row["answers"] or ["I don't know."])[0] if n % 2 == 0 else "Ask me later" for n, row in enumerate(asked)]
    path.write_text(
        "".join(
            json.dumps({"question": row["question"], "answer": text}) + "\n"
            for row, text in zip(asked, said, strict=True)
        )
    )
    return path


def test_score_prints_a_table_and_writes_a_file(company: tuple[Path, Path], answers: Path, tmp_path: Path) -> None:
    done = call_assay("score", company[1], answers, "--to", "marks.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "All questions" in done.stdout and "Wrong: 8" in done.stdout
    assert "1 of 18 questions" in done.stdout
    rows = list(csv.DictReader((tmp_path / "marks.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 18 and [row["right"] for row in rows].count("false") == 8
    again = call_assay("score", company[1], answers, "--to", "marks.csv", cwd=tmp_path)
    assert again.returncode == 2 and "is there already" in again.stderr


def test_score_prints_json_and_nothing_else(company: tuple[Path, Path], answers: Path, tmp_path: Path) -> None:
    done = call_assay("score", company[1], answers, "--json", "--lang", "zh", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert told["total"]["n"] == 18 and told["total"]["correct"]["value"] == pytest.approx(9 / 17)
    assert len(told["answers"]) == 18


def test_read_shows_passages_and_what_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "leave.md").write_text("# Leave\n\nEverybody has 25 days.\n\n<!-- ask Ann -->\n\n## Nothing\n")
    (tmp_path / "docs" / "old.xyz").write_text("?")
    folder = call_assay("read", "docs", cwd=tmp_path)
    assert "leave.md" in folder.stdout and "Not read: old.xyz: .xyz files are not read" in folder.stdout
    one = call_assay("read", "docs/leave.md", cwd=tmp_path)
    assert "[1] Leave | about 6 tokens\nEverybody has 25 days." in one.stdout
    assert "[2] Leave > Nothing | about 1 token\nNothing" in one.stdout
    assert "<!-- ask Ann -->" in one.stdout
    told = json.loads(call_assay("read", "docs", "--json", cwd=tmp_path).stdout)
    assert told["documents"][0]["passages"][0]["heading"] == "Leave"
    assert told["skipped"] == [{"path": "old.xyz", "reason": ".xyz files are not read"}]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("score", "nowhere.csv", "bot.jsonl"), "nowhere.csv: the questions cannot be opened"),
        (("score", "questions.jsonl", "nowhere.csv"), "nowhere.csv: the answers cannot be opened"),
        (("score", "questions.jsonl", "questions.jsonl"), "is the file of the questions"),
        (("score", "questions.jsonl", "bot.jsonl", "--split", "half"), "split must be train"),
        (("score", "questions.jsonl", "bot.jsonl", "--to", "marks.txt"), "can be written as .csv, .jsonl"),
        (("score", "questions.jsonl", "bot.jsonl", "--set", "scorer=magic"), 'unknown scorer "magic"'),
        (("read", "nowhere"), "no documents at nowhere"),
        (("read", "questions.jsonl"), ".jsonl files are not read"),
        (("read", "documents", "--set", "max_passage_tokens=1"), "max_passage_tokens must be between"),
        (("run", "documents", "questions.jsonl", "--answers", "bot"), "--answers takes NAME=FILE"),
        (("run", "documents", "questions.jsonl", "--answers", "retrieved=bot.jsonl"), "is a row or a column"),
        (("run", "documents", "questions.jsonl", "--answers", "a/b=bot.jsonl"), "cannot name another system"),
        (("run", "documents", "questions.jsonl", "--answers", "bot=nowhere.csv"), "nowhere.csv: the answers cannot"),
    ],
)
def test_mistakes_are_named(company: tuple[Path, Path], answers: Path, args: tuple[str, ...], said: str) -> None:
    done = call_assay(*args, cwd=answers.parent)
    assert done.returncode == 2, done.stdout
    assert said in done.stderr and "Traceback" not in done.stderr


def test_neither_loads_a_model(company: tuple[Path, Path], answers: Path) -> None:
    code = (
        "import sys\nfrom assay.scoring.scored_answers import score\nfrom assay.corpus.preview import read\n"
        f"score({str(company[1])!r}, {str(answers)!r})\nread({str(company[0])!r})\n"
        "heavy = {'torch', 'transformers', 'openvino', 'sentence_transformers', 'lancedb'} & set(sys.modules)\n"
        "print(*sorted(heavy))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
