"""Choosing a label: likelihoods matched with how often the labels occur."""

import numpy as np
import pytest

from assay.studies.labels.label_pipelines import match_frequencies


def chosen(scores: np.ndarray) -> np.ndarray:
    """Probabilities N×C."""
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: np.ndarray = weights / weights.sum(axis=1, keepdims=True)
    return shares


def test_labels_are_chosen_as_often_as_they_occur() -> None:
    scores = np.random.default_rng(0).normal(size=(50, 3)) + np.array([0.0, -4.0, 2.0])
    frequencies = np.array([0.6, 0.3, 0.1])
    offsets = match_frequencies(scores, frequencies)
    assert chosen(scores + offsets).mean(axis=0) == pytest.approx(frequencies, abs=1e-4)
    assert offsets.mean() == pytest.approx(0)


def test_what_a_model_likes_whatever_the_text_says_is_taken_off() -> None:
    told = np.array([[0.0, -1.0], [-1.0, 0.0], [0.0, -2.0], [-2.0, 0.0]])
    liked = told + np.array([5.0, 0.0])
    even = np.array([0.5, 0.5])
    assert (liked.argmax(axis=1) == 0).all()
    assert (liked + match_frequencies(liked, even)).argmax(axis=1).tolist() == [0, 1, 0, 1]


def test_a_label_that_no_text_makes_likely_stays_finite() -> None:
    scores = np.array([[0.0, -900.0], [0.0, -800.0]])
    assert np.isfinite(match_frequencies(scores, np.array([0.9, 0.1]))).all()
