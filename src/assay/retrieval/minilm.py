"""A BERT sentence encoder from a sentence-transformers folder. Knows only models with mean pooling."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from assay.retrieval.bert_encoder import BertEncoder, BertParts
from assay.retrieval.fingerprint import fingerprint

__all__ = ["load_minilm"]


def load_minilm(folder: Path, title: str) -> BertEncoder:
    """The encoder in a folder, with the vectors of the torch model to six digits at about twice its speed.

    Args:
        folder: config.json, model.safetensors, tokenizer.json and sentence_bert_config.json.
        title: what people call the model; the encoder's name adds a fingerprint of the weights.
    """
    from safetensors.numpy import load_file

    config = json.loads((folder / "config.json").read_text("utf-8"))
    weights = load_file(folder / "model.safetensors")
    table = weights["embeddings.word_embeddings.weight"]
    tokenizer = _load_tokenizer(folder)

    def tokenize(texts: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in tokenizer.encode_batch(texts)]

    def words(ids: np.ndarray) -> np.ndarray:
        return np.asarray(table[ids], dtype=np.float32)

    return BertEncoder(
        BertParts(
            name=f"{title}@{fingerprint(folder / 'model.safetensors')}",
            tokenize=tokenize,
            words=words,
            weights=weights,
            n_heads=config["num_attention_heads"],
            epsilon=config["layer_norm_eps"],
        )
    )


def _load_tokenizer(folder: Path) -> Any:
    tokenizers: Any = import_module("tokenizers")  # its types are incomplete
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    settings = json.loads((folder / "sentence_bert_config.json").read_text("utf-8"))
    tokenizer.enable_truncation(settings["max_seq_length"])
    tokenizer.no_padding()
    return tokenizer
