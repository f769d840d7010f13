"""PPTX: the paragraphs of the slides in the order of the show, with their notes, comments, charts and diagrams."""

from collections.abc import Iterator

from assay.corpus.conservation.piece import Piece
from assay.corpus.conservation.readings.parts import Parts, drawn_paragraphs, local_name
from assay.corpus.document import Exclusion

__all__ = ["read"]

_DECK = "ppt/presentation.xml"


def read(data: bytes) -> list[Piece]:
    """A piece a paragraph; those of hidden slides are excluded."""
    parts = Parts(data)
    related = parts.related(_DECK)
    slides = [
        related[value][1]
        for each in parts.root(_DECK).iter()
        if local_name(each) == "sldId"
        for value in each.attrib.values()
        if value in related
    ]
    return [piece for number, name in enumerate(slides, start=1) for piece in _slide(parts, name, number)]


def _slide(parts: Parts, name: str, number: int) -> Iterator[Piece]:
    slide = parts.root(name)
    exclusion: Exclusion | None = "hidden" if slide.get("show") in ("0", "false") else None
    texts = list(drawn_paragraphs(slide))
    for kind, target in parts.related(name).values():
        if kind == "notesSlide":
            texts += _notes(parts, target)
        elif kind in ("chart", "diagramData"):
            texts += drawn_paragraphs(parts.root(target))
        elif kind == "comments":
            texts += [each.text or "" for each in parts.root(target).iter() if local_name(each) in ("text", "t")]
    yield from (Piece(text, exclusion, number) for text in texts)


def _notes(parts: Parts, name: str) -> Iterator[str]:
    """What was written as notes: a notes page shows its slide, its number and the date as well."""
    for shape in (each for each in parts.root(name).iter() if local_name(each) == "sp"):
        if any(local_name(each) == "ph" and each.get("type") == "body" for each in shape.iter()):
            yield from drawn_paragraphs(shape)
