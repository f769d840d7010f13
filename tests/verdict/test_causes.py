"""Causes of answers and what is named, held against exams small enough to count by hand."""

from collections.abc import Sequence

import numpy as np
import pytest

from assay.statistics.estimate import Estimate
from assay.statistics.sampling import over_documents, over_questions
from assay.verdict.causes import AnswerFacts, Change, Explained, effect_of, explain_answers
from assay.verdict.named_causes import name_answers, name_faults
from assay.verdict.result import CanaryMark, QuestionFinding

READ, UNREAD = AnswerFacts(is_read=True), AnswerFacts()
CLUSTERS = list("aabbccddeeffgghhiijj")


def explained(
    facts: list[AnswerFacts], alone: list[float], other: list[float] | None = None, reads: bool = True
) -> Explained:
    """Of a cell that gets everything wrong, and is right with the evidence alone where it says so."""
    changes = [Change("alone", np.array(alone))] + ([Change("column:tuned", np.array(other))] if other else [])
    ids = [f"q{i}" for i in range(len(facts))]
    return explain_answers(
        ids,
        np.zeros(len(facts)),
        facts,
        changes,
        reads,
        over_documents(CLUSTERS[: len(facts)]),
        np.random.default_rng(0),
    )


@pytest.mark.parametrize(
    ("facts", "alone", "cause"),
    [
        (AnswerFacts(answerable=False, has_evidence=False), np.nan, "not_declined"),
        (AnswerFacts(is_doubtful=True, is_read=True), 1.0, "gold_doubtful"),
        (AnswerFacts(is_missing=True, has_evidence=False), np.nan, "not_in_documents"),
        (AnswerFacts(is_read=True, holds_answer=True), 1.0, "form"),
        (UNREAD, 1.0, "not_found"),
        (UNREAD, np.nan, "not_found"),
        (UNREAD, 0.0, "capability"),
        (AnswerFacts(preferred="version"), 1.0, "other_version"),
        (AnswerFacts(is_read=True, preferred="version"), 1.0, "other_version"),
        (AnswerFacts(is_read=True, preferred="document"), 1.0, "other_document"),
        (READ, 1.0, "not_used"),
        (READ, np.nan, "not_used"),
        (READ, 0.0, "capability"),
        (AnswerFacts(has_evidence=False, is_read=True), np.nan, "not_used"),
        (AnswerFacts(has_evidence=False), np.nan, "unknown"),
    ],
)
def test_the_cause_follows_from_the_prompt_and_the_evidence_alone(facts: AnswerFacts, alone: float, cause: str) -> None:
    assert explained([facts], [alone]).cause == {"q0": cause}


def test_a_cell_that_reads_nothing_does_not_know() -> None:
    found = explained([UNREAD, UNREAD, UNREAD], [1.0, 0.0, np.nan], reads=False)
    assert list(found.cause.values()) == ["not_known", "capability", "unknown"]


def test_where_reading_does_not_help_the_prompt_that_was_read_tells_why() -> None:
    facts = [AnswerFacts(preferred="version"), UNREAD, UNREAD]
    changes = [Change("alone", np.ones(3)), Change("read", np.array([0.0, 0.0, 1.0]))]
    found = explain_answers(
        list("abc"), np.zeros(3), facts, changes, False, over_documents(list("xyz")), np.random.default_rng(0)
    )
    assert found.cause == {"a": "other_version", "b": "not_found", "c": "not_known"}


def test_another_column_is_a_cause_only_where_it_mends_more_than_it_breaks() -> None:
    ten = [READ] * 10
    mended = explained(ten, [0.0] * 10, [1.0] * 9 + [0.0])
    assert list(mended.cause.values()).count("behaviour") == 9 and mended.cause["q9"] == "capability"
    luck = explained(ten, [0.0] * 10, [1.0] + [0.0] * 9)  # one of ten may be chance
    assert set(luck.cause.values()) == {"capability"}
    assert luck.tried["q0"] == {"alone": False, "column:tuned": True}


def test_what_is_not_scored_has_no_cause_and_what_is_right_is_right() -> None:
    score = np.array([1.0, 0.0, np.nan])
    found = explain_answers(
        ["a", "b", "c"], score, [READ] * 3, [], True, over_documents(list("xyz")), np.random.default_rng(0)
    )
    assert found.cause == {"a": "right", "b": "not_used"}


def test_the_effect_of_a_change_is_what_it_mends_less_what_it_breaks() -> None:
    score = np.array([0.0] * 8 + [1.0] * 12)
    changed = np.full(20, np.nan)
    changed[:4] = [1, 1, 1, 0]  # half of the wrong were asked: 3 of 4 mended stand for 6 of 8
    changed[8:12] = [1, 1, 1, 0]  # a third of the right: 1 of 4 broken stands for 3 of 12
    everything = np.ones(20, dtype=bool)
    effect = effect_of(score, changed, everything, everything, over_documents(CLUSTERS), np.random.default_rng(0))
    assert effect.value == pytest.approx((6 - 3) / 20)


def test_nothing_is_named_of_a_cell_that_gets_97_percent_right() -> None:
    score = np.array([1.0] * 97 + [0.0] * 3)
    ids = [f"q{i}" for i in range(100)]
    found = explain_answers(ids, score, [READ] * 100, [], True, over_documents(ids), np.random.default_rng(0))
    assert name_answers(found, score, ids, over_documents(ids), np.random.default_rng(0)) == []


def test_the_cause_of_most_answers_is_named_first_and_chance_is_not() -> None:
    score = np.array([0.0] * 31 + [1.0] * 69)
    ids = [f"q{i}" for i in range(100)]
    facts = [UNREAD] * 20 + [AnswerFacts(answerable=False, has_evidence=False)] * 10 + [READ] * 70
    alone = Change("alone", np.ones(100))
    found = explain_answers(ids, score, facts, [alone], True, over_documents(ids), np.random.default_rng(0))
    named = name_answers(found, score, ids, over_documents(ids), np.random.default_rng(0))
    assert [(one.name, one.n, one.of) for one in named] == [("not_found", 20, 31), ("not_declined", 10, 31)]
    # as many are broken as mended by the evidence alone: that the page was not found is no cause then
    neutral = Change("alone", np.concatenate([np.ones(20), np.zeros(11), np.zeros(20), np.ones(49)]))
    some_unread = [UNREAD] * 20 + [READ] * 11 + [UNREAD] * 20 + [READ] * 49
    found = explain_answers(ids, score, some_unread, [neutral], True, over_documents(ids), np.random.default_rng(0))
    assert "not_found" not in [
        one.name for one in name_answers(found, score, ids, over_documents(ids), np.random.default_rng(0))
    ]


def test_causes_without_an_interval_go_by_their_value() -> None:
    found = Explained({"a": "not_found", "b": "right"}, {}, {"finding": Estimate(0.5, None, None, 2, 1)})
    named = name_answers(found, np.array([0.0, 1.0]), ["a", "b"], over_documents(["x", "x"]), np.random.default_rng(0))
    assert [one.name for one in named] == ["not_found"]


@pytest.mark.parametrize(("n", "is_named"), [(1, False), (2, False), (3, True)])
def test_a_cause_that_no_change_tells_takes_three_answers(n: int, is_named: bool) -> None:
    """Of four wrong answers of eighty: the interval of one is above 0, too."""
    ids = [f"q{i}" for i in range(80)]
    causes = {id: "capability" if i < n else "unknown" if i < 4 else "right" for i, id in enumerate(ids)}
    score = np.array([0.0] * 4 + [1.0] * 76)
    sampling = over_questions(["one"] * 80, ids)
    named = name_answers(Explained(causes, {}, {}), score, ids, sampling, np.random.default_rng(0))
    assert bool(named) == is_named


SPLITS = {f"t{i}": "test" for i in range(20)} | {f"l{i}": "train" for i in range(20)}


def faults(
    findings: Sequence[QuestionFinding] = (), canary: Sequence[CanaryMark] = (), without: tuple[int, int] = (0, 20)
) -> list[str]:
    return [one.name for one in name_faults(findings, SPLITS, canary, without, [], 0)]


def test_faults_of_the_question_set_are_named_from_three_questions_on() -> None:
    leaks = [QuestionFinding("leak", f"l{i}", f"t{i}", is_reworded=i > 0) for i in range(3)]
    assert faults(leaks[:2]) == [] and faults(leaks) == ["leak"]
    named = name_faults(leaks, SPLITS, [], (0, 20), [], 0)[0]
    assert (named.n, named.of, named.values) == (3, 20, {"reworded": 2, "copies": 1})
    within = [QuestionFinding("leak", f"l{i}", f"l{i + 5}") for i in range(5)]  # both are learnt from: no harm
    assert faults(within) == []
    doubtful = [QuestionFinding("not_in_evidence", f"t{i}") for i in range(4)]
    missing = [QuestionFinding("not_in_documents", f"t{i}") for i in range(8, 16)]
    assert faults([*doubtful, *missing, *leaks]) == ["leak", "not_in_documents", "gold_doubtful"]


def test_what_is_broken_comes_before_everything() -> None:
    base = CanaryMark("retrieved/zero-shot", "", 36, 10, 30, True)
    tuned = CanaryMark("retrieved/tuned", "k", 36, 0, 30, True)
    leaks = [QuestionFinding("leak", f"l{i}", f"t{i}") for i in range(3)]
    assert faults(leaks, [base, tuned]) == ["broken_prompt", "leak"]
    assert faults(leaks, [tuned]) == ["broken_adapter", "leak"]
    assert faults(without=(11, 20)) == ["no_passages"] and faults(without=(10, 20)) == []
