"""Where the letters of a quote stand among those of a page. Knows letters and digits; knows no boxes and no files.

Readers of one page disagree about spaces, marks, hyphens and sometimes about the order of columns and cells, and agree
about letters. So a quote is looked for by its letters and digits alone: in one piece, else in the pieces that the page
holds of it.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

__all__ = ["LEAST_SHARE", "Letters", "Match", "find_quote", "letters_of"]

LEAST_SHARE = 0.8  # of a quote's letters that have to be found for the place to be the quote's
_PIECE = 8  # letters that a piece needs to be looked for on the whole page
_SHORT = 2  # and near the piece before it, where a cell of a table may be no longer
_NEAR = 160  # letters of the page that are near
_MISREAD = 4  # letters of the page between two pieces of a quote that belong to it
_AROUND = 60  # letters before and after that tell two places of the same words apart

Span = tuple[int, int]


@dataclass(frozen=True)
class Letters:
    """The letters and digits of a text, case and width taken off, and the index in that text where each stands."""

    text: str
    places: tuple[int, ...]

    def source(self, span: Span) -> Span:
        """A span of letters as a span of the text that they were taken from."""
        return self.places[span[0]], self.places[span[1] - 1] + 1


@dataclass(frozen=True)
class Match:
    """Spans of a page's letters, in the order of the quote, and the share of the quote's letters that they hold."""

    spans: tuple[Span, ...]
    share: float


def letters_of(pieces: Sequence[str]) -> Letters:
    """The letters of a text, or of characters or words that stand one by one; a ligature counts as its letters."""
    kept: list[str] = []
    places: list[int] = []
    for place, piece in enumerate(pieces):
        for one in _plain(piece):
            kept.append(one)
            places.append(place)
    return Letters("".join(kept), tuple(places))


def find_quote(quote: str, page: str, before: str = "", after: str = "") -> Match:
    """Where a quote stands; all three texts and the page are letters as of `letters_of`.

    Of several places the one is taken whose neighbours are most like what stands before and after the quote in its
    passage. A match with a share below `LEAST_SHARE` is no place of the quote.
    """
    if not quote:
        return Match((), 0.0)
    whole = list(_occurrences(quote, page))
    if whole:
        best = max(whole, key=lambda start: (_likeness(page, start, start + len(quote), before, after), -start))
        return Match(((best, best + len(quote)),), 1.0)
    nearest = _nearest(quote, page)
    return nearest if nearest.share >= LEAST_SHARE else _matched(quote, _pieces(quote, page))


def _plain(piece: str) -> str:
    text = piece.lower() if piece.isascii() else unicodedata.normalize("NFKC", piece).casefold()
    return text if text.isalnum() else "".join(one for one in text if one.isalnum())


def _occurrences(wanted: str, page: str) -> Iterator[int]:
    start = page.find(wanted)
    while start >= 0:
        yield start
        start = page.find(wanted, start + 1)


def _likeness(page: str, start: int, end: int, before: str, after: str) -> int:
    """How many letters agree next to a place, backwards from its start and forwards from its end."""
    left = zip(reversed(before[-_AROUND:]), reversed(page[max(0, start - _AROUND) : start]), strict=False)
    right = zip(after[:_AROUND], page[end : end + _AROUND], strict=False)
    return _n_agreeing(left) + _n_agreeing(right)


def _n_agreeing(pairs: Iterator[tuple[str, str]]) -> int:
    n = 0
    for one, other in pairs:
        if one != other:
            break
        n += 1
    return n


def _matched(quote: str, spans: Sequence[Span]) -> Match:
    return Match(tuple(spans), sum(end - start for start, end in spans) / len(quote))


def _nearest(quote: str, page: str) -> Match:
    """The place that takes the fewest edits to become the quote, without what stands between its pieces there."""
    end = _end_of_nearest(quote, page)
    low = max(0, end - 2 * len(quote))
    start = end - _end_of_nearest(quote[::-1], page[low:end][::-1])
    blocks = SequenceMatcher(None, quote, page[start:end], autojunk=False).get_matching_blocks()
    spans: list[Span] = []
    n_matched = sum(block.size for block in blocks)
    for block in blocks[:-1]:  # the last one is empty
        first = start + block.b
        if spans and first - spans[-1][1] <= _MISREAD:
            spans[-1] = (spans[-1][0], first + block.size)
        else:
            spans.append((first, first + block.size))
    return Match(tuple(spans), n_matched / len(quote))


def _end_of_nearest(quote: str, page: str) -> int:
    """Where the part of the page ends that takes the fewest edits to become the quote (Sellers 1980)."""
    codes = np.frombuffer(page.encode("utf-32-le"), np.uint32)
    steps = np.arange(len(page) + 1)
    edits = np.zeros(len(page) + 1, int)  # a quote may begin anywhere
    for n, letter in enumerate(quote, start=1):
        changed = np.minimum(edits[:-1] + (codes != ord(letter)), edits[1:] + 1)
        edits = np.minimum.accumulate(np.concatenate(([n], changed)) - steps) + steps
    return int(edits.argmin())


def _pieces(quote: str, page: str) -> list[Span]:
    """The longest pieces that the page holds, from the quote's start on; none twice."""
    spans: list[Span] = []
    at, last = 0, -1
    while at < len(quote):
        found = _longest(quote, at, page, last, spans)
        if found is None:
            at += 1
            continue
        spans.append(found)
        at += found[1] - found[0]
        last = found[1]
    return spans


def _longest(quote: str, at: int, page: str, last: int, taken: Sequence[Span]) -> Span | None:
    """The longest piece from `at` on: a long one anywhere, the nearest behind `last`; else a short one near it."""
    length = _PIECE
    places = _free(quote[at : at + length], page, taken) if at + length <= len(quote) else []
    if places:
        start = min(places, key=lambda place: (_common(quote, at, page, place) * -1, abs(place - last)))
        return start, start + _common(quote, at, page, start)
    if last < 0:
        return None
    low, high = max(0, last - _NEAR), min(len(page), last + _NEAR)
    near = [low + place for place in _free(quote[at : at + _SHORT], page[low:high], ())]
    near = [place for place in near if not any(start <= place < end for start, end in taken)]
    if not near or at + _SHORT > len(quote):
        return None
    start = min(near, key=lambda place: (_common(quote, at, page, place) * -1, abs(place - last)))
    return start, start + _common(quote, at, page, start)


def _free(wanted: str, page: str, taken: Sequence[Span]) -> list[int]:
    return [one for one in _occurrences(wanted, page) if not any(start <= one < end for start, end in taken)]


def _common(quote: str, at: int, page: str, place: int) -> int:
    return _n_agreeing(zip(quote[at:], page[place:], strict=False))
