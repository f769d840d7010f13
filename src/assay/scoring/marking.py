"""An answer's text cut where its citation marks go, and the quotes numbered. Knows no layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

__all__ = ["UNSUPPORTED", "MarkedPiece", "mark_sentences"]

UNSUPPORTED = 0


class _Cited(Protocol):
    @property
    def sentence(self) -> str: ...
    @property
    def passage(self) -> str | None: ...
    @property
    def quote(self) -> str | None: ...


C = TypeVar("C", bound=_Cited)


@dataclass(frozen=True)
class MarkedPiece:
    """A piece of the text as written, and the number of the quote behind it.

    `mark` counts from 1; `UNSUPPORTED` where no passage supports the sentence, None where there is nothing to support.
    """

    text: str
    mark: int | None


def mark_sentences(text: str, citations: Sequence[C]) -> tuple[list[MarkedPiece], list[C]]:
    """The pieces, which joined are the text, and the citations by number: a quote cited twice has one number."""
    pieces: list[MarkedPiece] = []
    numbered: dict[tuple[str, str | None], C] = {}
    end = 0
    for one in citations:
        start = text.find(one.sentence, end)
        if start < 0:  # not a sentence of this text
            continue
        if one.passage is not None:
            numbered.setdefault((one.passage, one.quote), one)
        mark = UNSUPPORTED if one.passage is None else list(numbered).index((one.passage, one.quote)) + 1
        pieces.append(MarkedPiece(text[end : start + len(one.sentence)], mark))
        end = start + len(one.sentence)
    rest = [MarkedPiece(text[end:], None)] if text[end:] else []
    return [*pieces, *rest], list(numbered.values())
