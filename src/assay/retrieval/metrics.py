"""How well a ranking finds what it should. Knows no index: ids in, numbers out."""

from collections.abc import Collection, Sequence
from math import log2

__all__ = ["CUTOFFS", "ndcg_at_k", "recall_at_k", "reciprocal_rank", "summarise_retrieval"]

CUTOFFS = (1, 3, 5, 10)
DEPTH = 10  # ranks that the reciprocal rank looks at


def recall_at_k(ranked: Sequence[str], gold: Collection[str], k: int) -> float:
    """1.0 when a gold passage is among the first k, else 0.0: one is enough to answer from."""
    return float(any(identifier in gold for identifier in ranked[:k]))


def reciprocal_rank(ranked: Sequence[str], gold: Collection[str], depth: int = DEPTH) -> float:
    """1 / rank of the first gold passage among the first `depth`, else 0.0."""
    for rank, identifier in enumerate(ranked[:depth], start=1):
        if identifier in gold:
            return 1 / rank
    return 0.0


def ndcg_at_k(ranked: Sequence[str], gold: Collection[str], k: int = DEPTH) -> float:
    """The normalised discounted cumulative gain of the first k, from 0 to 1; a gold passage gains 1, any other 0.

    The sum of 1 / log2(rank + 1) over the gold passages found, in shares of what it could be at most (Järvelin and
    Kekäläinen, TOIS 2002): 1 only when all gold passages, or k of them, come first. 0.0 without gold.
    """
    wanted = set(gold)
    gained = sum(1 / log2(rank + 1) for rank, identifier in enumerate(ranked[:k], start=1) if identifier in wanted)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(k, len(wanted)) + 1))
    return gained / best if best else 0.0


def summarise_retrieval(ranked: Sequence[Sequence[str]], gold: Sequence[Collection[str]]) -> dict[str, float]:
    """Means over the questions that have a gold passage, and their number "n".

    The means are "recall@1", "recall@3", "recall@5", "recall@10", "mrr@10" and "ndcg@10". Questions without gold say
    nothing about a retriever and are left out; when none has any, only "n" is there.
    """
    pairs = [(ids, wanted) for ids, wanted in zip(ranked, gold, strict=True) if wanted]
    if not pairs:
        return {"n": 0}
    means = {f"recall@{k}": sum(recall_at_k(ids, wanted, k) for ids, wanted in pairs) / len(pairs) for k in CUTOFFS}
    mrr = sum(reciprocal_rank(ids, wanted) for ids, wanted in pairs) / len(pairs)
    ndcg = sum(ndcg_at_k(ids, wanted) for ids, wanted in pairs) / len(pairs)
    return means | {f"mrr@{DEPTH}": mrr, f"ndcg@{DEPTH}": ndcg, "n": len(pairs)}
