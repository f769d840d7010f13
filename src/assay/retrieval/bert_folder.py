"""BERT-like encoders in sentence-transformers folders, read. Knows their layout; what it does not know is torch's.

BERT, RoBERTa and XLM-R with mean or CLS pooling are known: most small encoders in use.
"""

from __future__ import annotations

import hashlib
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from assay.retrieval.bert import Pooling
from assay.retrieval.bert_encoder import BertParts
from assay.retrieval.fingerprint import fingerprint

__all__ = ["load_bert_folder"]

FAMILIES = ("bert", "roberta", "xlm-roberta")
WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
E5_PROMPTS = ("query: ", "passage: ")  # the folders of that family do not hold them
RENAMED = {"gamma": "weight", "beta": "bias"}  # the first names of layer normalisation, still written by some


def load_bert_folder(folder: Path, title: str) -> BertParts | None:
    """What an encoder is built from; None where the folder holds something else than this module knows.

    Args:
        folder: as sentence-transformers saves it.
        title: what people call the model; the encoder's name adds a fingerprint of the weights, and of pooling and
            prompts where they are not the usual ones.
    """
    pooling = _pooling(folder)
    config = _read(folder / "config.json")
    if pooling is None or not _is_known(folder, config):
        return None
    first_position = 0 if config["model_type"] == "bert" else config["pad_token_id"] + 1
    tokenizer = _load_tokenizer(folder, config["max_position_embeddings"] - first_position)
    weights = _load_weights(folder)
    table = weights["embeddings.word_embeddings.weight"]
    prompts = _prompts(folder, title)
    return BertParts(
        name=f"{title}@{fingerprint(folder / WEIGHTS)}{_mark(pooling, prompts)}",
        tokenize=lambda texts: [encoding.ids for encoding in tokenizer.encode_batch(texts)],
        words=lambda ids: np.asarray(table[ids], dtype=np.float32),
        weights=weights,
        n_heads=config["num_attention_heads"],
        epsilon=config["layer_norm_eps"],
        query_prefix=prompts[0],
        passage_prefix=prompts[1],
        pooling=pooling,
        first_position=first_position,
    )


def _is_known(folder: Path, config: dict[str, Any]) -> bool:
    """Whether the graph does all that the model does."""
    return (
        config.get("model_type") in FAMILIES
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and not _read(folder / "sentence_bert_config.json").get("do_lower_case")
        and "bfloat16" not in (config.get("dtype"), config.get("torch_dtype"))
        and (folder / WEIGHTS).is_file()
        and (folder / TOKENIZER).is_file()
    )


def _pooling(folder: Path) -> Pooling | None:
    """How token vectors become one; None for a pooling or a module that is not known."""
    modules = _read(folder / "modules.json", [])
    kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]) or modules[0]["path"]:
        return None
    settings = _read(folder / modules[1]["path"] / "config.json")
    if not settings.get("include_prompt", True):
        return None
    switches = {mode for mode, is_on in settings.items() if mode.startswith("pooling_mode_") and is_on is True}
    if settings.get("pooling_mode") == "mean" or switches == {"pooling_mode_mean_tokens"}:
        return "mean"
    if settings.get("pooling_mode") == "cls" or switches == {"pooling_mode_cls_token"}:
        return "cls"
    return None


def _prompts(folder: Path, title: str) -> tuple[str, str]:
    """What is put before queries and before passages, by the rules of sentence-transformers."""
    if "e5" in title.lower():
        return E5_PROMPTS
    prompts = _read(folder / "config_sentence_transformers.json").get("prompts") or {}
    passage = next((prompts[name] for name in ("document", "passage", "corpus") if name in prompts), "")
    return prompts.get("query", ""), passage


def _mark(pooling: Pooling, prompts: tuple[str, str]) -> str:
    if pooling == "mean" and not any(prompts):
        return ""
    return f"-{pooling}-{hashlib.sha256(repr(prompts).encode()).hexdigest()[:4]}"


def _load_weights(folder: Path) -> dict[str, np.ndarray]:
    """Tensors in float32 by the names that `build_bert` knows."""
    safetensors: Any = import_module("safetensors")
    weights = {}
    with safetensors.safe_open(folder / WEIGHTS, framework="np") as file:
        for name in file.keys():  # noqa: SIM118 (no mapping)
            plain = name.removeprefix("bert.").removeprefix("roberta.")
            stem, _, last = plain.rpartition(".")
            weights[f"{stem}.{RENAMED.get(last, last)}"] = file.get_tensor(name)
    return weights


def _load_tokenizer(folder: Path, window: int) -> Any:
    """The folder's tokenizer, cutting at the shortest of the limits that the folder sets."""
    tokenizers: Any = import_module("tokenizers")  # its types are incomplete
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / TOKENIZER))
    limits = [
        _read(folder / "sentence_bert_config.json").get("max_seq_length"),
        _read(folder / "tokenizer_config.json").get("model_max_length"),
    ]
    tokenizer.enable_truncation(int(min([window, *(limit for limit in limits if limit)])))
    tokenizer.no_padding()
    return tokenizer


def _read(path: Path, default: Any = None) -> Any:
    """A JSON file's value, or the default ({}) where there is none."""
    if not path.is_file():
        return {} if default is None else default
    return json.loads(path.read_text("utf-8"))
