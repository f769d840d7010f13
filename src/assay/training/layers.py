"""Layers of a model in training that compute the same as the library's in fewer passes over memory, for CPUs.

A small model on a CPU that multiplies fast in bfloat16 spends most of a step on everything else: PEFT's layer makes of
an adapter a chain of casts, products, a scaling and an addition, each with a pass forth and one back; and torch's
attention kernel for CPUs goes back in float32, several times as slowly as its products written out.
"""

import math
from types import MethodType
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import linear, pad

__all__ = ["CausalAttention", "attend", "make_fast"]

_ATTENTION = "written out"
_ROWS = 256  # whose attention is computed backwards at a time


def make_fast(model: Any) -> None:
    """Exchange the layers of a model on a CPU, in place. Names, weights and what is saved stay as they are."""
    from peft.tuners.lora import Linear

    for layer in model.modules():
        if type(layer) is Linear and _is_plain(layer):
            layer.forward = MethodType(_forward_adapted, layer)
    if model.config._attn_implementation == "sdpa":
        _register_attention()
        model.set_attn_implementation(_ATTENTION)


def _is_plain(layer: Any) -> bool:
    """Whether an adapted layer is W + s·B·A and nothing more: no dropout, no magnitudes, nothing quantised."""
    (name,) = layer.active_adapters
    parts = (layer.lora_A[name], layer.lora_B[name])
    is_plain = type(layer.base_layer) is torch.nn.Linear and all(part.bias is None for part in parts)
    return is_plain and not layer.lora_variant and isinstance(layer.lora_dropout[name], torch.nn.Identity)


def _forward_adapted(layer: Any, x: Tensor) -> Tensor:
    (name,) = layer.active_adapters
    base, a, b = layer.base_layer, layer.lora_A[name].weight, layer.lora_B[name].weight
    y: Tensor = _Adapted.apply(x, base.weight, base.bias, a, b, layer.scaling[name])  # type: ignore[no-untyped-call]
    return y


class _Adapted(torch.autograd.Function):
    """x·(W + s·B·A)ᵀ + bias with W O×I frozen, A r×I and B O×r; all products in the dtype of W."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor | None, a: Tensor, b: Tensor, scale: float) -> Tensor:
        rows, a_, b_ = x.reshape(-1, x.shape[-1]).to(weight.dtype), a.to(weight.dtype), b.to(weight.dtype)
        low = linear(rows, a_)  # N×r
        y = linear(rows, weight, bias).addmm_(low, b_.T, alpha=scale)
        ctx.save_for_backward(rows, low, weight, a_, b_)
        ctx.scale, ctx.dtypes = scale, (x.dtype, a.dtype, b.dtype)
        return y.view(*x.shape[:-1], -1)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        rows, low, weight, a, b = ctx.saved_tensors
        grad = grads[0].reshape(-1, weight.shape[0])
        in_low = (grad @ b).mul_(ctx.scale)  # N×r
        to_x = (grad @ weight).addmm_(in_low, a)
        to_a, to_b = in_low.T @ rows, (low.T @ grad).T.mul(ctx.scale)
        x_dtype, a_dtype, b_dtype = ctx.dtypes
        to_x = to_x.to(x_dtype).view(*grads[0].shape[:-1], -1)
        return to_x, None, None, to_a.to(a_dtype), to_b.to(b_dtype), None


def _register_attention() -> None:
    from transformers import AttentionInterface
    from transformers.masking_utils import AttentionMaskInterface, sdpa_mask

    AttentionInterface.register(_ATTENTION, attend)
    AttentionMaskInterface.register(_ATTENTION, sdpa_mask)


def attend(
    module: Any, query: Tensor, key: Tensor, value: Tensor, attention_mask: Tensor | None, **options: Any
) -> tuple[Tensor, None]:
    """Attention in transformers' interface: query B×H×T×D, key and value B×K×T×D, mask B×1×T×T, to B×T×H×D."""
    from transformers.integrations.sdpa_attention import sdpa_attention_forward

    is_causal = options.get("is_causal") is None and query.shape[2] == key.shape[2] and not options.get("dropout")
    if query.dtype != torch.bfloat16 or not is_causal or (attention_mask is not None and len(attention_mask) > 1):
        left: tuple[Tensor, None] = sdpa_attention_forward(module, query, key, value, attention_mask, **options)
        return left
    seen = None if attention_mask is None else attention_mask[0, 0]
    out: Tensor = CausalAttention.apply(query, key, value, seen, options["scaling"])  # type: ignore[no-untyped-call]
    return out.transpose(1, 2).contiguous(), None


class CausalAttention(torch.autograd.Function):
    """Attention B×H×T×D where places see no later ones, and of the others those that `seen` T×T says; None: all.

    Forwards by torch's kernel. Backwards by products, a block of rows at a time, from the logarithms that the kernel
    gives of the softmax's denominators (Dao et al. 2022). These, and the row sums of the softmax's gradient, are
    subtracted within the products, by two more columns: a product in bfloat16 is rounded when it is complete, and then
    the scores that weigh most are near 0, where little is rounded off.
    """

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, seen: Tensor | None, scale: float) -> Tensor:
        """B×H×T×D of a query of that shape and of keys and values B×K×T×D; `scale` multiplies the products."""
        n = query.shape[1] // key.shape[1]
        hidden = None if seen is None else torch.zeros(seen.shape, dtype=query.dtype).masked_fill_(~seen, -math.inf)
        out, log_sums = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu(
            query,
            key.repeat_interleave(n, 1),
            value.repeat_interleave(n, 1),
            0.0,
            seen is None,
            attn_mask=None if hidden is None else hidden[None, None],
            scale=scale,
        )
        ctx.save_for_backward(query, key, value, out, log_sums)
        ctx.seen, ctx.scale = seen, scale
        return out  # type: ignore[no-any-return]

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        """The gradients of query, key and value."""
        query, key, value, out, log_sums = ctx.saved_tensors
        n_keys, length, _ = key.flatten(0, 1).shape

        def by_key(x: Tensor) -> Tensor:  # M×n×T×D: behind each key head the heads that ask it
            return x.reshape(n_keys, -1, length, x.shape[-1])

        asked, grad = by_key(query * ctx.scale), by_key(grads[0])
        asked_less = _less(asked, by_key(log_sums[..., None]))
        grad_less = _less(grad, (grad.float() * by_key(out)).sum(-1, keepdim=True))
        keys, values = key.flatten(0, 1), value.flatten(0, 1)  # M×T×D
        keys_one, values_one = (pad(x, (0, 2), value=1.0) for x in (keys, values))
        to_query = torch.empty_like(asked)
        to_keys, to_values = (torch.zeros_like(x, dtype=torch.float32) for x in (keys, values))
        for start in range(0, length, _ROWS):
            end = min(start + _ROWS, length)
            rows = [x[:, :, start:end].flatten(1, 2) for x in (asked, asked_less, grad, grad_less)]  # M×(n·rows)×D
            shares = (rows[1] @ keys_one[:, :end].mT).exp_()
            by_head = shares.view(-1, end - start, end)
            by_head.tril_(start)
            if ctx.seen is not None:
                by_head.masked_fill_(~ctx.seen[start:end, :end], 0.0)
            to_scores = (rows[3] @ values_one[:, :end].mT).mul_(shares)
            to_query[:, :, start:end] = (to_scores @ keys[:, :end]).view_as(asked[:, :, start:end])
            to_keys[:, :end] += to_scores.mT @ rows[0]
            to_values[:, :end] += shares.mT @ rows[2]
        to_key, to_value = (x.to(key.dtype).view_as(key) for x in (to_keys, to_values))
        return to_query.mul_(ctx.scale).view_as(query), to_key, to_value, None, None


def _less(x: Tensor, subtrahend: Tensor) -> Tensor:
    """x with two more columns, whose sum is minus the subtrahend, more exactly than its own dtype has it."""
    first = subtrahend.to(x.dtype)
    rest = (subtrahend - first).to(x.dtype)
    return torch.cat([x, -first, -rest], -1)
