"""Paraphrases by a scripted model, compared by the real English encoder."""

import re
from collections import Counter

import pytest

from assay.checking.likeness import says_the_same
from assay.drafting import paraphrase
from assay.drafting.manners import N_MANNERS, ask_in_manner
from assay.models.scripted import ScriptedEngine
from assay.questions import Evidence, Question
from assay.retrieval import Encoder, load_encoder
from assay.scoring import Language

_SOURCE = Question(
    "q1", "How many days of leave do employees get in 2025?", ("25 days",), True, Evidence("a.md"), "train"
)


class _Lines(ScriptedEngine):
    """Says one line after the other, whatever it is asked, and then nothing."""

    def __init__(self, *lines: str) -> None:
        left = list(lines)
        super().__init__(lambda conversation: left.pop(0) if left else "")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    loaded = load_encoder("auto", "en")
    assert loaded is not None
    return loaded


def test_other_words_of_the_same_meaning_are_kept_for_training(encoder: Encoder) -> None:
    engine = _Lines("1. What number of leave days does an employee receive in 2025?")
    done = paraphrase([_SOURCE], engine, encoder, 3)
    assert [(q.id, q.text, q.origin, q.split) for q in done.questions] == [
        ("q1-p1", "What number of leave days does an employee receive in 2025?", "paraphrased", "train")
    ]
    assert done.questions[0].answers == _SOURCE.answers and done.questions[0].evidence == _SOURCE.evidence
    assert (done.n_sources, done.n_written) == (1, N_MANNERS)  # asked in every manner: three were wanted


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("What number of leave days does an employee receive in 2024?", "other_terms"),
        ("What number of leave days does an employee receive?", "other_terms"),
        ("Employees get 25 days of leave in 2025.", "no_question"),
        ("Do employees get 25 days of leave in 2025?", "other_terms"),
        ("In 2025, how many days of leave do employees get?", "same_words"),
        ("Which car park is the largest in 2025?", "other_meaning"),
    ],
)
def test_what_is_no_paraphrase_is_dropped(encoder: Encoder, line: str, reason: str) -> None:
    done = paraphrase([_SOURCE], _Lines(line), encoder, 3)
    assert done.questions == []
    assert done.dropped == Counter({reason: 1}) + Counter(no_question=N_MANNERS - 1)


def test_the_answer_must_not_slip_in(encoder: Encoder) -> None:
    source = Question("q1", "Who leads the harbour office in Aarvik?", ("Anna Holm",), split="train")
    done = paraphrase([source], _Lines("Who, like Anna Holm, leads the harbour office in Aarvik?"), encoder, 3)
    assert done.dropped["holds_answer"] == 1


def test_nothing_comes_near_a_test_question_or_is_made_of_one(encoder: Encoder) -> None:
    asked = "What number of leave days does an employee receive in 2025?"
    test = Question("t1", "How many leave days does an employee get in 2025?", ("25 days",), split="test")
    done = paraphrase([_SOURCE, test], _Lines(asked), encoder, 3)
    assert (done.n_sources, done.questions, done.dropped["like_a_test_question"]) == (1, [], 1)


def test_no_more_than_wanted(encoder: Encoder) -> None:
    lines = [
        "What number of leave days does an employee receive in 2025?",
        "For 2025, what is the leave entitlement of employees, in days?",
        "In 2025, employees have how many days off as leave?",
    ]
    done = paraphrase([_SOURCE], _Lines(*lines), encoder, 1)
    assert (len(done.questions), done.n_written) == (1, 1)
    assert len(paraphrase([_SOURCE], _Lines(*lines), encoder, 2).questions) == 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_manner_is_shown_by_examples_that_pass_the_checks_of_what_is_told_apart(lang: Language) -> None:
    for manner in range(N_MANNERS):
        *shown, asked = ask_in_manner("Who?", manner, lang)
        assert "Who?" in asked.content
        sources, told = shown[::2], shown[1::2]
        assert all(b.content.endswith(("?", "？")) for b in told)
        assert all(says_the_same(_asked_in(a.content), b.content) for a, b in zip(sources, told, strict=True))


def _asked_in(content: str) -> str:
    return re.split("[:：]", content, maxsplit=1)[1].strip()
