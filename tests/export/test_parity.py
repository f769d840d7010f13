"""The rule by which an export is served or refused, on answers written by hand."""

import numpy as np
import pytest

from assay.corpus.document import Corpus
from assay.exporting.parity import Parity, compare, parity_questions, points, why_refused
from assay.questions.exam import Exam
from assay.questions.question import Evidence, Question, QuestionSet

_MARGIN, _MOST = 0.05, 0.25


def _questions(n: int, split: str = "validation") -> list[Question]:
    return [Question(f"{split}{i}", f"What is {i}?", (f"x{i}",), True, Evidence(f"d{i % 20}"), split) for i in range(n)]


def _parity(n: int, lost: int, won: int, other_words: int = 0) -> Parity:
    """Trained answers right but for `won`; the export loses the first `lost`, and says some in other words."""
    questions = _questions(n)
    trained = {q.id: q.answers[0] for q in questions} | {q.id: "wrong" for q in questions[n - won :]}
    exported = {q.id: q.answers[0] for q in questions} | {q.id: "wrong" for q in questions[:lost]}
    exported |= {q.id: f"It is {q.answers[0]}" for q in questions[lost : lost + other_words]}
    return compare(questions, trained, exported, "engine", seed=0)


def test_the_same_answers_pass() -> None:
    parity = _parity(60, lost=0, won=0)
    assert (parity.difference.value, parity.differing, parity.n, parity.n_trained_on) == (0.0, 0.0, 60, 0)
    assert why_refused(parity, _MARGIN, _MOST, "en") == []


def test_differences_are_counted() -> None:
    # By hand: 3 of 60 lost, 2 won, 4 in other words: -1/60 in the score, 9/60 of the texts
    parity = _parity(60, lost=3, won=2, other_words=4)
    assert parity.difference.value == pytest.approx(-1 / 60)
    assert parity.differing == pytest.approx(9 / 60)
    assert why_refused(parity, _MARGIN, _MOST, "en") == []
    assert sum(not row["same"] for row in parity.questions) == 9


def test_a_loss_beyond_noise_is_refused() -> None:
    # 12 lost, none won of 160: 7.5 points; McNemar's exact test gives p = 2 · 0.5^12 = 0.0005
    parity = _parity(160, lost=12, won=0)
    (reason,) = why_refused(parity, 0.5, _MOST, "en")  # whatever the margin
    assert "7.5 points fewer" in reason and "more than noise" in reason


def test_a_small_set_cannot_excuse_a_loss_that_was_seen() -> None:
    # 2 lost of 30 is noise (p = 0.5), but 6.7 points are more than the 5 that do not matter
    parity = _parity(30, lost=2, won=0)
    assert parity.difference.high is not None and parity.difference.high > 0
    (reason,) = why_refused(parity, _MARGIN, _MOST, "en")
    assert "6.7 points fewer" in reason and "5.0 is the most" in reason


def test_too_many_other_texts_are_refused_though_the_score_is_the_same() -> None:
    parity = _parity(60, lost=0, won=0, other_words=16)  # 26.7%
    assert parity.difference.value == 0
    (reason,) = why_refused(parity, _MARGIN, _MOST, "zh")
    assert "26.7%" in reason and "25.0%" in reason
    assert why_refused(_parity(60, 0, 0, other_words=15), _MARGIN, _MOST, "en") == []  # 25% is allowed


def test_the_rule_rarely_refuses_an_equal_and_mostly_a_worse_model() -> None:
    """Simulated: either side alone is right on 2% of the questions; then the export loses another 12%."""
    rng = np.random.default_rng(0)
    equal = np.mean([_is_refused(rng, 186, 0.02, 0.02) for _ in range(50)])
    worse = np.mean([_is_refused(rng, 186, 0.14, 0.02) for _ in range(50)])
    assert equal <= 0.1  # 2.5% is what the interval promises; fifty draws
    assert worse >= 0.9


def _is_refused(rng: np.random.Generator, n: int, lost: float, won: float) -> bool:
    return bool(why_refused(_parity(n, int(rng.binomial(n, lost)), int(rng.binomial(n, won))), _MARGIN, 1.0, "en"))


def _exam(n_validation: int, n_train: int) -> Exam:
    rows = _questions(n_validation) + _questions(n_train, "train") + _questions(30, "test")
    return Exam("t", "en", QuestionSet(tuple(rows), "q.jsonl", ""), {}, Corpus((), (), (), ""))


@pytest.mark.parametrize(
    ("n_validation", "n_train", "expected"),
    [(60, 100, (60, 0)), (41, 145, (41, 145)), (10, 400, (10, 190)), (300, 9, (200, 0)), (0, 12, (0, 12))],
)
def test_validation_first_then_training_never_test(n_validation: int, n_train: int, expected: tuple[int, int]) -> None:
    asked = parity_questions(_exam(n_validation, n_train), seed=3)
    splits = [question.split for question in asked]
    assert (splits.count("validation"), splits.count("train")) == expected
    assert len(splits) == sum(expected) == len({question.id for question in asked})


def test_points_have_no_minus_zero() -> None:
    assert [points(x) for x in (0.125, -0.0001, -0.05)] == ["12.5", "0.0", "−5.0"]
