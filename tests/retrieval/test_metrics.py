import pytest

from assay.retrieval import recall_at_k, reciprocal_rank, summarise_retrieval


def test_recall_needs_one_gold_passage_among_the_first_k() -> None:
    assert recall_at_k(["a", "b", "c"], {"c", "x"}, 3) == 1.0
    assert recall_at_k(["a", "b", "c"], {"c", "x"}, 2) == 0.0
    assert recall_at_k([], {"c"}, 5) == 0.0


def test_reciprocal_rank_looks_at_the_first_gold_passage_and_stops_at_the_depth() -> None:
    assert reciprocal_rank(["a", "b", "c"], {"b", "c"}) == 0.5
    assert reciprocal_rank(list("abcdefghijk"), {"j"}) == 0.1
    assert reciprocal_rank(list("abcdefghijk"), {"k"}) == 0.0


def test_summary_is_the_mean_over_questions_with_gold() -> None:
    ranked = [["g", "a"], ["a", "b", "g"], ["a", "b", "c", "d", "e", "g"], ["a"], ["a"]]
    gold = [{"g"}, {"g"}, {"g"}, {"g"}, set[str]()]  # the last question has no evidence
    # ranks 1, 3, 6, never: recall@1 1/4, @3 2/4, @5 2/4, @10 3/4; MRR (1 + 1/3 + 1/6) / 4 = 0.375
    assert summarise_retrieval(ranked, gold) == pytest.approx(
        {"recall@1": 0.25, "recall@3": 0.5, "recall@5": 0.5, "recall@10": 0.75, "mrr@10": 0.375, "n": 4}
    )


def test_summary_without_gold_says_only_that() -> None:
    assert summarise_retrieval([["a"]], [[]]) == {"n": 0}
    assert summarise_retrieval([], []) == {"n": 0}
