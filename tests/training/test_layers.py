from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from assay.training import layers
from assay.training.methods import load_trainable

_T = 300  # more than one block of rows


@pytest.fixture(params=["causal", "tree"])
def seen(request: pytest.FixtureRequest) -> Tensor | None:
    """None, or the mask of a stem with two branches behind it."""
    if request.param == "causal":
        return None
    places = torch.arange(_T)
    branch = (places >= 100).int() + (places >= 220).int()
    return ((branch == 0) | (branch == branch[:, None])).tril()


def _of_torch(query: Tensor, key: Tensor, value: Tensor, seen: Tensor | None) -> Tensor:
    mask = torch.ones(_T, _T, dtype=torch.bool).tril() if seen is None else seen
    return scaled_dot_product_attention(query, key.repeat_interleave(3, 1), value.repeat_interleave(3, 1), mask)


def _of_ours(query: Tensor, key: Tensor, value: Tensor, seen: Tensor | None) -> Tensor:
    out: Tensor = layers.CausalAttention.apply(query, key, value, seen, query.shape[-1] ** -0.5)
    return out


def _attended(attend: Callable[..., Tensor], seen: Tensor | None, dtype: torch.dtype) -> list[Tensor]:
    """The result and the gradients of query, key and value, of the same numbers every time: large scores among them."""
    generator = torch.Generator().manual_seed(0)
    sizes = ((2, 9, 3.0), (2, 3, 2.0), (2, 3, 1.0), (2, 9, 1.0))
    query, key, value, grad = (
        (size * torch.randn(n, heads, _T, 64, generator=generator)).to(dtype) for n, heads, size in sizes
    )
    inputs = [x.requires_grad_() for x in (query, key, value)]
    out = attend(*inputs, seen)
    return [x.double() for x in (out.detach(), *torch.autograd.grad(out, inputs, grad))]


def test_attention_and_its_gradients_are_torchs(seen: Tensor | None) -> None:
    theirs = _attended(_of_torch, seen, torch.float32)
    ours = _attended(_of_ours, seen, torch.float32)
    for mine, other in zip(ours, theirs, strict=True):
        assert (mine - other).norm() <= 1e-5 * other.norm()


def test_in_bfloat16_attention_is_as_exact_as_torchs_kernel(seen: Tensor | None) -> None:
    exact = _attended(_of_torch, seen, torch.float64)
    theirs, ours = (_attended(attend, seen, torch.bfloat16) for attend in (_of_torch, _of_ours))
    for mine, other, right in zip(ours, theirs, exact, strict=True):
        assert (mine - right).norm() <= 1.1 * (other - right).norm()


@pytest.fixture
def plain_and_fast(small: Path, in_float32: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Any]]:
    """The same adapted model with the libraries' layers and with ours; the adapter does something."""
    with monkeypatch.context() as patch:
        patch.setattr(layers, "make_fast", lambda model: None)
        plain = load_trainable(small, "lora", 8, "all-linear")
    fast = load_trainable(small, "lora", 8, "all-linear")
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for mine, other in zip(fast.parameters(), plain.parameters(), strict=True):
            if mine.requires_grad:
                mine.copy_(other + 0.02 * torch.randn(mine.shape, generator=generator))
                other.copy_(mine)
    yield plain, fast


def test_a_fast_model_has_the_gradients_of_the_plain_one(plain_and_fast: tuple[Any, Any]) -> None:
    ids = torch.randint(1, 1000, (2, 40), generator=torch.Generator().manual_seed(0))
    losses, grads = [], []
    for model in plain_and_fast:
        loss = model(input_ids=ids, labels=ids).loss
        losses.append(loss.item())
        grads.append(torch.autograd.grad(loss, [p for p in model.parameters() if p.requires_grad]))
    assert losses[1] == pytest.approx(losses[0], rel=1e-5)
    for mine, other in zip(grads[1], grads[0], strict=True):
        assert (mine - other).norm() <= 1e-4 * other.norm()


def test_which_layers_are_exchanged(plain_and_fast: tuple[Any, Any], small: Path) -> None:
    from peft.tuners.lora import Linear

    def n_exchanged(model: Any) -> int:
        return sum("forward" in vars(layer) for layer in model.modules() if isinstance(layer, Linear))

    plain, fast = plain_and_fast
    n_adapted = sum(isinstance(layer, Linear) for layer in fast.modules())
    assert (n_exchanged(plain), n_exchanged(fast)) == (0, n_adapted) and n_adapted > 0
    assert plain.config._attn_implementation != fast.config._attn_implementation
    assert n_exchanged(load_trainable(small, "dora", 8, "all-linear")) == 0  # it has magnitudes as well


def test_nothing_of_it_is_saved(plain_and_fast: tuple[Any, Any], tmp_path: Path) -> None:
    _, fast = plain_and_fast
    fast.merge_and_unload().save_pretrained(tmp_path)
    assert "written" not in (tmp_path / "config.json").read_text()
