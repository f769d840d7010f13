"""What an encoder is, and which one a corpus gets. Knows no index."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np

from assay.errors import MissingExtra
from assay.models.known import ENGLISH_ENCODER, KNOWN, MULTILINGUAL_ENCODER, KnownModel, require_weights
from assay.retrieval.precision import Precision
from assay.words import message

if TYPE_CHECKING:
    from assay.retrieval.bert_encoder import BertParts

__all__ = ["Encoder", "encoder_warning", "load_encoder", "load_encoder_parts"]

EMBEDDED = {"en": ENGLISH_ENCODER, "zh": MULTILINGUAL_ENCODER}  # language -> the known encoder that reads it


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
    """The encoder of that name, or the known one of the language; None: search by full text alone.

    Args:
        name: a known encoder (`assay models`); a folder or a hub id of a sentence-transformers model; URL#MODEL of an
            OpenAI-compatible endpoint; "none" for no encoder; "auto" or None for the known one of the language.
        language: "en" or "zh", of the corpus: see `corpus_language`. With "auto", where nothing is installed that runs
            its encoder, passages are found by full text alone, and `encoder_warning` says so.
        precision: of BERT-like models on a CPU, or what comes nearest here: see `BertEncoder`. "auto": the fastest that
            was measured to find as well as float32, int8 for the known English encoder and bfloat16 for others.

    Raises:
        MissingExtra: the encoder is not on this machine, or what runs it is not installed.
        InputError: the named model cannot be loaded.
        EngineError: the endpoint does not answer.
    """
    if name == "none":
        return None
    chosen = None if precision == "auto" else cast(Precision, precision)
    if name is not None and name.startswith(("http://", "https://")):
        from assay.retrieval.endpoint_encoder import open_endpoint_encoder

        return open_endpoint_encoder(name)
    if name in (None, "auto"):
        known = KNOWN[EMBEDDED[language]]
        return _load_known(known, chosen) if _can_run(known) else None
    if name in EMBEDDED.values():
        return _load_known(KNOWN[name], chosen)
    return _load_named(name, chosen or "bfloat16")


def load_encoder_parts(name: str, language: str) -> BertParts | None:
    """What the encoder of that name, or the known one of the language, is built from, to be tuned.

    None where it is behind an endpoint, of an unknown kind, not here, or without OpenVINO, whose graph reads it.
    """
    if name == "none" or name.startswith(("http://", "https://")) or find_spec("openvino") is None:
        return None
    known = KNOWN.get(EMBEDDED[language] if name == "auto" else name)
    if known is None:
        from assay.retrieval.bert_folder import load_bert_folder
        from assay.retrieval.sentence_encoder import find_folder

        folder = find_folder(name)
        return load_bert_folder(folder, Path(name).name) if folder is not None else None
    return _known_parts(known) if known.find() is not None else None


def encoder_warning(encoder: Encoder | None, lang: str) -> str | None:
    """A line in `lang` when passages are found by words alone, and what would change that; else None."""
    return message("encoder.none", lang) if encoder is None else None


def _can_run(known: KnownModel) -> bool:
    """Whether something is installed that runs a known encoder."""
    engines = ("openvino", "sentence_transformers") if known.name == ENGLISH_ENCODER else ("openvino",)
    return any(map(find_spec, engines))


def _load_named(source: str, precision: Precision) -> Encoder:
    """On a CPU the own graph where it knows the model; everything else on torch.

    Raises:
        MissingExtra: nothing is installed that reads it.
    """
    if find_spec("sentence_transformers") is None:
        raise MissingExtra(
            f'an encoder on this machine, such as "{source}", needs sentence-transformers: pip install "assay[cpu]" '
            'without a GPU, "assay[gpu]" with one; or give an endpoint as URL#MODEL'
        )
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


def _load_known(known: KnownModel, precision: Precision | None) -> Encoder:
    """On OpenVINO where that is installed (several times as fast on a CPU), else on torch.

    Raises:
        MissingExtra: it is not on this machine, or nothing that runs it is installed.
    """
    if not _can_run(known):
        raise MissingExtra(
            f'nothing is installed that runs {known.name}: pip install "assay[cpu]", name another encoder, or none to '
            "search by words alone"
        )
    parts = _known_parts(known) if find_spec("openvino") is not None else None
    if parts is not None:
        from assay.retrieval.bert_encoder import BertEncoder

        return BertEncoder(parts, precision or ("int8" if known.name == ENGLISH_ENCODER else "bfloat16"))
    from assay.retrieval.sentence_encoder import SentenceEncoder

    return SentenceEncoder(str(require_weights(known)), known.name)


def _known_parts(known: KnownModel) -> BertParts | None:
    weights = require_weights(known)
    if known.name == MULTILINGUAL_ENCODER:
        from assay.retrieval.multilingual import load_multilingual

        return load_multilingual(weights)
    from assay.retrieval.bert_folder import load_bert_folder

    return load_bert_folder(weights, known.name)
