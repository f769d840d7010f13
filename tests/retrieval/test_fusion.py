import pytest

from assay.retrieval import Fusion, fuse
from assay.retrieval.fusion import fuse_scores


def test_sums_reciprocal_ranks() -> None:
    # y: 1/62 + 1/61 = 0.03252247; x: 1/61 = 0.01639344; z: 1/62 = 0.01612903
    fused = fuse([["x", "y"], ["y", "z"]], 3)
    assert [identifier for identifier, _ in fused] == ["y", "x", "z"]
    assert [score for _, score in fused] == pytest.approx([0.03252247, 0.01639344, 0.01612903], abs=1e-8)


def test_equal_scores_keep_the_order_of_appearance() -> None:
    assert [identifier for identifier, _ in fuse([["b", "a"], ["a", "b"]], 2)] == ["b", "a"]
    assert [identifier for identifier, _ in fuse([["b"], ["a"]], 2)] == ["b", "a"]


def test_gives_no_more_than_there_is() -> None:
    assert fuse([[], []], 5) == []
    assert len(fuse([["a", "b"], ["c"]], 2)) == 2
    assert len(fuse([["a", "b"], ["c"]], 9)) == 3


def test_sums_scores_on_one_scale() -> None:
    # words in shares of the best: a 1, b .5; meaning from the least to the best: c 1, b .5, a 0
    text, dense = [("a", 8.0), ("b", 4.0)], [("c", 0.9), ("b", 0.8), ("a", 0.7)]
    # with a quarter for meaning: a .75 + 0, b .375 + .125, c 0 + .25
    assert fuse_scores(text, dense, 0.25, 3) == [("a", 0.75), ("b", 0.5), ("c", 0.25)]
    assert [name for name, _ in fuse_scores(text, dense, 0.75, 1)] == ["c"]


def test_all_weight_on_one_side_is_that_side() -> None:
    text, dense = [("a", 3.0), ("b", 2.0), ("c", 1.0)], [("c", 0.9), ("b", 0.8), ("a", 0.7)]
    assert [name for name, _ in fuse_scores(text, dense, 0.0, 3)] == ["a", "b", "c"]
    assert [name for name, _ in fuse_scores(text, dense, 1.0, 3)] == ["c", "b", "a"]


def test_equal_sums_keep_the_text_search_first() -> None:
    assert [name for name, _ in fuse_scores([("b", 5.0)], [("a", 0.5)], 0.5, 2)] == ["b", "a"]
    assert fuse_scores([], [], 0.5, 2) == []


def test_a_fusion_by_ranks_ignores_scores() -> None:
    text, dense = [("x", 9.0), ("y", 0.1)], [("y", 0.9), ("z", 0.1)]
    assert Fusion("ranks").join(text, dense, 3) == fuse([["x", "y"], ["y", "z"]], 3)
