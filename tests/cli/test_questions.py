"""assay questions as a person meets it: files in, files out, mistakes named."""

import csv
import json
import re
import subprocess
from pathlib import Path

import pytest

from assay.questions import read_questions
from command import call_assay


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    rows = [
        {"question": "How many days of leave do employees get?", "answers": ["25 days"], "split": "test",
         "document": "a.md", "quote": "Everybody has 25 days of leave."},
        {"question": "How many days of leave does an employee receive?", "answers": ["25 days"], "split": "train"},
        {"question": "What does lunch cost?", "answers": ["EUR 4.50"], "quote": "Lunch is free.", "split": "train"},
        {"question": "Whose number is 138 1234 5678?", "answers": ["Li Wei"], "split": "train"},
        {"question": "Who pays?", "answers": [], "answerable": False, "split": "train"},
    ]  # fmt: skip
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def _assay(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return call_assay("questions", *args, cwd=cwd, COLUMNS="200")


def test_check_names_what_is_wrong_and_writes_a_clean_copy(asked: Path, tmp_path: Path) -> None:
    done = _assay("check", asked, "--clean", "clean.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Findings in 5 questions: 3" in done.stdout
    assert "q0002: means the same as q0001 (test)" in done.stdout
    assert 'q0003: its evidence does not hold "EUR 4.50"' in done.stdout
    assert "q0004: holds the telephone number 138 1234 5678" in done.stdout
    assert [question.id for question in read_questions(tmp_path / "clean.csv").questions] == ["q0001", "q0005"]
    removed = list(csv.DictReader((tmp_path / "clean.removed.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["id"] for row in removed] == ["q0002", "q0003", "q0004"]
    assert removed[0]["notes"] == "means the same as q0001 (test)"
    again = _assay("check", "clean.csv", "--encoder", "none", "--lang", "zh", cwd=tmp_path)
    assert "2 道题：没有发现问题。" in again.stdout


def test_convert_leaves_out_what_must_not_be_trained_on(asked: Path, tmp_path: Path) -> None:
    done = _assay("convert", asked, "train.json", "--to", "messages", cwd=tmp_path)
    assert "train.json: 4 questions as messages." in done.stdout
    assert "left out because what is trained on must not hold them: 1 " in done.stdout
    rows = json.loads((tmp_path / "train.json").read_text())
    assert rows[-1]["messages"][1] == {"role": "assistant", "content": "I don't know."}
    back = _assay("convert", "train.json", "back.xlsx", cwd=tmp_path)
    assert "back.xlsx: 4 questions." in back.stdout
    assert len(read_questions(tmp_path / "back.xlsx").questions) == 4
    everything = _assay("convert", asked, "all.jsonl", "--to", "alpaca", "--split", "all", cwd=tmp_path)
    assert "5 questions as alpaca" in everything.stdout


def test_convert_of_a_file_without_splits_writes_all_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "asked.csv").write_text("Query,Reference,Team\nHow long?,5 days,hr\nHow wide?,2 m,it\n")
    done = _assay("convert", "asked.csv", "all.jsonl", "--to", "alpaca", cwd=tmp_path)
    assert done.stdout.splitlines() == [
        "all.jsonl: 2 questions as alpaca.",
        "No question has a split, so all are written, whatever a run would use them for; a column split tells them "
        "apart.",
        'Columns taken by their meaning: "Query" as question, "Reference" as answers.',
        "Columns that are not used: Team.",
    ]
    assert len((tmp_path / "all.jsonl").read_text().splitlines()) == 2
    ours = _assay("convert", "asked.csv", "ours.csv", cwd=tmp_path)
    assert ours.stdout.splitlines()[0] == "ours.csv: 2 questions." and "split" not in ours.stdout
    refused = _assay("convert", "asked.csv", "train.jsonl", "--to", "alpaca", "--split", "train", cwd=tmp_path)
    assert "no question of the split train to write, since none has a split" in refused.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("convert", "questions.jsonl", "out.json", "--to", "llama"), "--to must be one of questions, alpaca"),
        (("convert", "questions.jsonl", "out.json", "--split", "half"), "--split must be one of train"),
        (("convert", "questions.jsonl", "out.json", "--split", "validation"), "no question of the split validation"),
        (("convert", "questions.jsonl", "out.doc"), "can be written as .csv, .xlsx, .jsonl"),
        (("convert", "questions.jsonl", "questions.jsonl"), "is there already"),
        (("check", "nowhere.csv"), "nowhere.csv: the questions cannot be opened"),
        (("check", "questions.jsonl", "--clean", "clean.md"), "can be written as"),
        (("check", "questions.jsonl", "--docs", "nowhere"), "nowhere"),
        (("draft", "nowhere"), "nowhere"),
        (("draft", ".", "questions.jsonl"), "is there already"),
        (("draft", ".", "-n", "0"), "at least 1 draft"),
        (("draft", ".", "--unanswerable", "1"), "at least 1 draft"),
        (("draft", ".", "--base", "no-model"), "there is no model"),
        (("draft", ".", "--manner", "poem"), '--manner must be one of model, extractive, got "poem"'),
        (("paraphrase", "questions.jsonl", "out.csv", "-n", "0"), "at least 1 paraphrase"),
        (("paraphrase", "questions.jsonl", "out.csv", "--encoder", "none"), "compared by meaning"),
        (("paraphrase", "questions.jsonl"), "Missing argument"),
    ],
)
def test_mistakes_are_named_before_any_work(asked: Path, tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    (tmp_path / "a.md").write_text("Everybody has 25 days of leave.")
    done = _assay(*args, cwd=tmp_path)
    assert done.returncode == 2, done.stdout
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("model")
def test_drafts_of_the_real_model_are_a_file_for_training(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, own = company
    done = _assay("draft", documents, "drafts.csv", "-n", "4", "--beside", own, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert re.search(r"\d drafts? kept of \d", done.stdout)
    if (tmp_path / "drafts.csv").exists():
        questions = read_questions(tmp_path / "drafts.csv").questions
        assert {(question.origin, question.split) for question in questions} == {("drafted", "train")}
        assert all(question.evidence and question.evidence.document for question in questions)
    else:
        assert "no file was written" in done.stdout


@pytest.mark.usefixtures("model")
def test_a_weak_base_is_said_before_it_drafts_and_extractive_drafts_are_offered(
    company: tuple[Path, Path], tmp_path: Path
) -> None:
    documents, _ = company
    done = _assay("draft", documents, "drafts.csv", "-n", "1", "--unanswerable", "0", "--lang", "zh", cwd=tmp_path)
    said = done.stdout + done.stderr
    assert re.search(r"SmolLM2-135M-Instruct：我们让它试写 \d+ 条草稿，\d+ 条通过检查", said)
    assert "--manner extractive" in said
    done = _assay("draft", documents, "rules.csv", "-n", "4", "--manner", "extractive", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "--manner extractive" not in done.stdout + done.stderr
    questions = read_questions(tmp_path / "rules.csv").questions
    assert {(question.origin, question.split) for question in questions} == {("drafted", "train")}
    assert all(q.evidence and q.evidence.quote and q.answers[0] in q.evidence.quote for q in questions if q.answerable)
