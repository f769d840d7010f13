import math

import pytest

from assay.retrieval import ExactIndex


def test_bm25_as_calculated_by_hand(make_corpus) -> None:
    index = ExactIndex(make_corpus(["red red car", "blue car", "green tree by the house"]), None)
    hits = index.search("red car", None, 5, "text")
    # N = 3, lengths 3, 2, 5, mean 10/3. idf(red) = ln(1 + 2.5/1.5) = 0.98083; idf(car) = ln(1 + 1.5/2.5) = 0.47000
    # p0: norm 1.2 (0.25 + 0.75 * 0.9) = 1.11; red 0.98083 * 4.4/3.11 + car 0.47000 * 2.2/2.11 = 1.38767 + 0.49005
    # p1: norm 1.2 (0.25 + 0.75 * 0.6) = 0.84; car 0.47000 * 2.2/1.84 = 0.56196
    assert [hit.passage_id for hit in hits] == ["p0", "p1"]
    assert [hit.score for hit in hits] == pytest.approx([1.87772, 0.56196], abs=1e-4)
    assert [hit.rank for hit in hits] == [1, 2]


def test_a_word_of_every_passage_still_counts_a_little(make_corpus) -> None:
    index = ExactIndex(make_corpus(["car", "car"]), None)
    # idf = ln(1 + 0.5/2.5) = 0.18232; one word of mean length: 2.2 / 2.2 = 1
    assert [hit.score for hit in index.search("car", None, 2, "text")] == pytest.approx([math.log(1.2)] * 2, abs=1e-6)
