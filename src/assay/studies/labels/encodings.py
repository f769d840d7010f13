"""The sentence encoder of a study and the vectors that it gave: the same texts are learnt from again and again."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assay.retrieval import Encoder

__all__ = ["Encodings"]


class Encodings:
    """Opened when it is first asked.

    Args:
        open_encoder: gives the encoder, or None where there is none.
    """

    def __init__(self, open_encoder: Callable[[], Encoder | None]) -> None:
        self._open = open_encoder
        self._kept: dict[str, npt.NDArray[np.float32]] = {}

    @cached_property
    def encoder(self) -> Encoder | None:
        """The encoder."""
        return self._open()

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Vectors N×D of unit length, of texts to be learnt from; there must be an encoder."""
        assert self.encoder is not None  # the way that asks is left out without one
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        self._kept |= dict(zip(new, self.encoder.encode_queries(new), strict=True)) if new else {}
        return np.stack([self._kept[text] for text in texts])
