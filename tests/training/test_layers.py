from pathlib import Path
from typing import Any

import pytest
import torch

from assay.training import layers
from assay.training.methods import load_trainable


@pytest.fixture
def plain_and_fast(small: Path, in_float32: None, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    """The same adapted model with the libraries' layers and with ours; the adapter does something."""
    monkeypatch.setattr("assay.models.transformers.pick_device", lambda: "cpu")
    with monkeypatch.context() as patch:
        patch.setattr(layers, "exchange_adapted_layers", lambda model: None)
        plain = load_trainable(small, "lora", 8, "all-linear")
    fast = load_trainable(small, "lora", 8, "all-linear")
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for mine, other in zip(fast.parameters(), plain.parameters(), strict=True):
            if mine.requires_grad:
                mine.copy_(other + 0.02 * torch.randn(mine.shape, generator=generator))
                other.copy_(mine)
    return plain, fast


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
    assert n_exchanged(load_trainable(small, "dora", 8, "all-linear")) == 0  # it has magnitudes as well
