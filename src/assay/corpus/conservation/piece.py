"""What a second reading is made of."""

from dataclasses import dataclass

from assay.corpus.document import Exclusion

__all__ = ["Piece"]


@dataclass(frozen=True)
class Piece:
    """A paragraph, line or cell as it stands in the raw file; `exclusion` says why no passage has to hold it."""

    text: str
    exclusion: Exclusion | None = None
    page: int | None = None
