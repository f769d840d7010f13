"""Linear classifiers by hand and beside scikit-learn's own; what is kept is what was fitted."""

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assay.training.linear_classifier import (
    DENSE,
    SPARSE,
    HeldOut,
    LinearClassifier,
    Solver,
    held_out_loss,
    load_classifier,
    temperature,
)
from assay.training.ngrams import fit_ngrams, load_ngrams

_RNG = np.random.default_rng(0)
_MIDDLES = _RNG.normal(size=(3, 8))
_NAMES = [f"label {number}" for number in _RNG.integers(0, 3, 120)]
_VECTORS = np.stack([_MIDDLES[int(name[-1])] for name in _NAMES]) + 0.7 * _RNG.normal(size=(120, 8)) + 5.0


def test_dense_weights_are_those_of_scikit_learn_on_centred_features() -> None:
    found = DENSE.solve(_VECTORS, _NAMES, 1.0, 0)
    scaled = (_VECTORS - _VECTORS.mean(axis=0)) / _VECTORS.std()
    wanted = LogisticRegression(C=1.0, tol=1e-8, max_iter=1000).fit(scaled, _NAMES)
    assert found.labels == tuple(wanted.classes_)
    assert np.exp(found.logprobs(_VECTORS)) == pytest.approx(wanted.predict_proba(scaled), abs=0.01)


@pytest.mark.parametrize("names", [_NAMES, [min(name, "label 1") for name in _NAMES]], ids=["three", "two labels"])
def test_sparse_weights_tell_the_labels_apart(names: list[str]) -> None:
    found = SPARSE.solve(csr_matrix(_VECTORS - 5.0), names, 30.0, 0)
    logprobs = found.logprobs(csr_matrix(_VECTORS - 5.0))
    assert np.exp(logprobs).sum(axis=1) == pytest.approx(1)
    said = [found.labels[place] for place in logprobs.argmax(axis=1)]
    assert np.mean([mine == right for mine, right in zip(said, names, strict=True)]) > 0.85


@pytest.mark.parametrize("solver", [DENSE, SPARSE], ids=["dense", "sparse"])
def test_a_label_for_nearly_every_text_is_told_apart_without_a_word(solver: Solver) -> None:
    names = [f"label {number // 2:02}" if number < 8 else f"label {number}" for number in range(40)]
    vectors = np.eye(40)
    found = solver.solve(csr_matrix(vectors) if solver is SPARSE else vectors, names, solver.strengths[-1], 0)
    assert [found.labels[place] for place in found.logprobs(vectors).argmax(axis=1)] == names


def test_what_is_kept_says_the_same(tmp_path: Path) -> None:
    texts = ["the card has not arrived", "卡还没有到", "charged twice!", "?!"]
    grams, classifier = fit_ngrams(texts, 1000), DENSE.solve(_VECTORS, _NAMES, 1.0, 0)
    grams.save(tmp_path)
    classifier.save(tmp_path)
    assert {file.suffix for file in tmp_path.iterdir()} == {".json", ".npz"}  # nothing that could run code
    again = load_ngrams(tmp_path).features([*texts, "of which nothing is known: ÿ", ""])
    assert again.toarray()[:4] == pytest.approx(grams.features(texts).toarray(), abs=1e-6)
    assert load_classifier(tmp_path).labels == classifier.labels
    assert load_classifier(tmp_path).logprobs(_VECTORS) == pytest.approx(classifier.logprobs(_VECTORS), abs=1e-4)


def test_chinese_is_counted_by_its_characters_and_the_most_are_kept() -> None:
    grams = fit_ngrams(["银行卡丢失", "银行卡到账", "转账失败"], 1000)
    near, far = (grams.features([text]).toarray()[0] for text in ("我的银行卡丢失了", "转账失败"))
    lost = grams.features(["银行卡丢失"]).toarray()[0]
    assert lost @ near > 5 * (lost @ far)
    assert fit_ngrams(["a b c d e f"], 4).features(["a"]).shape == (1, 8)  # four words, four runs of letters


def test_temperature_is_found_where_confidence_is_twice_too_high() -> None:
    """Sums of which half would be right: labels drawn by the softmax of half of them."""
    rng = np.random.default_rng(1)
    sums = rng.normal(size=(4000, 3)) * 2
    shares = np.exp(sums) / np.exp(sums).sum(axis=1, keepdims=True)
    names = ["abc"[rng.choice(3, p=row)] for row in shares]
    held = [HeldOut(2 * sums[:2000], names[:2000], "abc"), HeldOut(2 * sums[2000:], names[2000:], "abc")]
    found = temperature(held)
    assert found == pytest.approx(2.0, rel=0.07)
    assert held_out_loss(held, found) < held_out_loss(held, 1.0)
    cooled = LinearClassifier(("a", "b", "c"), np.eye(3), np.zeros(3)).at_temperature(found)
    assert cooled.logprobs(2 * sums).argmax(axis=1).tolist() == sums.argmax(axis=1).tolist()


def test_without_texts_to_hold_out_nothing_is_cooled_and_a_few_that_are_right_make_it_not_certain() -> None:
    unknown = HeldOut(np.log([[0.5, 0.5]]), ["c"], "ab")
    assert temperature([]) == pytest.approx(1, abs=1e-3) == temperature([unknown])
    assert held_out_loss([unknown], 1.0) == 0
    few = [HeldOut(np.log([[0.8, 0.2]] * 4), ["a"] * 4, "ab")]
    assert 0.3 < temperature(few) < 1
