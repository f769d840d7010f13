"""How near a question is to the documents, and where near ends. Knows questions and passages; knows no answers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from assay.corpus.document import Passage
from assay.questions.question import Question
from assay.retrieval.features import rarity, share
from assay.retrieval.index import FUSED, Hit
from assay.retrieval.readable import FindRetriever
from assay.retrieval.retriever import Retriever
from assay.retrieval.terms import terms_of

__all__ = ["NearLine", "fit_near_line", "measure_nearness"]

Floats = npt.NDArray[np.float64]

_BEST = 3  # passages by words, and as many by meaning, that are looked at
_LOST = 0.02  # of the questions that are near, beyond the line at most
_CAUGHT = 0.95  # of those that are far: where the line would catch more, it is drawn no nearer
_RIDGE = 1e-3


@dataclass(frozen=True)
class NearLine:
    """A question is near where the weighted sum of what `measure_nearness` gives is at least `least`."""

    weights: tuple[float, float]
    least: float

    def scores(self, measured: Floats) -> Floats:
        """The sums (N) of measured questions (N 2); higher is nearer."""
        return np.asarray(measured @ np.array(self.weights))

    def is_near(self, measured: Floats) -> npt.NDArray[np.bool_]:
        """For each of the measured questions (N 2)."""
        return np.asarray(self.scores(measured) >= self.least)


def measure_nearness(find: FindRetriever, questions: Sequence[Question]) -> Floats:
    """Two numbers a question (N 2), of what its asker may read.

    The cosine of the question and the passage nearest by meaning, 0 without an encoder; and the share of its terms,
    those weighing more that few of the found passages hold, in the passage that has most of them.
    """
    by_groups: dict[tuple[str, ...] | None, list[int]] = defaultdict(list)
    for place, question in enumerate(questions):
        by_groups[question.groups].append(place)
    measured = np.zeros((len(questions), 2))
    for groups, places in by_groups.items():
        retriever, texts = find(groups), [questions[place].text for place in places]
        vectors = [None] * len(texts) if retriever.encoder is None else retriever.encoder.encode_queries(texts)
        for place, vector in zip(places, vectors, strict=True):
            text, dense = retriever.search_both(questions[place].text, vector, FUSED, questions[place].only)
            nearest = dense[0].score if dense else 0.0
            measured[place] = nearest, _covered(questions[place].text, text, dense, retriever)
    return measured


def _covered(question: str, text: Sequence[Hit], dense: Sequence[Hit], retriever: Retriever) -> float:
    held = {id: _terms_in(retriever.corpus.by_id[id]) for id in (hit.passage_id for hit in (*text, *dense))}
    weights = rarity(sorted(set(terms_of(question))), list(held.values()))
    best = {hit.passage_id for hit in (*text[:_BEST], *dense[:_BEST])}
    return max((share(weights, held[id]) for id in best), default=0.0)


@lru_cache(5000)
def _terms_in(passage: Passage) -> frozenset[str]:
    return frozenset(terms_of(f"{passage.heading} {passage.text}"))


def fit_near_line(near: Floats, far: Floats) -> NearLine:
    """The line between questions about the documents (N 2) and others (M 2); the same for the same questions.

    The direction is that of a logistic regression in which both kinds weigh the same. Along it the line leaves at most
    one near question in fifty beyond it, and lies no higher than what keeps out nineteen of twenty far ones.
    """
    from scipy.optimize import minimize

    both, side = np.vstack([near, far]), np.r_[np.ones(len(near)), -np.ones(len(far))]
    scale = np.maximum(both.std(axis=0), 1e-9)
    scaled = (both - both.mean(axis=0)) / scale
    weigh = np.where(side > 0, 0.5 / len(near), 0.5 / len(far))

    def loss(b: Floats) -> float:
        return float(weigh @ np.logaddexp(0, -side * (scaled @ b[1:] + b[0])) + _RIDGE * (b[1:] ** 2).sum())

    slopes = np.maximum(minimize(loss, np.zeros(3)).x[1:], 0.0) / scale  # neither number makes a question farther
    weights = (float(slopes[0]), float(slopes[1]))
    along = NearLine(weights, 0.0)
    least = min(np.quantile(along.scores(near), _LOST), np.quantile(along.scores(far), _CAUGHT))
    return NearLine(weights, float(least))
