"""Documents and passages: what was read and where each piece stands. Knows no retrieval and no model."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assay.errors import AssayError

__all__ = [
    "Account",
    "Corpus",
    "Document",
    "Exclusion",
    "LeftOut",
    "Page",
    "Passage",
    "SkippedFile",
    "Unaccounted",
    "UnreadableFile",
]


class UnreadableFile(AssayError):
    """A file that cannot be read; the message is the reason, without the file's name."""


@dataclass(frozen=True)
class Page:
    """One page, slide or sheet; `number` counts from 1 and is None where the format has no pages."""

    number: int | None
    text: str  # Markdown


Exclusion = Literal["repeated", "site", "heading", "markup", "deleted", "hidden", "blank"]


@dataclass(frozen=True)
class LeftOut:
    """Text of a file that no passage holds, and why.

    "repeated": a running header or footer; "site": the site around a web page; "heading": one with nothing below it;
    "markup": a comment, an instruction for a program, or a piece without a word; "deleted": a tracked deletion;
    "hidden": what a reader is not shown (a hidden sheet, row, slide or run, text outside of the page); "blank": a page
    that shows nothing, without text.
    """

    text: str
    reason: Exclusion
    page: int | None = None  # where it stands first
    n: int = 1  # how often it stands there


@dataclass(frozen=True)
class Unaccounted:
    """Words that stand in a file by its second reading, and in none of its passages and exclusions."""

    words: tuple[str, ...]  # as they were compared: folded, one for each time that it is missing
    piece: str  # the paragraph, line or cell in which they stand
    page: int | None
    is_taken: bool  # whether the piece was put into the passages after all


@dataclass(frozen=True)
class Account:
    """Words in and words out of one file, a number being a word too; see `assay.corpus.conservation`."""

    n_words: int  # of the second reading, without its exclusions
    n_numbers: int  # of these
    unaccounted: tuple[Unaccounted, ...] = ()
    is_second: bool = False  # the readings had so little in common that the passages are made from the second one

    @property
    def n_lost(self) -> int:
        """Words that no passage holds: those of pieces that were put in after all do not count."""
        return sum(len(one.words) for one in self.unaccounted if not one.is_taken)

    @property
    def n_lost_numbers(self) -> int:
        """Those of the lost words that begin with a figure, but for their sign."""
        return sum(
            word.lstrip("+-")[:1].isdecimal() for one in self.unaccounted if not one.is_taken for word in one.words
        )


@dataclass(frozen=True)
class Document:
    """A file that was read. `id` is its path relative to the documents folder, with forward slashes."""

    id: str
    title: str
    sha256: str  # of the file's bytes
    pages: tuple[Page, ...]
    date: str = ""  # ISO, as precise as it tells ("2023", "2023-05-01"): from when it holds; "" where it does not say
    groups: tuple[str, ...] = ()  # who may read it; empty: everybody
    unread_pages: tuple[int, ...] = ()  # numbers of pages that show something, but no text that could be read
    unread_parts: tuple[str, ...] = ()  # attachments that could not be read, each with the reason
    left_out: tuple[LeftOut, ...] = ()  # what was taken off its pages when they were read
    account: Account | None = None  # None where the format has no second reading


@dataclass(frozen=True)
class Passage:
    """A piece of one document that fits the encoder; `id` depends only on document, place and text.

    `start` and `end` are offsets into the text of its page: `page.text[start:end]` is the Markdown that the passage was
    made from. It holds every word of the passage, but for the header of a table that is repeated above later rows.
    Both are 0 where the place is not known.
    """

    id: str
    document: str
    page: int | None
    heading: str  # "Leave > Annual leave", or ""
    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class SkippedFile:
    """A file that could not be read, and why, in a sentence for people."""

    path: str
    reason: str


@dataclass(frozen=True)
class Corpus:
    """Everything that was read of one documents folder, in path order."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    skipped: tuple[SkippedFile, ...]
    sha256: str  # of the passages in order, their titles and readers: what an index is built from
    view: str = ""  # names the readers for whom this is all there is; "" where nobody is kept out

    @cached_property
    def by_id(self) -> dict[str, Passage]:
        """Every passage by its id."""
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def positions(self) -> dict[str, int]:
        """The place of every passage in `passages`, by its id."""
        return {passage.id: position for position, passage in enumerate(self.passages)}

    @cached_property
    def page_texts(self) -> dict[tuple[str, int | None], str]:
        """The text of every page by its document and its number."""
        return {(document.id, page.number): page.text for document in self.documents for page in document.pages}
