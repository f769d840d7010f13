"""EPUB: the pages of the book in the order of its spine."""

from urllib.parse import unquote

from assay.corpus.conservation.piece import Piece
from assay.corpus.conservation.readings import html
from assay.corpus.conservation.readings.parts import Parts, local_name

__all__ = ["read"]


def read(data: bytes) -> list[Piece]:
    """A piece a block; the table of contents is excluded."""
    parts = Parts(data)
    names = [e.get("full-path", "") for e in parts.root("META-INF/container.xml").iter() if local_name(e) == "rootfile"]
    book = parts.root(names[0])
    folder = names[0].rpartition("/")[0]
    items = {each.get("id"): each for each in book.iter() if local_name(each) == "item"}
    order = [each.get("idref") for each in book.iter() if local_name(each) == "itemref"]
    pieces = []
    for each in (items[one] for one in order if one in items):
        name = f"{folder}/{unquote(each.get('href', ''))}".lstrip("/")
        found = html.read(parts.raw(name)) if name in parts.names else []
        is_contents = "nav" in each.get("properties", "").split()
        pieces += [Piece(piece.text, "site") for piece in found] if is_contents else found
    return pieces
