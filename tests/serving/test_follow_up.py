"""Which questions of a conversation lean on it, and how they stand alone."""

import pytest

from assay.serving.follow_up import stand_alone

_BEFORE = ["What depth is the Sondrel 200 made for?", "And its warranty?"]


@pytest.mark.parametrize("question", ["And the 400?", "What is it made of?", "How long is the warranty?"])
def test_what_leans_stands_behind_the_last_question_that_names_something(question: str) -> None:
    assert stand_alone(question, _BEFORE) == f"{_BEFORE[0]} {question}"


@pytest.mark.parametrize("question", ["Where is the office in Osk?", "Is there a canteen in Osk?", "C6: which anode?"])
def test_what_names_its_matter_is_left_alone(question: str) -> None:
    assert stand_alone(question, _BEFORE) == question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("那霜匣30呢？", "霜匣12有多重？ 那霜匣30呢？"),
        ("霜匣30有多重？", "霜匣30有多重？"),
        ("谁负责？", "霜匣12有多重？ 谁负责？"),
    ],
)
def test_in_chinese(question: str, expected: str) -> None:
    assert stand_alone(question, ["霜匣12有多重？"]) == expected


def test_the_first_question_is_as_it_is() -> None:
    assert stand_alone("And its warranty?", []) == "And its warranty?"


def test_where_nothing_is_named_the_last_question_says_what_is_meant() -> None:
    assert (
        stand_alone("And for children?", ["what does a ticket cost?"]) == "what does a ticket cost? And for children?"
    )
