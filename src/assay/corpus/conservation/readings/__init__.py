"""The second readings: one file a format, which reads the raw bytes and knows nothing of the first reading."""

from collections.abc import Callable

from assay.corpus.conservation.piece import Piece
from assay.corpus.conservation.readings import (
    csv_tsv,
    docx,
    eml,
    epub,
    html,
    markdown,
    odf,
    pptx,
    rtf,
    txt,
    xlsx,
)

__all__ = ["read_again"]


def read_again(suffix: str, data: bytes) -> tuple[Piece, ...] | None:
    """The pieces of a file of this kind; None where the format has no second reading, or it failed on this file."""
    reading = _READINGS.get(suffix)
    if reading is None:
        return None
    try:
        return tuple(reading(data))
    except Exception:  # of whatever kind: the second reading checks the first, and must never be what fails
        return None


# A reading may raise whatever a broken file makes it raise: there is no account then. That of PDFs needs the open pages
# and is called by whoever has them.
_READINGS: dict[str, Callable[[bytes], list[Piece]]] = {
    **dict.fromkeys((".docx", ".docm"), docx.read),
    ".pptx": pptx.read,
    **dict.fromkeys((".xlsx", ".xlsm"), xlsx.read),
    **dict.fromkeys((".odt", ".ods", ".odp"), odf.read),
    **dict.fromkeys((".html", ".htm"), html.read),
    ".epub": epub.read,
    ".rtf": rtf.read,
    **dict.fromkeys((".md", ".markdown"), markdown.read),
    ".txt": txt.read,
    **dict.fromkeys((".csv", ".tsv"), csv_tsv.read),
    ".eml": eml.reader(read_again),
}
