"""Marks of short answers by kind, English and Chinese, both what is right and its near misses; labelled by hand."""

from pathlib import Path

import pytest

from assay.questions.question import Question
from assay.scoring import score_answer

_TABLES = [Path(__file__).with_name(name) for name in ("short_answers.txt", "usual_answers.txt")]


def _rows() -> list[tuple[str, str, tuple[str, ...], str, bool]]:
    rows, kind = [], ""
    for line in "\n".join(table.read_text("utf-8") for table in _TABLES).splitlines():
        if line.startswith("# "):
            continue
        if line.startswith("=="):
            kind = line.strip("= ")
        elif line.strip():
            question, accepted, rest = line.split(" | ", 2)
            right, _, wrong = rest.partition(" # ")
            answers = tuple(accepted.split(" ;; "))
            for said, is_right in ((right, True), (wrong, False)):
                for answer in filter(None, said.split(" | ")):
                    rows.append((kind, question, answers, answer.replace("\\n", "\n"), is_right))
    return rows


@pytest.mark.parametrize(("kind", "question", "accepted", "answer", "is_right"), _rows())
def test_marks(kind: str, question: str, accepted: tuple[str, ...], answer: str, is_right: bool) -> None:
    score = score_answer(answer, Question("q", question, accepted))
    assert score.correct is is_right, score.reason
