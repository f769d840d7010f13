"""Marks of short answers by kind, English and Chinese, both what is right and its near misses; labelled by hand."""

from pathlib import Path

import pytest

from assay.questions.question import Question
from assay.scoring import score_answer

_TABLES = [
    Path(__file__).with_name(name)
    for name in ("short_answers.txt", "usual_answers.txt", "staff_answers.txt", "role_answers.txt")
]


def _rows() -> list[tuple[str, str, tuple[str, ...], str, str]]:
    """Kind, question, accepted, right and wrong answers of each line."""
    rows, kind = [], ""
    for line in "\n".join(table.read_text("utf-8") for table in _TABLES).splitlines():
        if line.startswith("# "):
            continue
        if line.startswith("=="):
            kind = line.strip("= ")
        elif line.strip():
            question, accepted, rest = line.split(" | ", 2)
            right, _, wrong = rest.partition(" # ")
            rows.append((kind, question, tuple(accepted.split(" ;; ")), right, wrong))
    return rows


@pytest.mark.parametrize(("kind", "question", "accepted", "right", "wrong"), _rows())
def test_marks(kind: str, question: str, accepted: tuple[str, ...], right: str, wrong: str) -> None:
    for said, is_right in ((right, True), (wrong, False)):
        for answer in filter(None, said.split(" | ")):
            score = score_answer(answer.replace("\\n", "\n"), Question("q", question, accepted))
            assert score.correct is is_right, f"{answer!r}: {score.reason}"
