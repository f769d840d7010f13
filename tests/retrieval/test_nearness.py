"""The line between questions about the documents and others; without an encoder, the terms alone."""

import numpy as np
import pytest

from assay.corpus.document import Corpus, Document, Page, Passage
from assay.questions.question import Question
from assay.retrieval import ExactIndex, Retriever
from assay.retrieval.nearness import NearLine, fit_near_line, measure_nearness


def _draw(rng: np.random.Generator, n: int, cosine: float, share: float) -> np.ndarray:
    return np.clip(rng.normal((cosine, share), 0.08, (n, 2)), 0, 1)


def test_two_kinds_that_lie_apart_are_told_apart() -> None:
    rng = np.random.default_rng(0)
    line = fit_near_line(_draw(rng, 60, 0.7, 0.7), _draw(rng, 60, 0.15, 0.2))
    assert line.is_near(_draw(rng, 300, 0.7, 0.7)).mean() > 0.99
    assert line.is_near(_draw(rng, 300, 0.15, 0.2)).mean() < 0.1


def test_kinds_that_overlap_cost_one_near_question_in_fifty() -> None:
    rng = np.random.default_rng(1)
    near, far = _draw(rng, 400, 0.5, 0.5), _draw(rng, 400, 0.45, 0.45)
    line = fit_near_line(near, far)
    assert (~line.is_near(near)).mean() == pytest.approx(0.02, abs=0.003)


def test_neither_number_makes_a_question_farther() -> None:
    rng = np.random.default_rng(2)
    near, far = _draw(rng, 50, 0.7, 0.3), _draw(rng, 50, 0.2, 0.6)  # words mislead
    assert fit_near_line(near, far).weights[1] == 0


def test_the_line_is_a_weighted_sum() -> None:
    # 2 × 0.5 + 1 × 0.25 = 1.25
    assert NearLine((2.0, 1.0), 1.25).is_near(np.array([[0.5, 0.25], [0.5, 0.2]])).tolist() == [True, False]


def _words_alone() -> Retriever:
    texts = ("The canteen serves lunch at noon.", "Parking costs five euros a day.")
    passages = tuple(Passage(f"p{i}", f"d{i}", None, "", text) for i, text in enumerate(texts))
    documents = tuple(Document(f"d{i}", "", "", (Page(None, text),)) for i, text in enumerate(texts))
    corpus = Corpus(documents, passages, (), "")
    return Retriever(ExactIndex(corpus, None), None, corpus)


def test_without_an_encoder_the_terms_count() -> None:
    search = _words_alone()
    asked = [Question("a", "Where is lunch served?", ()), Question("b", "Who painted Guernica?", ())]
    measured = measure_nearness(lambda groups: search, asked)
    assert measured[:, 0].tolist() == [0, 0]
    assert measured[0, 1] > measured[1, 1] == 0


def test_only_the_documents_that_a_question_names_are_looked_at() -> None:
    search = _words_alone()
    asked = [Question("a", "When is lunch?", (), only=("d1",)), Question("b", "When is lunch?", (), only=("d0",))]
    measured = measure_nearness(lambda groups: search, asked)
    assert measured[0, 1] < measured[1, 1]
