import pytest

from assay.retrieval import fuse


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
