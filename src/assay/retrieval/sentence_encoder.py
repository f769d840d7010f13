"""Any sentence-transformers model, by folder or hub id, on torch. Knows no index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assay.errors import InputError, MissingExtra
from assay.privacy import hub_for
from assay.retrieval.fingerprint import fingerprint

__all__ = ["SentenceEncoder", "find_folder"]

BATCH = 64


class SentenceEncoder:
    """A sentence-transformers model, on a GPU where there is one.

    Models of the E5 family were trained with "query: " and "passage: " before the text and get them here; for others
    the prompts in the model's own configuration are used.
    """

    def __init__(self, source: str, title: str | None = None):
        """Load from a folder or, where the network allows it, from the hub.

        Raises:
            MissingExtra: sentence-transformers is not installed.
            InputError: there is no such model, or it cannot be read.
        """
        self._model = _load(source)
        self._is_e5 = "e5" in Path(source).name.lower()
        self.name = f"{title or Path(source).name}@{_version(source, self._model)}"
        self.dimension = int(self._model.get_embedding_dimension())

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32."""
        return self._encode(self._model.encode_query, texts, "query: ")

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32; what exceeds the model's window is not read."""
        return self._encode(self._model.encode_document, texts, "passage: ")

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str], prefix: str) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        prompt = {"prompt": prefix} if self._is_e5 else {}
        vectors = encode(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, **prompt)
        return np.asarray(vectors, dtype=np.float32)


def find_folder(source: str) -> Path | None:
    """The folder of a model: itself, or where the hub's files of an id are kept; None where the hub gives none."""
    if Path(source).is_dir() or source.startswith(("/", ".")):
        return Path(source) if Path(source).is_dir() else None
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        with hub_for(source):
            return Path(snapshot_download(source, allow_patterns=["*.json", "*.safetensors", "*.txt", "*.model"]))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError):
        return None


def _load(source: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingExtra(
            'this encoder needs sentence-transformers: pip install "assay[cpu]" without a GPU, "assay[gpu]" with one'
        ) from error
    is_path = source.startswith(("/", "."))
    if is_path and not Path(source).is_dir():  # else it would be looked up on the hub
        raise InputError(f'there is no folder "{source}" to load an encoder from')
    try:
        with hub_for(source):
            return SentenceTransformer(source)
    except (OSError, ValueError) as error:
        raise InputError(
            f'cannot load the encoder "{source}": {error}. Give a folder that holds a sentence-transformers model, '
            "or the id of one that this machine can download"
        ) from error


def _version(source: str, model: Any) -> str:
    """What changes with the weights: a fingerprint of the file in a folder, else the hub's commit."""
    for name in ("model.safetensors", "pytorch_model.bin"):
        if (Path(source) / name).is_file():
            return fingerprint(Path(source) / name)
    return str(getattr(model[0].auto_model.config, "_commit_hash", None) or "unknown")[:8]
