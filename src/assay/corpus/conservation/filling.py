"""What the first reading lost is put into the pages. Knows pages and pieces; knows no format."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

from assay.corpus.blocks import parse_blocks
from assay.corpus.conservation.accounting import account_for
from assay.corpus.conservation.piece import Piece
from assay.corpus.document import Account, LeftOut, Page, Unaccounted

__all__ = ["fill_pages"]

_APART = 0.5  # of the words of a file missing: one of its two readings understood nothing
_LEAST = 20  # words for that
_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_<>#|[]"})


def fill_pages(
    title: str, pages: Sequence[Page], left_out: Iterable[LeftOut], pieces: Sequence[Piece]
) -> tuple[tuple[Page, ...], Account]:
    """The pages with what only the second reading found at their ends, and the account of the words.

    Where the readings have so little in common that the first one must have failed, the pages are the second one's.
    """
    account = account_for(pieces, _texts(title, pages), left_out)
    n_lost = sum(len(one.words) for one in account.unaccounted)
    if n_lost > _APART * account.n_words and account.n_words >= _LEAST:
        return _second_pages(pages, pieces), replace(account, unaccounted=(), is_second=True)
    taken = [one for one in account.unaccounted if one.is_taken]
    return _with(pages, taken), account


def _texts(title: str, pages: Iterable[Page]) -> Iterator[str]:
    yield title
    for page in pages:
        for block in parse_blocks(page.text):
            yield "\n".join((block.text, *block.rows))


def _with(pages: Sequence[Page], taken: Sequence[Unaccounted]) -> tuple[Page, ...]:
    if not taken or not pages:
        return tuple(pages)
    numbers = {page.number for page in pages}
    last = pages[-1].number
    added: dict[int | None, list[str]] = {}
    for one in taken:
        added.setdefault(one.page if one.page in numbers else last, []).append(_escape(one.piece))
    return tuple(
        replace(page, text="\n\n".join(filter(None, (page.text, "  \n".join(added.get(page.number, ()))))))
        for page in pages
    )


def _second_pages(pages: Sequence[Page], pieces: Sequence[Piece]) -> tuple[Page, ...]:
    """A page for each that the second reading tells, and a paragraph a piece."""
    held = [piece for piece in pieces if piece.exclusion is None]
    second = {
        number: "\n\n".join(_escape(piece.text) for piece in group if piece.text.strip())
        for number, group in groupby(held, lambda piece: piece.page)
    }
    if None in second and pages and pages[0].number is not None:
        return (Page(pages[0].number, second[None]),)
    return tuple(Page(number, text) for number, text in chain(second.items()) if text)


def _escape(text: str) -> str:
    """Words as Markdown, with single spaces between them."""
    return " ".join(text.split()).translate(_SPECIAL)
