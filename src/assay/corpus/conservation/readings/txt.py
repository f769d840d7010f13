"""Plain text: itself."""

from assay.corpus.conservation.piece import Piece
from assay.corpus.encoding import decode_text

__all__ = ["read"]


def read(data: bytes) -> list[Piece]:
    """A piece a line."""
    return [Piece(line) for line in decode_text(data).splitlines()]
