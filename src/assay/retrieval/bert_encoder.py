"""A BERT sentence encoder on OpenVINO, from its parts. Knows no files, no model hub and no pooling but the mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assay.retrieval.bert import Weights, build_bert, ov

__all__ = ["BertEncoder", "BertParts"]

BATCH = 16  # texts of like length; larger batches measured slower on two cores, and they pad more


@dataclass(frozen=True)
class BertParts:
    """What a package or a folder must yield for an encoder to be built."""

    name: str
    tokenize: Callable[[list[str]], list[list[int]]]  # texts to token ids, within the window, special tokens included
    words: Callable[[np.ndarray], np.ndarray]  # token ids B×T to word vectors B×T×D, float32
    weights: Weights
    n_heads: int
    epsilon: float
    query_prefix: str = ""
    passage_prefix: str = ""


class BertEncoder:
    """Mean-pooled BERT in float32; implements `Encoder`. What exceeds the model's window is not read."""

    def __init__(self, parts: BertParts):
        """Build the graph and compile it: a fraction of a second."""
        settings = {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY"}
        model = build_bert(parts.weights, parts.n_heads, parts.epsilon)
        self.name = parts.name
        self.dimension = int(model.outputs[0].partial_shape[1].get_length())
        self._parts = parts
        self._model: Any = ov.Core().compile_model(model, "CPU", settings)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32."""
        return self._encode([self._parts.query_prefix + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32."""
        return self._encode([self._parts.passage_prefix + text for text in texts])

    def _encode(self, texts: list[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokens = self._parts.tokenize(texts)
        for rows in _batches(tokens):
            ids, mask = _pad([tokens[row] for row in rows])
            vectors[rows] = self._model([self._parts.words(ids), mask])[0]
        return vectors


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Row numbers in batches of like length, so that little is padded."""
    by_length = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
    for start in range(0, len(by_length), BATCH):
        yield by_length[start : start + BATCH]


def _pad(tokens: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Token ids and mask, each B×T, padded with zeros to the longest."""
    longest = max(len(row) for row in tokens)
    ids = np.zeros((len(tokens), longest), dtype=np.int64)
    mask = np.zeros((len(tokens), longest), dtype=np.float32)
    for number, row in enumerate(tokens):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return ids, mask
