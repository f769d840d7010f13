"""A BERT-like sentence encoder on OpenVINO, from its parts. Knows no files and no model hub."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from assay.retrieval.bert import Pooling, Weights, build_bert, ov
from assay.retrieval.precision import Precision
from assay.retrieval.quantised import calibration_texts, can_quantise, quantise_once

__all__ = ["BertEncoder", "BertParts"]

LENGTHS = 8  # texts are filled up to a multiple: a length that was not met before takes OpenVINO 10 ms to get ready for
USUAL_QUESTION = 64  # tokens
BATCH = 16  # texts of like length; larger batches measured slower on two cores, and they pad more
MOST_STREAMS = 16
SUFFIXES: dict[Precision, str] = {"int8": "-int8", "bfloat16": "-bf16", "float32": ""}  # vectors are kept by name


@dataclass(frozen=True)
class BertParts:
    """What a package or a folder must yield for an encoder to be built."""

    name: str  # changes with the weights and with the pooling
    tokenize: Callable[[list[str]], list[list[int]]]  # texts to token ids, within the window, special tokens included
    words: Callable[[np.ndarray], np.ndarray]  # token ids B×T to word vectors B×T×D, float32
    weights: Weights
    n_heads: int
    epsilon: float
    query_prefix: str = ""
    passage_prefix: str = ""
    pooling: Pooling = "mean"
    first_position: int = 0


class BertEncoder:
    """BERT on the CPU; implements `Encoder`. What exceeds the model's window is not read.

    Attributes:
        precision: as asked, or the next that can be had: int8 needs NNCF and a model whose int8 vectors agree with the
            exact ones, bfloat16 a CPU that multiplies it.
    """

    precision: Precision

    def __init__(self, parts: BertParts, precision: Precision):
        """Load or build the graph and compile it: a fraction of a second, but about ten for int8 the first time."""
        self._parts = parts
        self._window = len(parts.weights["embeddings.position_embeddings.weight"]) - parts.first_position
        core = ov.Core()
        small = self._quantise() if precision == "int8" and can_quantise() else None
        self.precision = "int8" if small is not None else _nearest(precision, core)
        self.name = parts.name + SUFFIXES[self.precision]
        self._n_streams = min(os.cpu_count() or 1, MOST_STREAMS)
        self._core, self._small = core, small
        self.dimension = parts.weights["embeddings.position_embeddings.weight"].shape[1]

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32."""
        return self._encode([self._parts.query_prefix + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32."""
        return self._encode([self._parts.passage_prefix + text for text in texts])

    def _encode(self, texts: list[str]) -> np.ndarray:
        """Batches in flight at once, one a stream: a core each beats all cores on one batch. One alone gets all."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokens = self._parts.tokenize(texts)
        batches = list(_batches(tokens))
        model = self._model if len(batches) > 1 else self._model_for_one
        requests = [model.create_infer_request() for _ in batches[: self._n_streams]]
        for number, rows in enumerate(batches):
            request = requests[number % len(requests)]
            if number >= len(requests):
                _collect(request, vectors, batches[number - len(requests)])
            request.start_async(self._inputs([tokens[row] for row in rows]))
        for number in range(max(len(batches) - len(requests), 0), len(batches)):
            _collect(requests[number % len(requests)], vectors, batches[number])
        return vectors

    @cached_property
    def _model(self) -> Any:
        return self._compile(self._n_streams)

    @cached_property
    def _model_for_one(self) -> Any:
        """A question is waited for: it gets all cores (half the time on two), and usual lengths are made ready for."""
        model = self._compile(n_streams=1)
        for length in range(LENGTHS, USUAL_QUESTION + 1, LENGTHS):
            model(self._inputs([[0] * length]))
        return model

    def _compile(self, n_streams: int) -> Any:
        hint = "bf16" if self.precision == "bfloat16" else "f32"
        settings = {"INFERENCE_PRECISION_HINT": hint, "NUM_STREAMS": n_streams}
        return self._core.compile_model(self._small or self._build(), "CPU", settings)

    def _inputs(self, tokens: Sequence[Sequence[int]], step: int = LENGTHS) -> dict[str, np.ndarray]:
        longest = max(len(row) for row in tokens)
        rounded = -(-longest // step) * step
        ids, mask = _pad(tokens, rounded if rounded <= self._window else longest)
        return {"words": self._parts.words(ids), "mask": mask}

    def _build(self) -> Any:
        parts = self._parts
        return build_bert(parts.weights, parts.n_heads, parts.epsilon, parts.pooling, parts.first_position)

    def _quantise(self) -> Any:
        return quantise_once(self._parts.name, self._build, self._samples)

    def _samples(self) -> list[dict[str, np.ndarray]]:
        parts = self._parts
        is_question = [text.endswith(("?", "？")) for text in calibration_texts()]
        texts = [
            (parts.query_prefix if asks else parts.passage_prefix) + text
            for text, asks in zip(calibration_texts(), is_question, strict=True)
        ]
        return [self._inputs([ids], step=1) for ids in parts.tokenize(texts)]  # filling up would move the ranges


def _nearest(precision: Precision, core: Any) -> Precision:
    """bfloat16 where it was not float32 that was asked for and the CPU has it."""
    has_bfloat16 = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return "bfloat16" if precision != "float32" and has_bfloat16 else "float32"


def _collect(request: Any, vectors: np.ndarray, rows: list[int]) -> None:
    request.wait()
    vectors[rows] = request.get_output_tensor(0).data


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Row numbers in batches of like length, so that little is padded."""
    by_length = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
    for start in range(0, len(by_length), BATCH):
        yield by_length[start : start + BATCH]


def _pad(tokens: Sequence[Sequence[int]], length: int) -> tuple[np.ndarray, np.ndarray]:
    """Token ids and mask, each B×length, padded with zeros."""
    ids = np.zeros((len(tokens), length), dtype=np.int64)
    mask = np.zeros((len(tokens), length), dtype=np.float32)
    for number, row in enumerate(tokens):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return ids, mask
