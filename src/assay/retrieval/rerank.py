"""Ranking found passages again by a slower and closer look. Knows no index.

Two ways: a cross-encoder, which reads question and passage together, and the base model's own likelihood of the
question after the passage, for where no cross-encoder is to be had.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from assay.corpus.document import Corpus, Passage
from assay.errors import InputError, MissingExtra
from assay.models.likelihood import LikelihoodScorer
from assay.privacy import hub_for
from assay.retrieval.fingerprint import fingerprint
from assay.retrieval.retriever import Order

__all__ = [
    "CrossEncoderReranker",
    "LikelihoodReranker",
    "Reranker",
    "Reranking",
    "load_cross_encoder",
    "load_reranker",
    "rerank",
    "rerank_best",
    "text_of",
]

BATCH = 32
RANK_OFFSET = 60  # of reciprocal ranks (Cormack et al. 2009)

ASK = {
    "en": ("Passage: {text}\nA question that this passage answers:", " {question}"),
    "zh": ("段落：{text}\n这段文字能够回答的问题：", "{question}"),
}


class Reranker(Protocol):
    """Scores of passages for a question. `name` changes with the weights: answers are kept under it."""

    name: str

    def score(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """One number a passage, in their order; higher is better, and only numbers of one call can be compared."""
        ...


def load_reranker(name: str, load_scorer: Callable[[], LikelihoodScorer], language: str = "en") -> Reranker | None:
    """The re-ranker of a setting; None for "none".

    Args:
        name: "none", "likelihood", or a cross-encoder's folder or hub id.
        load_scorer: the base model that "likelihood" asks, loaded only then.
        language: "en" or "zh": in which the base model is asked.

    Raises:
        InputError: a cross-encoder that cannot be loaded.
        EngineError: the base model's engine does not tell likelihoods.
        MissingExtra: sentence-transformers is not installed.
    """
    if name == "none":
        return None
    return LikelihoodReranker(load_scorer(), language) if name == "likelihood" else CrossEncoderReranker(name)


@dataclass(frozen=True)
class Reranking:
    """An order of found passages in which the best `depth` stand as the re-ranker has them; see `Retriever.orders`."""

    reranker: Reranker
    depth: int

    def __call__(self, corpus: Corpus) -> Order:
        """The same over every corpus."""
        return lambda question, found: rerank_best(self.reranker, question, found, self.depth)


def rerank_best(reranker: Reranker, question: str, passages: Sequence[Passage], depth: int) -> list[Passage]:
    """All the passages: the first `depth` in the re-ranker's order, then the rest as they were found."""
    best = passages[:depth]
    return [*(best[place] for place in rerank(reranker, question, best)), *passages[depth:]]


def rerank(
    reranker: Reranker, question: str, passages: Sequence[Passage], first_stage_weight: float = 0.0
) -> list[int]:
    """The places of the passages, best first; equal scores keep the order in which they were found.

    Args:
        reranker: what scores.
        question: as it was asked.
        passages: as the first stage ranks them.
        first_stage_weight: 0: by score alone; above: reciprocal ranks of both orders are added, the first stage's with
            this weight.
    """
    scores = reranker.score(question, passages)
    order = sorted(range(len(passages)), key=lambda place: -scores[place])
    if not first_stage_weight:
        return order
    rank = {place: position for position, place in enumerate(order)}
    return sorted(
        range(len(passages)),
        key=lambda place: -(1 / (RANK_OFFSET + rank[place]) + first_stage_weight / (RANK_OFFSET + place)),
    )


class LikelihoodReranker:
    """Query likelihood: how likely the base model finds the question after the passage (Sachan et al. 2022)."""

    def __init__(self, scorer: LikelihoodScorer, language: str = "en"):
        self.name = f"{scorer.name}, {language}"
        self._scorer = scorer
        self._before, self._after = ASK[language]

    def score(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """Mean log-likelihoods of the question, in nats a token; all passages in one batch."""
        after = self._after.format(question=question)
        return self._scorer.score_continuations([(self._before.format(text=text_of(one)), after) for one in passages])


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder on torch, on a GPU where there is one."""

    def __init__(self, source: str):
        """Load from a folder or, where the network allows it, from the hub.

        Raises:
            MissingExtra: sentence-transformers is not installed.
            InputError: there is no such model, or it cannot be read.
        """
        self._model = load_cross_encoder(source)
        weights = Path(source) / "model.safetensors"
        version = fingerprint(weights) if weights.is_file() else _commit(self._model)
        self.name = f"{Path(source).name}@{version}"

    def score(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """The model's own scores."""
        if not passages:
            return []
        pairs = [(question, text_of(passage)) for passage in passages]
        scores = self._model.predict(pairs, batch_size=BATCH, show_progress_bar=False)
        return [float(score) for score in np.asarray(scores, dtype=np.float64)]


def text_of(passage: Passage) -> str:
    """What a re-ranker reads of a passage."""
    return f"{passage.heading}\n{passage.text}" if passage.heading else passage.text


def load_cross_encoder(source: str) -> Any:
    """The sentence-transformers cross-encoder of a folder or a hub id; raises as `CrossEncoderReranker` does."""
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise MissingExtra(
            'cross-encoders need sentence-transformers: pip install "assay[cpu]" without a GPU, "assay[gpu]" with one'
        ) from error
    if source.startswith(("/", ".")) and not Path(source).is_dir():  # else it would be looked up on the hub
        raise InputError(f'there is no folder "{source}" to load a re-ranker from')
    try:
        with hub_for(source):
            model = CrossEncoder(source)
    except (OSError, ValueError) as error:
        raise InputError(
            f'cannot load the re-ranker "{source}": {error}. Give a folder that holds a cross-encoder, the id of one '
            'that this machine can download, "likelihood" or "none"'
        ) from error
    if model.num_labels != 1:
        raise InputError(f'"{source}" gives {model.num_labels} numbers a pair; a re-ranker must give one')
    return model


def _commit(model: Any) -> str:
    return str(getattr(model.config, "_commit_hash", None) or "unknown")[:8]
