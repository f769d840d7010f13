"""Tiny models with random weights and the embedded model's tokenizer."""

from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

from assay.models import LocalModel

_SIZES = {
    "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "max_position_embeddings": 512, "rms_norm_eps": 1e-5,
}  # fmt: skip


def write_tiny(folder: Path, base: LocalModel, kind: str = "llama", **more: Any) -> Path:
    """A random model of two layers with the embedded model's tokenizer; float32."""
    tokenizer = AutoTokenizer.from_pretrained(base.folder)
    config = AutoConfig.for_model(kind, **(_SIZES | {"vocab_size": len(tokenizer), "eos_token_id": 2} | more))
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(config)
    for name, weight in model.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.normal_(weight)  # zeros would hide that they are lost
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
