"""A retriever fitted to its corpus: the weights of a ranker and of the fusion, from questions whose passages are known.

Every figure comes from questions that took no part in what it is of (five folds, near-duplicates together): neither in
fitting weights, nor in choosing the fusion and the penalty. Knows no cells: whether a gain is more than noise is for
the caller to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assay.questions.question import Question
from assay.questions.splitting import group_near_duplicates
from assay.retrieval.encoder import Encoder
from assay.retrieval.features import Candidates
from assay.retrieval.fusion import DEFAULT_FUSION, Fusion
from assay.retrieval.index import Hit, fuse_hits
from assay.retrieval.memory import Memory
from assay.retrieval.metrics import ndcg_at_k
from assay.retrieval.ranker import ALL_FEATURES, DIGITS, Ranker, start_weights
from assay.retrieval.retriever import Retriever
from assay.statistics.crossfit import best_elsewhere, make_folds

__all__ = [
    "FITTING_VERSION",
    "FUSIONS",
    "Fitting",
    "Found",
    "collect",
    "fit_retriever",
    "fit_weights",
    "judge",
    "remember",
]

FITTING_VERSION = 3  # part of the key of everything fitted: count up when features or fitting change
PENALTIES = (10.0, 3.0, 1.0, 0.3)  # how strongly the weights are held to the start; of equals the strongest is taken
FUSIONS = (DEFAULT_FUSION, *(Fusion("scores", share / 10) for share in (2, 3, 5, 6, 7, 8)), Fusion("ranks"))
DEPTH = 10
FAR = -1e9  # the score of a place that no candidate fills


@dataclass(frozen=True)
class Fitting:
    """What fitting found. The nDCG@10 are per question, in the order of the memory."""

    before: tuple[float, ...]  # as the retriever was
    fused: tuple[float, ...]  # with the fusion that is best on the other questions, and no ranker
    after: tuple[float, ...]  # with a ranker and a penalty that the question took no part in
    fusion: Fusion  # the best of FUSIONS over all questions
    weights: tuple[float, ...]  # of the ranker, fitted on all questions
    penalty: float


@dataclass(frozen=True)
class Found:
    """The candidates of Q questions, padded to the largest number C of them; F features."""

    features: np.ndarray  # Q×C×F
    is_there: np.ndarray  # Q×C
    is_gold: np.ndarray  # Q×C


def remember(encoder: Encoder | None, questions: Sequence[Question], gold: Mapping[str, Collection[str]]) -> Memory:
    """The questions that have gold passages, with their vectors and their groups of near-duplicates."""
    known = [question for question in questions if gold.get(question.id)]
    groups = [""] * len(known)
    for number, places in enumerate(group_near_duplicates(known)):
        for place in places:
            groups[place] = str(number)
    texts = [question.text for question in known]
    vectors = encoder.encode_queries(texts) if encoder is not None and texts else None
    return Memory(tuple(texts), tuple(groups), vectors, tuple(frozenset(gold[question.id]) for question in known))


def fit_retriever(retriever: Retriever, memory: Memory, seed: int) -> Fitting:
    """What the remembered questions teach; the same input gives the same result.

    Args:
        retriever: over the corpus whose passages the memory names; fitting starts from the weights of its ranker, and
            from `START` where it has none.
        memory: two groups of near-duplicates at least.
        seed: of the folds.
    """
    hits = [retriever.search_both(text, vector) for text, vector in _asked(memory)]
    bare = Ranker(retriever.corpus, retriever.ranker.weights if retriever.ranker else start_weights(), memory)
    found = [bare.found(text, *pair) for text, pair in zip(memory.texts, hits, strict=True)]
    folds = make_folds(memory.groups, seed)
    tried = _try_penalties(bare, found, folds)
    penalty = max(PENALTIES, key=lambda one: round(float(np.mean(tried[one])), DIGITS))
    by_fusion = {one: _judge_fusion(one, hits, memory) for one in dict.fromkeys((retriever.fusion, *FUSIONS))}
    before = judge(retriever.ranker, found, memory) if retriever.ranker else by_fusion[retriever.fusion]
    fusion = max(by_fusion, key=lambda one: round(float(np.mean(by_fusion[one])), DIGITS))
    return Fitting(
        before=tuple(before),
        fused=_elsewhere(by_fusion.values(), folds),
        after=_elsewhere(tried.values(), folds),
        fusion=fusion,
        weights=tuple(fit_weights(collect(bare, found, memory), bare.weights, penalty).tolist()),
        penalty=penalty,
    )


def _elsewhere(tried: Iterable[Sequence[float]], folds: Sequence[Sequence[int]]) -> tuple[float, ...]:
    """Of each question the value under what is best on the questions of the other folds."""
    return tuple(best_elsewhere(np.array(list(tried)), folds).tolist())


def collect(ranker: Ranker, found: Sequence[Candidates], asked: Memory) -> Found:
    """The candidates of the questions of `asked` with what the ranker's own memory says of them, padded."""
    full = [ranker.recall(text, vector, one) for (text, vector), one in zip(_asked(asked), found, strict=True)]
    shape = len(full), max(len(one.ids) for one in full)
    features = np.zeros((*shape, len(ALL_FEATURES)))
    is_there, is_gold = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for row, (one, gold) in enumerate(zip(full, asked.gold, strict=True)):
        n = len(one.ids)
        features[row, :n], is_there[row, :n] = one.features, True
        is_gold[row, :n] = [id in gold for id in one.ids]
    return Found(features, is_there, is_gold)


def fit_weights(found: Found, start: np.ndarray, penalty: float, counts: np.ndarray | None = None) -> np.ndarray:
    """The weights, F, that make the gold candidates likely among all, held to `start`.

    Minimises the sum over the questions of −log of the softmax's mass on the gold candidates, plus `penalty` / 2 times
    the squared distance from the start: a listwise loss (Cao et al., ICML 2007) with a normal prior. Convex but for
    questions with several gold candidates. Questions of which no gold passage was found teach nothing.

    Args:
        counts: Q, how often each question counts; once by default.
    """
    from scipy.optimize import minimize

    useful = found.is_gold.any(axis=1)
    features, there, gold = found.features[useful], found.is_there[useful], found.is_gold[useful]
    often = np.ones(len(gold)) if counts is None else counts[useful]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = np.where(there, features @ weights, FAR)  # Q×C
        masses = np.exp(scores - scores.max(axis=1, keepdims=True))
        total, right = masses.sum(axis=1), (masses * gold).sum(axis=1)
        pull = masses / total[:, None] - masses * gold / right[:, None]  # Q×C
        away = weights - start
        value = float(often @ np.log(total / right)) + penalty / 2 * float(away @ away)
        return value, np.einsum("q,qc,qcf->f", often, pull, features) + penalty * away

    fitted: np.ndarray = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return fitted.round(DIGITS)


def _try_penalties(
    ranker: Ranker, found: Sequence[Candidates], folds: Sequence[Sequence[int]]
) -> dict[float, list[float]]:
    """Penalty to the nDCG of every question, by weights and a memory that it took no part in."""
    everyone = ranker.memory
    tried = {penalty: [0.0] * len(found) for penalty in PENALTIES}
    for held_out in folds:
        rest = sorted(set(range(len(found))) - set(held_out))
        knowing = replace(ranker, memory=everyone.part(rest))
        train = collect(knowing, [found[place] for place in rest], knowing.memory)
        asked, candidates = everyone.part(held_out), [found[place] for place in held_out]
        for penalty in PENALTIES:
            fitted = replace(knowing, weights=fit_weights(train, ranker.weights, penalty))
            for place, value in zip(held_out, judge(fitted, candidates, asked), strict=True):
                tried[penalty][place] = value
    return tried


def judge(ranker: Ranker, found: Sequence[Candidates], asked: Memory) -> list[float]:
    """The nDCG@10 of each question of `asked` under a ranker."""
    ranked = [
        ranker.order(ranker.recall(text, vector, one), DEPTH)
        for (text, vector), one in zip(_asked(asked), found, strict=True)
    ]
    return [_ndcg(hits, gold) for hits, gold in zip(ranked, asked.gold, strict=True)]


def _judge_fusion(fusion: Fusion, hits: Sequence[tuple[list[Hit], list[Hit]]], asked: Memory) -> list[float]:
    return [_ndcg(fuse_hits(fusion, *pair, DEPTH), gold) for pair, gold in zip(hits, asked.gold, strict=True)]


def _ndcg(hits: Sequence[Hit], gold: Collection[str]) -> float:
    return ndcg_at_k([hit.passage_id for hit in hits], gold, DEPTH)


def _asked(memory: Memory) -> list[tuple[str, np.ndarray | None]]:
    vectors = [None] * len(memory.texts) if memory.vectors is None else list(memory.vectors)
    return list(zip(memory.texts, vectors, strict=True))
