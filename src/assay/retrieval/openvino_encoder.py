"""A BERT sentence encoder from a folder, on OpenVINO. Knows no model hub and no pooling but the mean."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from assay.retrieval.bert import build_bert, ov
from assay.retrieval.fingerprint import fingerprint

__all__ = ["OpenVinoEncoder"]

BATCH = 16  # texts of like length; larger batches measured slower on two cores, and they pad more


class OpenVinoEncoder:
    """Mean-pooled BERT in float32: the vectors of the torch model to six digits, at about twice its speed."""

    def __init__(self, folder: Path, title: str):
        """Load and compile; half a second for a model of 22 million weights.

        Args:
            folder: a sentence-transformers folder whose model is a BERT with mean pooling.
            title: what people call the model; `name` adds a fingerprint of the weights.
        """
        from safetensors.numpy import load_file

        config = json.loads((folder / "config.json").read_text("utf-8"))
        weights = load_file(folder / "model.safetensors")
        model = build_bert(weights, config["num_attention_heads"], config["layer_norm_eps"])
        settings = {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY"}
        self._model = ov.Core().compile_model(model, "CPU", settings)
        self._tokenizer = _load_tokenizer(folder)
        self.name = f"{title}@{fingerprint(folder / 'model.safetensors')}"
        self.dimension = int(config["hidden_size"])

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32."""
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32; what exceeds the model's window (256 tokens for MiniLM) is not read."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        for rows in _batches(tokens):
            vectors[rows] = self._model(_pad([tokens[row] for row in rows]))[0]
        return vectors


def _load_tokenizer(folder: Path) -> Any:
    tokenizers: Any = import_module("tokenizers")  # its types are incomplete
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    settings = json.loads((folder / "sentence_bert_config.json").read_text("utf-8"))
    tokenizer.enable_truncation(settings["max_seq_length"])
    tokenizer.no_padding()
    return tokenizer


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Row numbers in batches of like length, so that little is padded."""
    by_length = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
    for start in range(0, len(by_length), BATCH):
        yield by_length[start : start + BATCH]


def _pad(tokens: Sequence[Sequence[int]]) -> list[np.ndarray]:
    """Token ids and mask, each B×T, padded with zeros to the longest."""
    longest = max(len(row) for row in tokens)
    ids = np.zeros((len(tokens), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for number, row in enumerate(tokens):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return [ids, mask]
