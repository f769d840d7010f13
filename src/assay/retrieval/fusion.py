"""Several rankings into one, by rank alone. Knows no scores and no search."""

from collections import defaultdict
from collections.abc import Sequence

__all__ = ["fuse"]


def fuse(rankings: Sequence[Sequence[str]], k: int, constant: int = 60) -> list[tuple[str, float]]:
    """The k best ids with their fused scores, best first.

    Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): an id scores the sum over the rankings of
    1 / (constant + rank), ranks from 1. Equal scores keep the order in which the rankings first name the ids, so the
    result depends on nothing but the input.
    """
    scores: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, identifier in enumerate(ranking, start=1):
            scores[identifier] += 1 / (constant + rank)
    return sorted(scores.items(), key=lambda item: -item[1])[:k]
