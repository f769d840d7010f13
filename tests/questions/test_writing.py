from pathlib import Path

import pytest

from assay.errors import InputError
from assay.questions import Evidence, Question, read_questions
from assay.questions.writing import write_questions

_QUESTIONS = (
    Question("a1", 'Who pays "=SUM(A1)", and when?', ("5 days", "2025-03-01"), True,
             Evidence("hr/leave.pdf", 3, "- 5 days, as of 2025-03-01;\nno more"), "train", ("hr", "board"),
             origin="drafted", new_answers=("6 days",)),
    Question("a2", "年假有几天？", (), False, None, "test"),
)  # fmt: skip


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl"])
def test_a_written_file_reads_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"questions{suffix}"
    write_questions(_QUESTIONS, path, {"a2": "look at this"})
    assert read_questions(path).questions == _QUESTIONS


def test_a_spreadsheet_knows_the_encoding(tmp_path: Path) -> None:
    write_questions(_QUESTIONS[1:], tmp_path / "q.csv")
    assert (tmp_path / "q.csv").read_bytes().startswith(b"\xef\xbb\xbfid,question,answers,")
    assert b"groups" not in (tmp_path / "q.csv").read_bytes()


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    there = tmp_path / "there.csv"
    there.write_text("edited")
    with pytest.raises(InputError, match="somebody may have edited it"):
        write_questions(_QUESTIONS, there)
    assert there.read_text() == "edited"
    with pytest.raises(InputError, match=r"as \.csv, \.xlsx, \.jsonl, not as \"\.md\""):
        write_questions(_QUESTIONS, tmp_path / "q.md")
    with pytest.raises(InputError, match="there is no folder"):
        write_questions(_QUESTIONS, tmp_path / "no" / "q.csv")
    parted = Question("p1", "Which?", ("a|b",))
    with pytest.raises(InputError, match=r"1 questions have an answer with.*write a \.jsonl \(p1\)"):
        write_questions([parted], tmp_path / "q.csv")
    write_questions([parted], tmp_path / "q.jsonl")
    assert read_questions(tmp_path / "q.jsonl").questions == (parted,)
