"""Marks of short answers by kind, English and Chinese, both what is right and its near misses; labelled by hand."""

from collections import defaultdict
from pathlib import Path

import pytest

from assay.questions.question import Question
from assay.scoring import score_answer

_TABLES = [
    Path(__file__).with_name(name)
    for name in ("short_answers.txt", "usual_answers.txt", "staff_answers.txt", "role_answers.txt")
]


def _tables() -> dict[str, list[tuple[Question, str, str]]]:
    """Kind -> a question with its accepted answers, right answers, and wrong ones, of each line."""
    tables, kind = defaultdict(list), ""
    for line in "\n".join(table.read_text("utf-8") for table in _TABLES).splitlines():
        if line.startswith("# "):
            continue
        if line.startswith("=="):
            kind = line.strip("= ")
        elif line.strip():
            question, accepted, rest = line.split(" | ", 2)
            right, _, wrong = rest.partition(" # ")
            tables[kind].append((Question("q", question, tuple(accepted.split(" ;; "))), right, wrong))
    return tables


_KINDS = _tables()


@pytest.mark.parametrize("kind", _KINDS)
def test_marks(kind: str) -> None:
    mistaken = []
    for question, right, wrong in _KINDS[kind]:
        for said, is_right in ((right, True), (wrong, False)):
            for answer in filter(None, said.split(" | ")):
                score = score_answer(answer.replace("\\n", "\n"), question)
                if score.correct is not is_right:
                    mistaken.append(f"{question.text} {question.answers}: {answer!r} is not {is_right}: {score.reason}")
    assert mistaken == []


def test_the_tables_are_read_whole() -> None:
    assert sum(map(len, _KINDS.values())) > 1300
