from math import inf

import pytest

from assay.rows.adaptive import ALWAYS_READ, Trial, confidence, fit_threshold, is_confident


def test_confidence_is_the_mean_over_the_tokens() -> None:
    assert confidence("25 days", -1.0, 4) == -0.25
    assert confidence("25 days", -1.0, 4) == confidence("twenty-five days", -2.0, 8)


@pytest.mark.parametrize(
    ("text", "logprob"), [("I don't know.", -0.1), ("", -0.1), ("25 days", None), ("不知道。", -0.1)]
)
def test_refusals_and_unknown_likelihoods_are_never_confident(text: str, logprob: float | None) -> None:
    assert confidence(text, logprob, 4) == -inf
    assert not is_confident(text, logprob, 4, -inf)


def test_the_threshold_is_reached_by_what_equals_it() -> None:
    assert is_confident("25 days", -1.0, 4, -0.25)
    assert not is_confident("25 days", -1.01, 4, -0.25)
    assert not is_confident("25 days", -1.0, 4, ALWAYS_READ)


def test_threshold_with_most_right_answers() -> None:
    trials = [
        *[Trial(-0.1, True, False)] * 3,
        *[Trial(-0.2, True, True)] * 10,
        Trial(-0.3, False, True),
        *[Trial(-0.4, True, True)] * 10,
    ]
    # reading always: 21 right; from -0.1 on: 24; from -0.2 on: 24; from -0.3 on: 23; from -0.4 on: 23
    assert fit_threshold(trials) == -0.2  # of the two with 24, the one that searches less


def test_a_few_trials_without_a_loss_do_not_show_that_memory_loses_nothing() -> None:
    knows_little = [*[Trial(-0.1, False, False)] * 12, *[Trial(-0.2, False, True)] * 12]
    assert fit_threshold(knows_little) == ALWAYS_READ
    assert fit_threshold([Trial(-0.1, True, True)] * 8 + knows_little[12:]) == -0.1


def test_reads_always_where_memory_is_worse() -> None:
    assert fit_threshold([Trial(-0.1, False, True)] * 30) == ALWAYS_READ


def test_answers_of_equal_confidence_are_kept_or_not_together() -> None:
    trials = [Trial(-0.1, True, False), Trial(-0.1, False, True), Trial(-0.1, False, True)]
    assert fit_threshold(trials * 10) == ALWAYS_READ


def test_few_trials_tell_nothing() -> None:
    assert fit_threshold([Trial(-0.1, True, False)] * 19) == ALWAYS_READ
    assert fit_threshold([Trial(-0.1, True, False)] * 20) == -0.1
    assert fit_threshold([]) == ALWAYS_READ


def test_what_is_never_kept_sets_no_threshold() -> None:
    assert fit_threshold([Trial(-inf, False, False)] * 30) == ALWAYS_READ
