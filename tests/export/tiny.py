"""Tiny models with random weights and a vocabulary of their own: what reads and writes them takes no time."""

from pathlib import Path
from typing import Any

import torch
import transformers
from tokenizers import AddedToken, Tokenizer, decoders, models, trainers
from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence

_SIZES = {
    "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "max_position_embeddings": 512, "rms_norm_eps": 1e-5, "vocab_size": 512,
}  # fmt: skip
_CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def write_tiny(folder: Path, kind: str = "llama", **more: Any) -> Path:
    """A random model of two layers, in float32, with a ChatML tokenizer of a few hundred tokens."""
    tokenizer = _build_tokenizer()
    config = transformers.AutoConfig.for_model(kind, **(_SIZES | {"eos_token_id": tokenizer.eos_token_id} | more))
    torch.manual_seed(0)
    model = transformers.AutoModelForCausalLM.from_config(config)
    for name, weight in model.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.normal_(weight)  # zeros would hide that they are lost
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _build_tokenizer() -> Any:
    core = Tokenizer(models.BPE())
    core.pre_tokenizer = Sequence([Digits(individual_digits=True), ByteLevel(add_prefix_space=False)])
    core.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=400, initial_alphabet=ByteLevel.alphabet(), show_progress=False)
    core.train_from_iterator(["the office has ten parking places and the canteen serves lunch in the office"], trainer)
    core.add_special_tokens([AddedToken(word, special=True) for word in ("<|im_start|>", "<|im_end|>")])
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=core, eos_token="<|im_end|>", pad_token="<|im_end|>"
    )
    tokenizer.chat_template = _CHATML
    return tokenizer
