"""A file of answers marked without a model: figures by hand, and what is said of what is missing."""

import json
from pathlib import Path
from typing import Any

import pytest

from assay.errors import InputError
from assay.report.score_lines import score_lines, score_rows, score_table
from assay.scoring.scored_answers import ScoredAnswers, score


def _write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    rows = [
        {"id": f"q{n}", "question": f"How many days has plan {n}?", "answers": [f"{n + 20} days"],
         "document": f"{n % 3}.md"}
        for n in range(6)
    ]  # fmt: skip
    rows += [{"id": f"u{n}", "question": f"Who drew plan {n}?", "answers": [], "answerable": False} for n in range(3)]
    return _write(tmp_path / "questions.jsonl", rows)


ANSWERS = [
    {"id": "q0", "answer": "20 days"},
    {"id": "q1", "answer": "It has 21 days."},
    {"id": "q2", "answer": "90 days"},
    {"id": "q3", "answer": "I don't know."},
    {"id": "u0", "answer": "I don't know."},
    {"id": "u1", "answer": "Anna Berg"},
]


@pytest.fixture
def scored(questions: Path) -> ScoredAnswers:
    return score(questions, ANSWERS)


def test_figures_by_hand(scored: ScoredAnswers) -> None:
    total, answerable, unanswerable = scored.total, scored.answerable, scored.unanswerable
    assert answerable is not None and unanswerable is not None
    assert (total.n, total.n_failed, total.correct.n) == (9, 3, 6)
    # of six marked answers q0, q1 and u0 are right; a missing answer is no wrong one
    assert total.correct.value == pytest.approx(3 / 6)
    assert answerable.correct.value == pytest.approx(2 / 4)
    assert unanswerable.correct.value == pytest.approx(1 / 2)
    assert answerable.exact_match.value == pytest.approx(1 / 4)
    assert total.refused.value == pytest.approx(2 / 6)
    assert total.correct.low is not None and total.correct.low < 0.5 < (total.correct.high or 0)
    assert [one.id for one in scored.wrong] == ["q2", "q3", "u1"]
    assert [one.id for one in scored.missing] == ["q4", "q5", "u2"]


def test_the_same_answers_get_the_same_intervals(questions: Path, scored: ScoredAnswers) -> None:
    assert score(questions, ANSWERS[::-1]) == scored


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("Wrong: 3", "q3: said that it has no answer, but there is one", "3 of 9 questions", "q4, q5, u2")),
        ("zh", ("答错：3", "q3：表示没有答案，但答案存在", "9 道题中的 3 道", "q4、q5、u2")),
    ],
)
def test_table_and_lines(scored: ScoredAnswers, lang: str, said: tuple[str, ...]) -> None:
    table = score_table(scored, lang)
    assert len(table.rows) == 3 and all(len(row) == len(table.head) for row in table.rows)
    assert table.rows[0][1] == "9" and table.rows[0][2].startswith("50% (")
    text = "\n".join(score_lines(scored, lang))
    for part in said:
        assert part in text


def test_what_missing_answers_would_do_is_said_and_what_intervals_are_about(questions: Path) -> None:
    wide = score(questions, ANSWERS, generalise="documents")
    # 3 of 6 answers are right, 3 more questions have none: 3 of 9, or 6 of 9
    bounds, about = score_lines(wide, "en")[-2:]
    assert bounds == "With all of these wrong, 33% would be right; with all of them right, 67%."
    assert about == "Intervals are about questions on other documents, too."
    assert score_lines(score(questions, ANSWERS), "en")[-1] == "Intervals are about new questions on these documents."


def test_rows_of_a_file_have_no_marks_where_there_is_no_answer(scored: ScoredAnswers) -> None:
    columns, rows = score_rows(scored, "en")
    assert set(columns) == set(rows[0])
    by_id = {row["id"]: row for row in rows}
    assert by_id["q1"]["right"] is True and by_id["q2"]["right"] is False
    assert by_id["q4"]["right"] is None and by_id["q4"]["answer"] is None


def test_of_a_file_with_splits_the_test_is_marked(tmp_path: Path) -> None:
    rows = [
        {"id": split + str(n), "question": f"What is {split} {n}?", "answers": ["x"], "split": split}
        for split in ("train", "test")
        for n in range(2)
    ]
    questions = _write(tmp_path / "split.jsonl", rows)
    answers = [{"id": "test0", "answer": "x"}, {"id": "train0", "answer": "y"}]
    assert [one.id for one in score(questions, answers).answers] == ["test0", "test1"]
    assert len(score(questions, answers, split="all").answers) == 4
    assert [one.id for one in score(questions, answers, split="train").wrong] == ["train0"]
    with pytest.raises(InputError, match="no question of the split validation"):
        score(questions, answers, split="validation")
    with pytest.raises(InputError, match="answers none of the 2 questions to be marked"):
        score(questions, answers[1:])
    with pytest.raises(InputError, match="split must be"):
        score(questions, answers, split="half")


def test_a_scorer_of_ones_own(tmp_path: Path) -> None:
    part = tmp_path / "starts.py"
    part.write_text(
        "from assay.scoring import Score\nfrom assay.scoring.scorer import Scorer\n\n\n"
        "def mark(text, question):\n"
        "    yes = text.startswith(question.answers[0])\n"
        "    return Score(yes, 'starts' if yes else 'starts_not', yes, float(yes), False)\n\n\n"
        "WORDS = {'starts_not': {'en': 'starts otherwise'}}\n"
        "STARTS = Scorer(name='starts', title='starts', score=mark, reasons=WORDS)\n"
    )
    questions = _write(tmp_path / "q.jsonl", [{"question": f"Q{n}?", "answers": ["x"]} for n in range(2)])
    answers = [{"question": "Q0?", "answer": "x y"}, {"question": "Q1?", "answer": "y x"}]
    scored = score(questions, answers, scorer="starts", parts=[str(part)])
    assert [one.correct for one in scored.answers] == [True, False]
    assert "starts otherwise" in score_lines(scored, "en")[1]


def test_swapped_files_are_noticed(tmp_path: Path) -> None:
    asked = [{"id": "q1", "question": "Who pays?", "answer": "Bob"}]
    given = _write(tmp_path / "bot.jsonl", [{"id": "q1", "response": "Bob"}])
    assert score(asked, given).total.n == 1
    with pytest.raises(InputError, match="questions come first, then answers: swap the two"):
        score(given, asked)
    nothing = _write(tmp_path / "ids.jsonl", [{"id": "q1"}])
    with pytest.raises(InputError, match="no column for the question"):  # no good either way: its own problem
        score(nothing, asked)
