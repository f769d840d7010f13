"""Adapted layers that compute the same as PEFT's with fewer passes over memory, for a training on a CPU.

PEFT makes of an adapter a chain of casts, products, a scaling and an addition, each with a pass forth and one back. On
a CPU that multiplies fast these take longer than the products, which are all that is left here.
"""

from types import MethodType
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import linear

__all__ = ["exchange_adapted_layers"]


def exchange_adapted_layers(model: Any) -> None:
    """Exchange, in place, how the adapted layers of a model compute. Their weights and what is saved stay the same."""
    from peft.tuners.lora import Linear

    for layer in model.modules():
        if type(layer) is Linear and _is_plain(layer):
            layer.forward = MethodType(_forward_adapted, layer)


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
        """The result, in the dtype of W, of x of any shape that ends in I."""
        rows, a_, b_ = x.reshape(-1, x.shape[-1]).to(weight.dtype), a.to(weight.dtype), b.to(weight.dtype)
        low = linear(rows, a_)  # N×r
        y = linear(rows, weight, bias).addmm_(low, b_.T, alpha=scale)
        ctx.save_for_backward(rows, low, weight, a_, b_)
        ctx.scale, ctx.dtypes = scale, (x.dtype, a.dtype, b.dtype)
        return y.view(*x.shape[:-1], -1)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        """The gradients of x, A and B."""
        rows, low, weight, a, b = ctx.saved_tensors
        grad = grads[0].reshape(-1, weight.shape[0])
        in_low = (grad @ b).mul_(ctx.scale)  # N×r
        to_x = (grad @ weight).addmm_(in_low, a)
        to_a, to_b = in_low.T @ rows, (low.T @ grad).T.mul(ctx.scale)
        x_dtype, a_dtype, b_dtype = ctx.dtypes
        to_x = to_x.to(x_dtype).view(*grads[0].shape[:-1], -1)
        return to_x, None, None, to_a.to(a_dtype), to_b.to(b_dtype), None
