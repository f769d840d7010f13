"""A BERT sentence encoder as an OpenVINO graph, built from its weights; knows no files and no tokenizer.

Built here rather than exported: it needs neither torch nor an exporter, and loads in half a second. RoBERTa and XLM-R
are the same graph with other positions.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal

import numpy as np

__all__ = ["Pooling", "build_bert"]

ov: Any = import_module("openvino")
op: Any = import_module("openvino.opset13")  # its operators are not typed

Node = Any
Model = Any
Weights = Mapping[str, np.ndarray]
Pooling = Literal["mean", "cls"]

FAR = np.float32(1e30)  # taken off an attention score: nothing is left of it after the softmax


def build_bert(
    weights: Weights, n_heads: int, epsilon: float, pooling: Pooling = "mean", first_position: int = 0
) -> Model:
    """The graph of a BERT encoder: word vectors B×T×D and mask B×T in, unit vectors B×D out.

    The word vectors come from outside: their table is the largest tensor by far and may be packed.

    Args:
        weights: tensors by the names of a Hugging Face BERT checkpoint, without a prefix.
        n_heads: attention heads in every layer.
        epsilon: what layer normalisation adds to the variance.
        pooling: "mean" over the tokens that are not padding, or "cls", the first token.
        first_position: row of the position table that the first token gets: 0 in BERT, 2 in RoBERTa and XLM-R.
    """
    n_wide = weights["embeddings.position_embeddings.weight"].shape[1]
    words = op.parameter([-1, -1, n_wide], ov.Type.f32, name="words")  # B×T×D
    seen = op.parameter([-1, -1], ov.Type.f32, name="mask")  # B×T, 0 where padded
    bias = op.unsqueeze(op.multiply(op.subtract(seen, np.float32(1)), FAR), [1, 2])  # B×1×1×T
    hidden = _normalise(_embed(words, weights, first_position), weights, "embeddings.LayerNorm", epsilon)
    for layer in range(_count_layers(weights)):
        hidden = _layer(hidden, bias, weights, f"encoder.layer.{layer}", n_heads, epsilon)
    pooled = _mean(hidden, seen) if pooling == "mean" else op.gather(hidden, np.int64(0), np.int64(1))
    return ov.Model([op.normalize_l2(pooled, [1], 1e-12, "max")], [words, seen], "bert")


def _count_layers(weights: Weights) -> int:
    return 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))


def _embed(words: Node, weights: Weights, first_position: int) -> Node:
    """Word, position and segment vectors, summed: B×T×D. One text an input, so the segment is always the first."""
    length = op.gather(op.shape_of(words), np.int64(1), np.int64(0))
    positions = op.range(np.int64(0), length, np.int64(1), ov.Type.i64)
    rows = weights["embeddings.position_embeddings.weight"][first_position:]
    table = rows + weights["embeddings.token_type_embeddings.weight"][0]
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
    product.set_friendly_name(name)  # to be found by, when some layers are kept in float32
    return op.add(product, _constant(weights[f"{name}.bias"]))


def _normalise(values: Node, weights: Weights, name: str, epsilon: float) -> Node:
    centred = op.mvn(values, [-1], normalize_variance=True, eps=epsilon, eps_mode="inside_sqrt")
    return op.add(op.multiply(centred, _constant(weights[f"{name}.weight"])), _constant(weights[f"{name}.bias"]))


def _mean(hidden: Node, seen: Node) -> Node:
    """The mean over the tokens that are not padding: B×D."""
    total = op.reduce_sum(op.multiply(hidden, op.unsqueeze(seen, [2])), np.int64(1))
    return op.divide(total, op.reduce_sum(seen, np.int64(1), keep_dims=True))


def _constant(values: np.ndarray) -> Node:
    return op.constant(np.ascontiguousarray(values, dtype=np.float32))
