"""A Hugging Face folder as a GGUF file: models like Llama and Qwen2 with a byte-level BPE vocabulary, and no others.

What `assay.models.gguf` can read, written; llama.cpp's own converter knows many more.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from assay.errors import InputError
from assay.models.gguf import build_tokenizer

__all__ = ["write_gguf"]

Fields = dict[str, Any]

_ARCHITECTURES = ("llama", "qwen2")
_FILE_TYPES = {16: 1, 8: 7}  # GGUF's numbers for "mostly F16" and "mostly Q8_0"
_SPLITTERS = ("smollm", "qwen2", "llama-bpe", "gpt-2")
# Tells the ways of cutting text before BPE from each other: digits, capitals after an apostrophe, signs before words.
_PROBE = "It's 2025, we'LL pay EUR 12345678 (net)\n\n  \t-word 中文，12年 i̇ £5"
_HELP = "name a checkout of llama.cpp, whose converter knows more: --set llama_cpp=FOLDER, or ASSAY_LLAMA_CPP"


def write_gguf(folder: Path, path: Path, bits: int = 8, name: str = "model") -> Path:
    """Write the model of `folder` to `path`, with matrices in F16 (16 bits) or Q8_0 (8); returns `path`.

    Raises:
        InputError: an architecture, a vocabulary or a kind of position that is not known here.
    """
    from gguf import GGML_QUANT_VERSION, GGUFType, GGUFWriter
    from transformers import AutoConfig

    config: Fields = AutoConfig.from_pretrained(folder).to_dict()
    _check(config)
    vocabulary = _read_vocabulary(folder, config["vocab_size"])
    writer = GGUFWriter(path, config["model_type"])
    writer.add_type(GGUFType.MODEL)
    writer.add_name(name)
    writer.add_quantization_version(GGML_QUANT_VERSION)
    writer.add_file_type(_FILE_TYPES[bits])
    _add_shape(writer, config)
    _add_vocabulary(writer, vocabulary)
    _add_weights(writer, folder, config, bits)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _check(config: Fields) -> None:
    rope = config.get("rope_parameters") or {}
    kind = rope.get("rope_type", "default")
    if config["model_type"] not in _ARCHITECTURES:
        raise InputError(f'GGUF cannot be written here for "{config["model_type"]}" models: {_HELP}')
    if kind != "default" or config.get("use_sliding_window"):
        what = "a sliding window" if kind == "default" else f'"{kind}" positions'
        raise InputError(f"GGUF cannot be written here for a model with {what}: {_HELP}")


def _add_shape(writer: Any, config: Fields) -> None:
    n_heads = config["num_attention_heads"]
    width = config.get("head_dim") or config["hidden_size"] // n_heads
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(n_heads)
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_key_length(width)
    writer.add_value_length(width)
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(config["rope_parameters"]["rope_theta"])
    writer.add_rope_dimension_count(width)
    writer.add_vocab_size(config["vocab_size"])


def _read_vocabulary(folder: Path, n_words: int) -> Fields:
    """The tokenizer of `folder` by GGUF's names; `n_words` is the height of the embedding, unused words included."""
    from gguf import TokenType
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    core = json.loads(tokenizer.backend_tokenizer.to_str())["model"]
    if core["type"] != "BPE" or core.get("byte_fallback") or not core.get("merges"):
        raise InputError(f"GGUF cannot be written here for this vocabulary, only for byte-level BPE: {_HELP}")
    added = tokenizer.added_tokens_decoder
    words = {i: word for word, i in tokenizer.get_vocab().items()}
    normal, control, own = TokenType.NORMAL, TokenType.CONTROL, TokenType.USER_DEFINED
    kinds = {i: control if added[i].special else own for i in added} | {
        i: TokenType.UNUSED for i in range(n_words) if i not in words
    }
    fields: Fields = {
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.tokens": [words.get(i, f"[PAD{i}]") for i in range(n_words)],
        "tokenizer.ggml.token_type": [int(kinds.get(i, normal)) for i in range(n_words)],
        "tokenizer.ggml.merges": [m if isinstance(m, str) else " ".join(m) for m in core["merges"]],
        "tokenizer.ggml.eos_token_id": tokenizer.eos_token_id,
        "tokenizer.ggml.bos_token_id": tokenizer.bos_token_id,
        "tokenizer.ggml.padding_token_id": tokenizer.pad_token_id,
        "tokenizer.chat_template": tokenizer.chat_template,
    }
    fields = {key: value for key, value in fields.items() if value is not None}
    starts_so = tokenizer.encode("a")[0] == tokenizer.bos_token_id
    return fields | {
        "tokenizer.ggml.pre": _splitter(tokenizer, fields, folder),
        "tokenizer.ggml.add_bos_token": tokenizer.bos_token_id is not None and starts_so,
    }


def _splitter(tokenizer: Any, fields: Fields, folder: Path) -> str:
    """The name of the way of cutting text with which our own reader gets the tokenizer's ids back."""
    wanted = tokenizer.encode(_PROBE, add_special_tokens=False)
    for name in _SPLITTERS:
        read = build_tokenizer(fields | {"tokenizer.ggml.pre": name}, folder)
        if read.encode(_PROBE, add_special_tokens=False) == wanted:
            return name
    raise InputError(f"GGUF cannot be written here: this tokenizer cuts text in a way that is not known. {_HELP}")


def _add_vocabulary(writer: Any, fields: Fields) -> None:
    writer.add_tokenizer_model(fields["tokenizer.ggml.model"])
    writer.add_tokenizer_pre(fields["tokenizer.ggml.pre"])
    writer.add_token_list(fields["tokenizer.ggml.tokens"])
    writer.add_token_types(fields["tokenizer.ggml.token_type"])
    writer.add_token_merges(fields["tokenizer.ggml.merges"])
    writer.add_add_bos_token(fields["tokenizer.ggml.add_bos_token"])
    for name in ("eos", "bos", "padding"):
        if f"tokenizer.ggml.{name}_token_id" in fields:
            writer.add_uint32(f"tokenizer.ggml.{name}_token_id", fields[f"tokenizer.ggml.{name}_token_id"])
    if "tokenizer.chat_template" in fields:
        writer.add_chat_template(fields["tokenizer.chat_template"])


def _add_weights(writer: Any, folder: Path, config: Fields, bits: int) -> None:
    """Vectors in float32, matrices narrower; a matrix whose rows are no multiple of 32 stays in F16."""
    import torch
    from gguf import MODEL_ARCH, GGMLQuantizationType, get_tensor_name_map
    from gguf.quants import quantize
    from transformers import AutoModelForCausalLM

    narrow, half = GGMLQuantizationType.Q8_0, GGMLQuantizationType.F16
    names = get_tensor_name_map(MODEL_ARCH[config["model_type"].upper()], config["num_hidden_layers"])
    weights = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).state_dict()
    if config.get("tie_word_embeddings"):
        weights.pop("lm_head.weight", None)
    for name, weight in weights.items():
        values = _in_their_order(name, weight.numpy(), config)
        target = names.get_name(name, try_suffixes=(".weight", ".bias"))
        if target is None:
            raise InputError(f"GGUF has no name for {name}: {_HELP}")
        if values.ndim == 1:
            writer.add_tensor(target, values)
        else:
            kind = narrow if bits == 8 and values.shape[-1] % 32 == 0 else half
            writer.add_tensor(target, quantize(values, kind), raw_dtype=kind)


def _in_their_order(name: str, values: np.ndarray, config: Fields) -> np.ndarray:
    """Query and key rows of Llama as llama.cpp wants them: what rotary positions pair, one row beside the other."""
    n_heads = {".q_proj.": config["num_attention_heads"], ".k_proj.": config["num_key_value_heads"]}
    for part, n in n_heads.items():
        if config["model_type"] == "llama" and part in name:
            halves = values.reshape(n, 2, values.shape[0] // n // 2, *values.shape[1:])
            return np.ascontiguousarray(halves.swapaxes(1, 2).reshape(values.shape))
    return values
