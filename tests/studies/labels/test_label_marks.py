"""Figures by hand, by scikit-learn, and by a bootstrap of the F1 itself."""

from collections.abc import Sequence

import numpy as np
import pytest

from assay.labelled.labelled_text import Entity, LabelledText
from assay.questions.answer import Answer
from assay.statistics.clustered import clustered_mean
from assay.statistics.inference import estimate_mean
from assay.statistics.sampling import over_questions
from assay.studies.labels.label_marks import Marks, calibrate, f1_by_name, f1_values, mark
from assay.tasks.entities import ENTITIES
from assay.tasks.labels import LABELS


def _answer(id_: str, text: str, logprob: float | None = None) -> Answer:
    return Answer(id_, text, (), 1, 1, logprob)


def _mark_labels(right: Sequence[str], said: Sequence[str | None]) -> Marks:
    names = sorted(set(right))
    texts = [LabelledText(str(i), f"text {i}", label) for i, label in enumerate(right)]
    answered = {str(i): _answer(str(i), reply) for i, reply in enumerate(said) if reply is not None}
    return mark(texts, answered, LABELS, names, names)


def test_macro_f1_is_that_of_scikit_learn() -> None:
    from sklearn.metrics import f1_score  # a second to import, of which others need nothing

    rng = np.random.default_rng(0)
    right = [f"label {i}" for i in rng.integers(0, 7, 200)]
    said = [one if rng.random() < 0.6 else f"label {rng.integers(0, 7)}" for one in right]
    values = f1_values(_mark_labels(right, said).counts, macro=True)
    assert values.mean() == pytest.approx(f1_score(right, said, average="macro"), abs=1e-12)


def test_macro_f1_is_over_the_labels_that_are_in_the_test() -> None:
    from sklearn.metrics import f1_score

    right, said = ["a", "a", "b", "b", "a", "b"], ["a", "c", "b", "a", "a", "c"]  # c is said and never right
    texts = [LabelledText(str(i), f"text {i}", label) for i, label in enumerate(right)]
    answered = {str(i): _answer(str(i), reply) for i, reply in enumerate(said)}
    marks = mark(texts, answered, LABELS, ("a", "b", "c"), ("a", "b", "c"))
    wanted = f1_score(right, said, labels=["a", "b"], average="macro")  # (2·2/(3+3) + 2·1/(1+3)) / 2
    assert f1_values(marks.counts, macro=True).mean() == pytest.approx(wanted) == pytest.approx(7 / 12)


def test_macro_f1_intervals_cover_the_truth_from_five_texts_a_label_on() -> None:
    rng, n, n_labels, hits = np.random.default_rng(4), 100, 20, 0
    for _ in range(200):
        gold = rng.integers(0, n_labels, n)
        guess = np.where(rng.random(n) < 0.7, gold, (gold + rng.integers(1, n_labels, n)) % n_labels)
        counts = np.zeros((n, n_labels, 3))
        counts[np.arange(n), gold, 2] = counts[np.arange(n), guess, 1] = 1
        counts[np.arange(n), gold, 0] = gold == guess
        found = estimate_mean(f1_values(counts, macro=True), over_questions([None] * n, range(n)), rng)
        assert found.low is not None and found.high is not None
        hits += found.low <= 0.7 <= found.high  # of each label 70% are found, and 70% of what is said is right
    assert 0.91 <= hits / 200 <= 0.99


def test_entity_f1_by_hand() -> None:
    """Right: Anna/PER, Oslo/LOC, Bo/PER. Said: Anna/PER, Oslo/PER (wrong type), "Bo L"/PER (wrong end).

    One of three is right: precision 1/3, recall 1/3, F1 2·1/(3+3) = 1/3. By type: PER 2·1/(3+2), LOC 0/(0+1).
    """
    texts = [
        LabelledText("a", "Anna in Oslo", entities=(Entity(0, 4, "PER"), Entity(8, 12, "LOC"))),
        LabelledText("b", "Bo L sang", entities=(Entity(0, 2, "PER"),)),
        LabelledText("c", "nobody sang"),
    ]
    said = {"a": "PER: Anna\nPER: Oslo", "b": "- per : Bo L", "c": "none"}
    answered = {id_: _answer(id_, reply) for id_, reply in said.items()}
    marks = mark(texts, answered, ENTITIES, ("LOC", "PER"), ("LOC", "PER"))
    assert f1_values(marks.counts, macro=False).mean() == pytest.approx(1 / 3)
    assert f1_by_name(marks.counts).tolist() == pytest.approx([0.0, 0.4])
    assert marks.correct.tolist() == [0.0, 0.0, 1.0]


def test_a_failure_is_left_out_and_a_reply_without_a_label_is_wrong() -> None:
    marks = _mark_labels(["a", "b", "a"], ["a", None, "I cannot say"])
    assert marks.said == [frozenset({"a"}), None, frozenset()]
    assert np.isnan(marks.correct[1])
    assert np.nanmean(marks.correct) == 0.5
    # a: said once, right once, to be said twice: F1 2·1/(1+2); b was neither said nor, where scored, to be said
    assert np.nanmean(f1_values(marks.counts, macro=True)) == pytest.approx(2 / 3)


@pytest.mark.parametrize("macro", [True, False])
def test_intervals_of_f1_are_those_of_a_bootstrap_of_the_f1_itself(macro: bool) -> None:
    rng = np.random.default_rng(1)
    n, n_names = 300, 5
    gold = rng.multinomial(1, [0.4, 0.3, 0.15, 0.1, 0.05], size=n) if macro else rng.poisson(0.3, (n, n_names))
    right = gold * (rng.random((n, n_names)) < 0.6)
    said = right + (rng.random((n, n_names)) < 0.1)
    counts = np.stack([right, said, gold], axis=2).astype(float)
    shown = clustered_mean(f1_values(counts, macro), range(n), np.random.default_rng(0))
    summed = counts if macro else counts.sum(axis=1, keepdims=True)
    draws = []
    for _ in range(2000):
        sums = summed[rng.integers(0, n, n)].sum(axis=0)
        draws.append(np.mean(2 * sums[:, 0] / (sums[:, 1] + sums[:, 2])))
    low, high = np.quantile(draws, [0.025, 0.975])
    assert shown.low == pytest.approx(low, abs=0.012)
    assert shown.high == pytest.approx(high, abs=0.012)


def test_calibration_error_by_hand() -> None:
    """0.95 twice, one right: off by 0.45, weight 2/4. 0.55 and 0.58, both right: off by 0.435, weight 2/4."""
    found = calibrate(np.array([0.95, 0.95, 0.55, 0.58, np.nan]), np.array([1.0, 0.0, 1.0, 1.0, 1.0]))
    assert found is not None
    assert found.error == pytest.approx(0.5 * 0.45 + 0.5 * 0.435)
    assert [(one.n, one.right) for one in found.bins] == [(2, 1.0), (2, 0.5)]
    assert calibrate(np.array([np.nan]), np.array([1.0])) is None


def test_what_chance_gives_of_the_calibration_error() -> None:
    """100 answers of .5 in one bin: the mean of |right − 50| / 100 is √(2/π) · .05 = .0399 by the normal limit."""
    found = calibrate(np.full(100, 0.5), np.arange(100) % 2.0)
    assert found is not None and found.chance is not None
    assert found.error == 0.0
    assert found.chance == pytest.approx(0.0399, abs=0.002)
    again = calibrate(np.full(100, 0.5), np.zeros(100))
    assert again is not None and again.chance == found.chance
