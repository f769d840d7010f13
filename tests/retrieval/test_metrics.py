import numpy as np
import pytest

from assay.retrieval import ndcg_at_k, recall_at_k, reciprocal_rank, summarise_retrieval


def test_recall_needs_one_gold_passage_among_the_first_k() -> None:
    assert recall_at_k(["a", "b", "c"], {"c", "x"}, 3) == 1.0
    assert recall_at_k(["a", "b", "c"], {"c", "x"}, 2) == 0.0
    assert recall_at_k([], {"c"}, 5) == 0.0


def test_reciprocal_rank_looks_at_the_first_gold_passage_and_stops_at_the_depth() -> None:
    assert reciprocal_rank(["a", "b", "c"], {"b", "c"}) == 0.5
    assert reciprocal_rank(list("abcdefghijk"), {"j"}) == 0.1
    assert reciprocal_rank(list("abcdefghijk"), {"k"}) == 0.0


def test_ndcg_weighs_ranks_by_the_logarithm() -> None:
    # gold at ranks 2 and 4: 1/log2(3) + 1/log2(5) = 0.630930 + 0.430677; at best 1 + 0.630930 for two gold passages
    assert ndcg_at_k(list("agbh"), {"g", "h"}) == pytest.approx(1.061606 / 1.630930, abs=1e-6)
    assert ndcg_at_k(["g"], {"g", "h"}) == pytest.approx(1 / 1.630930, abs=1e-6)
    assert ndcg_at_k([*list("ab"), "g"], {"g"}, 2) == 0.0
    assert ndcg_at_k(["g"], set()) == 0.0
    assert ndcg_at_k(list("gh"), list("ghijklmnopqr"), 2) == 1.0  # more gold than places


def test_ndcg_agrees_with_another_library() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(0)
    for _ in range(50):
        gains = rng.random(30) < 0.2
        if not gains.any():
            continue
        ranked = [f"p{place}" for place in rng.permutation(30)]
        gold = {f"p{place}" for place in np.flatnonzero(gains)}
        scores = [-float(ranked.index(f"p{place}")) for place in range(30)]
        expected = metrics.ndcg_score([gains.astype(float)], [scores], k=10)
        assert ndcg_at_k(ranked, gold) == pytest.approx(expected)


def test_summary_is_the_mean_over_questions_with_gold() -> None:
    ranked = [["g", "a"], ["a", "b", "g"], ["a", "b", "c", "d", "e", "g"], ["a"], ["a"]]
    gold = [{"g"}, {"g"}, {"g"}, {"g"}, set[str]()]  # the last question has no evidence
    # ranks 1, 3, 6, never: recall@1 1/4, @3 2/4, @5 2/4, @10 3/4; MRR (1 + 1/3 + 1/6) / 4 = 0.375;
    # nDCG (1 + 1/log2(4) + 1/log2(7)) / 4 = (1 + 0.5 + 0.356207) / 4
    recalls = {"recall@1": 0.25, "recall@3": 0.5, "recall@5": 0.5, "recall@10": 0.75}
    expected = recalls | {"mrr@10": 0.375, "ndcg@10": 0.464052, "n": 4}
    assert summarise_retrieval(ranked, gold) == pytest.approx(expected, abs=1e-6)


def test_summary_without_gold_says_only_that() -> None:
    assert summarise_retrieval([["a"]], [[]]) == {"n": 0}
    assert summarise_retrieval([], []) == {"n": 0}
