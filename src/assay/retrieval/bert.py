"""A BERT sentence encoder as an OpenVINO graph, built from its weights; knows no files and no tokenizer.

Built here rather than exported: it needs neither torch nor an exporter, loads in half a second, and runs in float32
whatever the machine, so that vectors made on one agree with those made on another.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np

__all__ = ["build_bert"]

ov: Any = import_module("openvino")
op: Any = import_module("openvino.opset13")  # its operators are not typed

Node = Any
Model = Any
Weights = Mapping[str, np.ndarray]

FAR = np.float32(1e30)  # taken off an attention score: nothing is left of it after the softmax


def build_bert(weights: Weights, n_heads: int, epsilon: float) -> Model:
    """The graph of a BERT encoder with mean pooling: word vectors B×T×D and mask B×T in, unit vectors B×D out.

    The word vectors come from outside: their table is the largest tensor by far and may be packed.

    Args:
        weights: tensors by the names of a Hugging Face BERT checkpoint, without a prefix.
        n_heads: attention heads in every layer.
        epsilon: what layer normalisation adds to the variance.
    """
    n_wide = weights["embeddings.position_embeddings.weight"].shape[1]
    words = op.parameter([-1, -1, n_wide], ov.Type.f32, name="words")  # B×T×D
    seen = op.parameter([-1, -1], ov.Type.f32, name="mask")  # B×T, 0 where padded
    bias = op.unsqueeze(op.multiply(op.subtract(seen, np.float32(1)), FAR), [1, 2])  # B×1×1×T
    hidden = _normalise(_embed(words, weights), weights, "embeddings.LayerNorm", epsilon)
    for layer in range(_count_layers(weights)):
        hidden = _layer(hidden, bias, weights, f"encoder.layer.{layer}", n_heads, epsilon)
    return ov.Model([_pool(hidden, seen)], [words, seen], "bert")


def _count_layers(weights: Weights) -> int:
    return 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))


def _embed(words: Node, weights: Weights) -> Node:
    """Word, position and segment vectors, summed: B×T×D. One text an input, so the segment is always the first."""
    length = op.gather(op.shape_of(words), np.int64(1), np.int64(0))
    positions = op.range(np.int64(0), length, np.int64(1), ov.Type.i64)
    table = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    return op.add(words, op.gather(_constant(table), positions, np.int64(0)))


def _layer(hidden: Node, bias: Node, weights: Weights, name: str, n_heads: int, epsilon: float) -> Node:
    """One transformer layer, normalised after each half as in the original BERT."""
    attended = _linear(
        _attend(hidden, bias, weights, f"{name}.attention.self", n_heads), weights, f"{name}.attention.output.dense"
    )
    hidden = _normalise(op.add(hidden, attended), weights, f"{name}.attention.output.LayerNorm", epsilon)
    inner = op.gelu(_linear(hidden, weights, f"{name}.intermediate.dense"), "erf")
    outer = _linear(inner, weights, f"{name}.output.dense")
    return _normalise(op.add(hidden, outer), weights, f"{name}.output.LayerNorm", epsilon)


def _attend(hidden: Node, bias: Node, weights: Weights, name: str, n_heads: int) -> Node:
    """Self-attention over the tokens that `bias` does not mask, heads joined again: B×T×D."""

    def heads(part: str) -> Node:
        split = op.reshape(_linear(hidden, weights, f"{name}.{part}"), [0, 0, n_heads, -1], special_zero=True)
        return op.transpose(split, [0, 2, 1, 3])  # B×H×T×(D/H)

    mixed = op.scaled_dot_product_attention(heads("query"), heads("key"), heads("value"), bias)
    return op.reshape(op.transpose(mixed, [0, 2, 1, 3]), [0, 0, -1], special_zero=True)


def _linear(values: Node, weights: Weights, name: str) -> Node:
    product = op.matmul(values, _constant(weights[f"{name}.weight"]), transpose_a=False, transpose_b=True)
    return op.add(product, _constant(weights[f"{name}.bias"]))


def _normalise(values: Node, weights: Weights, name: str, epsilon: float) -> Node:
    centred = op.mvn(values, [-1], normalize_variance=True, eps=epsilon, eps_mode="inside_sqrt")
    return op.add(op.multiply(centred, _constant(weights[f"{name}.weight"])), _constant(weights[f"{name}.bias"]))


def _pool(hidden: Node, seen: Node) -> Node:
    """The mean over the tokens that are not padding, at unit length: B×D."""
    total = op.reduce_sum(op.multiply(hidden, op.unsqueeze(seen, [2])), np.int64(1))
    mean = op.divide(total, op.reduce_sum(seen, np.int64(1), keep_dims=True))
    return op.normalize_l2(mean, [1], 1e-12, "max")


def _constant(values: np.ndarray) -> Node:
    return op.constant(np.ascontiguousarray(values, dtype=np.float32))
