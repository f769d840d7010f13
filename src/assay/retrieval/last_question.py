"""An encoder that does not encode the same question twice in a row. Knows no index."""

from collections.abc import Sequence

import numpy as np

from assay.retrieval.encoder import Encoder

__all__ = ["LastQuestion"]


class LastQuestion:
    """Another encoder that keeps the vector of the question it was last given alone; implements `Encoder`.

    Whoever answers one question needs its vector several times: to see whether the documents are about it, to search,
    to choose examples. Several questions together are always encoded: their vectors are rounded together.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        self._encoder = encoder
        self._last: tuple[str, np.ndarray] | None = None

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32; raises as the other encoder does."""
        if len(texts) != 1:
            return self._encoder.encode_queries(texts)
        last = self._last
        if last is None or last[0] != texts[0]:
            last = self._last = (texts[0], self._encoder.encode_queries(texts))
        return last[1].copy()

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32; raises as the other encoder does."""
        return self._encoder.encode_passages(texts)
