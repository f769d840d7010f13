"""Several rankings into one: by rank alone, or by scores made comparable. Knows no search."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["DEFAULT_FUSION", "Fusion", "fuse", "fuse_scores", "spread"]

Scored = Sequence[tuple[str, float]]  # ids with their scores, best first


@dataclass(frozen=True)
class Fusion:
    """How a hybrid search joins its two rankings. `dense_share` is the weight of meaning against words, 0 to 1."""

    kind: Literal["ranks", "scores"]
    dense_share: float = 0.5  # of no effect on ranks

    def join(self, text: Scored, dense: Scored, k: int) -> list[tuple[str, float]]:
        """The k best ids with their fused scores, best first; of equals, those of the text search come first."""
        if self.kind == "ranks":
            return fuse([[identifier for identifier, _ in text], [identifier for identifier, _ in dense]], k)
        return fuse_scores(text, dense, self.dense_share, k)


DEFAULT_FUSION = Fusion(
    "scores", 0.4
)  # the best share on average where nothing could be fitted: benchmarks/retrieval.md


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


def fuse_scores(text: Scored, dense: Scored, dense_share: float, k: int) -> list[tuple[str, float]]:
    """The k best ids by a weighted sum of both scores, each on a scale from 0 to 1; best first.

    A convex combination (Bruch, Gai and Ingber, TOIS 2023). What one of the searches did not find scores 0 there.
    Equal sums, to six digits, keep the order in which the searches name the ids, the text search first.
    """
    by_words, by_meaning = spread(text, lowest=0.0), spread(dense)
    sums = {
        identifier: round(
            (1 - dense_share) * by_words.get(identifier, 0) + dense_share * by_meaning.get(identifier, 0), 6
        )
        for identifier in dict.fromkeys([*by_words, *by_meaning])
    }
    return sorted(sums.items(), key=lambda item: -item[1])[:k]


def spread(scored: Scored, lowest: float | None = None) -> Mapping[str, float]:
    """Scores on a scale from 0, the `lowest` or else the least of them, to 1, the best."""
    if not scored:
        return {}
    values = [score for _, score in scored]
    low, high = min(values) if lowest is None else lowest, max(values)
    return {identifier: (score - low) / (high - low) if high > low else 1.0 for identifier, score in scored}
