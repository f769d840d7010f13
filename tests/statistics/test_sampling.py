"""Strata and clusters by hand, and the bootstrap weights against the variance that they stand for."""

import numpy as np
import pytest

from assay.questions import Evidence, Question, sampling_of
from assay.statistics.sampling import over_documents, over_questions

ALL = np.ones(6, dtype=bool)


def test_documents_are_strata_or_clusters() -> None:
    documents = ["a", "a", "a", "b", "b", "b"]
    by_question, by_document = over_questions(documents, range(6)), over_documents(documents)
    assert by_question.layout(ALL).sizes.tolist() == [3, 3]
    assert by_question.layout(ALL).degrees_of_freedom == 4
    assert by_document.layout(ALL).sizes.tolist() == [2]
    assert by_document.layout(ALL).degrees_of_freedom == 1
    assert by_question.take(np.array([True, False, True, True, True, False])).strata == ("a", "a", "b", "b")


def test_strata_of_one_cluster_are_joined() -> None:
    single = over_questions(["a", "a", "b", "c", "d", "d"], range(6)).layout(ALL)
    assert sorted(single.sizes.tolist()) == [2, 2, 2]  # b and c together
    alone = over_questions(["a", "a", "a", "b", "b", "c"], range(6)).layout(ALL)
    assert sorted(alone.sizes.tolist()) == [3, 3]  # c with b, the smallest
    one = over_questions(["a"], range(1)).layout(np.ones(1, dtype=bool))
    assert one.degrees_of_freedom == 0


def test_the_variance_of_a_stratified_sum_by_hand() -> None:
    layout = over_questions(["a", "a", "a", "b", "b", "b"], range(6)).layout(ALL)
    values = np.array([1.0, 0, 0, 1, 1, 0])
    # each stratum of 3: 3/2 · Σ (y − mean)² = 3/2 · 2/3 = 1
    assert layout.covariance(values[:, None]).tolist() == [[pytest.approx(2.0)]]


def test_near_duplicates_count_as_one() -> None:
    pairs = over_questions(["a"] * 6, [0, 0, 1, 1, 2, 2]).layout(ALL)
    values = np.array([1.0, 1, 0, 0, 0, 0])
    # three clusters with sums 2 0 0 around 2/3: 3/2 · (16 + 4 + 4) / 9 = 4
    assert pairs.covariance(values[:, None])[0, 0] == pytest.approx(4.0)


@pytest.mark.parametrize("documents", [["a"] * 6, ["a", "a", "b", "b", "c", "c"], ["a", "a", "a", "b", "b", "c"]])
def test_drawn_weights_have_the_variance_of_the_formula(documents: list[str]) -> None:
    layout = over_questions(documents, range(6)).layout(ALL)
    values = np.array([1.0, 0, 1, 0, 0, 1])
    drawn = layout.draw(np.random.default_rng(0), 40_000) @ layout.totals(values)
    assert drawn.mean() == pytest.approx(values.sum(), abs=0.02)
    assert drawn.var() == pytest.approx(layout.covariance(values[:, None])[0, 0], rel=0.03)


def test_questions_are_sampled_by_document_answer_and_wording() -> None:
    asked = [
        Question("q0", "How many days of leave are there in Norway?", ("25",), evidence=Evidence("Leave.pdf")),
        Question("q1", "How many days of leave are there, in Norway?", ("25",), evidence=Evidence("./leave.pdf")),
        Question("q2", "Who signs the travel form?", ("HR",), evidence=Evidence("travel.pdf")),
        Question("q3", "Who is the mayor?", (), answerable=False),
        Question("q4", "What is the moon made of?", (), answerable=False),
    ]
    sampling = sampling_of(asked, "questions")
    assert sampling.clusters[0] == sampling.clusters[1] != sampling.clusters[2]
    assert sampling.strata[0] == sampling.strata[1] != sampling.strata[2]
    assert sampling.strata[3] == sampling.strata[4] != sampling.strata[2]
    assert sampling_of(asked, "documents").clusters == ("leave.pdf", "leave.pdf", "travel.pdf", "q3", "q4")
