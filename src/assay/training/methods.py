"""What is trained, by name: an adapter of few weights, all weights, or those of the last layers. Knows no data.

The evidence behind ranks, rates and layers is in docs/design/03-tuning.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from typing import Any

from assay.errors import MissingExtra, TrainingError

__all__ = ["METHODS", "Method", "default_learning_rate", "load_trainable"]

_LAST_LAYERS = 0.25  # share of the layers that "last-layers" trains (Lee et al. 2019)
_RSLORA_RANKS = 4  # rank-stabilised adapters are made for high ranks: times the rank that is set
_RSLORA_ALPHA = 16


@dataclass(frozen=True)
class Method:
    """One way of tuning.

    Args:
        mark: makes what is to be trained trainable, and nothing else: (model, rank, targets) -> model.
        rate: the learning rate, in those of a LoRA adapter.
        is_adapter: whether what it writes is a LoRA adapter; otherwise it is a whole model.
        has_rank: whether rank and layers matter: of everything with an adapter while it is trained.
        is_quantised: whether the base is held in four bits, which takes CUDA.
    """

    mark: Callable[[Any, int, str], Any]
    rate: float = 1.0
    is_adapter: bool = True
    has_rank: bool = True
    is_quantised: bool = False


def default_learning_rate(hidden_size: int, method: str = "lora") -> float:
    """The rate for a model's width: LoRA's is 5e-5 · 10 · (2000 / width)^0.781 (Thinking Machines, 2025)."""
    return float(METHODS[method].rate * 5e-4 * (2000 / hidden_size) ** 0.781)


def load_trainable(
    folder: Path, method: str, rank: int, targets: str, start: Path | None = None, dtype: str = "auto"
) -> Any:
    """The model on its device, what the method trains marked, in its initial state or that of the adapter `start`.

    Weights that are trained themselves are in float32, because a small step is lost in bfloat16.

    Raises:
        MissingExtra: QLoRA without bitsandbytes.
        TrainingError: QLoRA without CUDA.
    """
    import torch
    from transformers import AutoModelForCausalLM

    from assay.models.transformers import choose_dtype, pick_device
    from assay.training import layers

    device, chosen = pick_device(), METHODS[method]
    held = choose_dtype(dtype, device) if chosen.is_adapter else torch.float32
    options = _four_bits(device) if chosen.is_quantised else {}
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=held, **options)
    placed = model if chosen.is_quantised else model.to(device)
    marked = chosen.mark(placed, rank, targets) if start is None else _go_on_from(placed, start)
    marked.train()
    if device == "cpu":
        layers.exchange_adapted_layers(marked)
    return marked


def _four_bits(device: str) -> dict[str, Any]:
    """How a base in four bits is loaded: NF4 with quantised constants, products in bfloat16 (Dettmers et al. 2023)."""
    import torch
    from transformers import BitsAndBytesConfig

    if device != "cuda":
        raise TrainingError("QLoRA needs a CUDA device: tune with another method here")
    if find_spec("bitsandbytes") is None:
        raise MissingExtra('QLoRA needs bitsandbytes: pip install "assay[gpu]"')
    quantised = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )
    return {"quantization_config": quantised, "device_map": {"": torch.cuda.current_device()}}


def _lora(model: Any, rank: int, targets: str) -> Any:
    return _with_adapter(model, rank, targets, lora_alpha=2 * rank)


def _dora(model: Any, rank: int, targets: str) -> Any:
    return _with_adapter(model, rank, targets, lora_alpha=2 * rank, use_dora=True)


def _rslora(model: Any, rank: int, targets: str) -> Any:
    return _with_adapter(model, _RSLORA_RANKS * rank, targets, lora_alpha=_RSLORA_ALPHA, use_rslora=True)


def _qlora(model: Any, rank: int, targets: str) -> Any:
    from peft import prepare_model_for_kbit_training

    return _lora(prepare_model_for_kbit_training(model, use_gradient_checkpointing=False), rank, targets)


def _with_adapter(model: Any, rank: int, targets: str, **options: Any) -> Any:
    from peft import LoraConfig, get_peft_model

    layers = "all-linear" if targets == "all-linear" else None  # None: PEFT's own choice, projections of attention
    return get_peft_model(model, LoraConfig(r=rank, target_modules=layers, task_type="CAUSAL_LM", **options))


def _go_on_from(model: Any, adapter: Path) -> Any:
    from peft import PeftModel

    return PeftModel.from_pretrained(model, adapter, is_trainable=True)


def _full(model: Any, rank: int, targets: str) -> Any:
    return model.requires_grad_(True)


def _last_layers(model: Any, rank: int, targets: str) -> Any:
    import torch

    layers = max((part for part in model.modules() if isinstance(part, torch.nn.ModuleList)), key=len)
    model.requires_grad_(False)
    for layer in layers[-ceil(_LAST_LAYERS * len(layers)) :]:
        layer.requires_grad_(True)
    return model


METHODS: dict[str, Method] = {
    "lora": Method(_lora),
    "dora": Method(_dora, is_adapter=False),  # an adapter that engines do not know: it is merged into the weights
    "rslora": Method(_rslora),
    "qlora": Method(_qlora, is_quantised=True),
    "full": Method(_full, rate=0.1, is_adapter=False, has_rank=False),
    "last-layers": Method(_last_layers, rate=0.1, is_adapter=False, has_rank=False),
}
