"""Where a quote stands, as people are told it. Knows words; knows no answer."""

from assay.words import message

__all__ = ["place_of"]


def place_of(document: str | None, page: int | None, lang: str) -> str:
    """A document and, where it has pages, the page."""
    return message("reply.page", lang, document=document, page=page) if page else str(document)
