"""Passages with another answer: sound in both languages, or not made at all."""

import numpy as np
import pytest

from assay.corpus.document import Passage
from assay.probes import LEAST_READING, MOST_READING, Probe, contradict, contradictions
from assay.questions.question import Evidence, Question


def _passage(text: str, heading: str = "", document: str = "rules.md") -> Passage:
    return Passage("p1", document, None, heading, text)


def _made(question: Question, passage: Passage) -> Probe | None:
    return contradict(question, passage, np.random.default_rng(0))


@pytest.mark.parametrize(
    ("question", "answers", "text"),
    [
        ("What does parking cost?", ("EUR 24", "24 euros"), "Parking costs EUR 24 a month. A badge costs EUR 5."),
        ("When is the review?", ("April", "in April"), "The salary review takes place in April every year."),
        ("Name of the vessel?", ("Terna",), "Visit the Terna. The Terna lies at pier 4."),
        ("Who heads safety?", ("Sigvart Hauknes",), "The head of safety is Sigvart Hauknes."),
        ("年假有几天？", ("20天",), "正式员工每年享有20天年假，试用期为3个月。"),
        ("谁负责安全？", ("李建国",), "安全工作由李建国负责。"),
    ],
)
def test_the_passage_says_something_else_and_only_that(question: str, answers: tuple[str, ...], text: str) -> None:
    learnt = Question("q1", question, answers, evidence=Evidence("rules.md"))
    probe = _made(learnt, _passage(text))
    assert probe is not None and probe.passage is not None
    new = probe.question.answers[0]
    assert new in probe.passage.text
    assert not any(answer in probe.passage.text for answer in answers)
    assert probe.is_right(new) and not probe.is_remembered(new)
    assert not probe.is_right(answers[0]) and probe.is_remembered(answers[0])
    assert probe.category == "rules.md"


def test_a_part_of_the_answer_that_was_accepted_is_accepted_still() -> None:
    probe = _made(Question("q", "When?", ("April", "in April")), _passage("It is held in April."))
    assert probe is not None
    assert probe.question.answers == (probe.question.answers[0], probe.question.answers[0].removeprefix("in "))


@pytest.mark.parametrize(
    ("answers", "passage"),
    [
        (("20 days",), _passage("The time is three weeks.")),  # not word for word
        (("20",), _passage("The form is PT-20 and no other.")),  # part of a code
        (("20 days", "twenty days"), _passage("You get 20 days. Once more: twenty days.")),  # stands in other words too
        (("2024",), _passage("Founded in 2024.", heading="Report 2024")),  # shown above the passage
        (("2024",), _passage("Founded in 2024.", document="report-2024.pdf")),
        (("as agreed with the people team",), _passage("Leave is taken as agreed with the people team.")),  # no kind
    ],
)
def test_what_is_not_sound_is_not_made(answers: tuple[str, ...], passage: Passage) -> None:
    assert _made(Question("q", "How many?", answers), passage) is None


def test_unanswerable_questions_are_left() -> None:
    assert _made(Question("q", "How many?", (), answerable=False), _passage("It is 20 days.")) is None


def _exam(n: int) -> tuple[list[Question], dict[str, list[Passage]]]:
    questions = [Question(f"q{i}", f"How many places has office {i}?", (f"{i + 20} places",)) for i in range(n)]
    return questions, {f"q{i}": [_passage(f"The car park has {i + 20} places.", f"Office {i}")] for i in range(n)}


def test_no_more_than_needed_and_the_same_for_the_same_seed() -> None:
    questions, gold = _exam(60)
    first = contradictions(questions, gold, seed=1)
    assert len(first.probes) == MOST_READING
    assert first == contradictions(questions, gold, seed=1)
    assert first != contradictions(questions, gold, seed=2)


def test_too_few_are_none() -> None:
    questions, gold = _exam(LEAST_READING)
    assert len(contradictions(questions, gold, 0).probes) == LEAST_READING
    assert contradictions(questions[1:], gold, 0).probes == ()


def test_a_question_that_needs_two_passages_is_left_out() -> None:
    questions, gold = _exam(LEAST_READING)
    gold["q0"] = gold["q0"] * 2
    assert contradictions(questions, gold, 0).probes == ()
