"""Likeness by pairs of characters, where no encoder fits the language."""

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

__all__ = ["encode_bigrams"]

_BIGRAM_DIMENSION = 4096


def encode_bigrams(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Hashed counts of character pairs, unit length (N, 4096): likeness where no encoder fits the language."""
    vectors = np.zeros((len(texts), _BIGRAM_DIMENSION), dtype=np.float32)
    for row, text in enumerate(texts):
        for pair in pairwise(text):
            vectors[row, crc32("".join(pair).encode()) % _BIGRAM_DIMENSION] += 1
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors
