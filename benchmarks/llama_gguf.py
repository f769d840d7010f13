"""A Hugging Face folder as the GGUF file that llama.cpp reads, with Q8_0 matrices. Llama-like models only."""

import json
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["write_gguf"]

Settings = dict[str, Any]
_MOSTLY_Q8_0 = 7  # GGUF's number for the file type


def write_gguf(folder: Path, path: Path) -> Path:
    """Write the model of `folder` to `path`; returns `path`."""
    from gguf import GGUFWriter

    config: Settings = json.loads((folder / "config.json").read_text())
    writer = GGUFWriter(path, "llama")
    add_shape(writer, config)
    add_tokenizer(writer, folder, config["vocab_size"])
    add_weights(writer, folder, config)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def add_shape(writer: Any, config: Settings) -> None:
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(config["rope_parameters"]["rope_theta"])
    writer.add_rope_dimension_count(config["head_dim"])
    writer.add_vocab_size(config["vocab_size"])
    writer.add_file_type(_MOSTLY_Q8_0)


def add_tokenizer(writer: Any, folder: Path, n_words: int) -> None:
    """The vocabulary; used to write text out only, for prompts are given as token ids."""
    from gguf import TokenType
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    merges = json.loads((folder / "tokenizer.json").read_text())["model"]["merges"]
    special = tokenizer.added_tokens_decoder
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokenizer.convert_ids_to_tokens(list(range(n_words))))
    writer.add_token_types([TokenType.CONTROL if i in special else TokenType.NORMAL for i in range(n_words)])
    writer.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in merges])
    writer.add_eos_token_id(tokenizer.eos_token_id)


def add_weights(writer: Any, folder: Path, config: Settings) -> None:
    """Matrices as Q8_0, vectors as they are."""
    from gguf import MODEL_ARCH, GGMLQuantizationType, get_tensor_name_map
    from gguf.quants import quantize
    from safetensors.numpy import load_file

    q8 = GGMLQuantizationType.Q8_0
    names = get_tensor_name_map(MODEL_ARCH.LLAMA, config["num_hidden_layers"])
    n_heads = {".q_proj.": config["num_attention_heads"], ".k_proj.": config["num_key_value_heads"]}
    for name, weight in load_file(folder / "model.safetensors").items():
        values = weight.astype(np.float32)
        for part, n in n_heads.items():
            values = interleave(values, n) if part in name else values
        target = names.get_name(name, try_suffixes=(".weight",))
        if values.ndim == 1:
            writer.add_tensor(target, values)
        else:
            writer.add_tensor(target, quantize(values, q8), raw_dtype=q8)


def interleave(weight: Any, n_heads: int) -> Any:
    """Query or key rows in llama.cpp's order: the two halves that rotary positions pair, one row beside the other."""
    rows, columns = weight.shape
    halves = weight.reshape(n_heads, 2, rows // n_heads // 2, columns)
    return halves.swapaxes(1, 2).reshape(rows, columns)
