"""Where pieces of plain text stand in the Markdown that they were made from. Knows letters, no marks.

The plain text's letters and digits are those of the Markdown with some left out (addresses of links, names of tags).
Matched from the front, each falls on its own place or before it; matched from the back, on its own place or behind it.
So the first letter of a piece, matched from the front, and its last one, matched from the back, enclose it whatever was
left out.
"""

from collections.abc import Iterable, Sequence

__all__ = ["locate_pieces"]

Span = tuple[int, int]


def locate_pieces(pieces: Sequence[str], plain: str, page: str, span: Span) -> list[Span]:
    """For each piece of `plain`, in order, offsets in `page` within `span` that enclose its source."""
    source = page[span[0] : span[1]]
    places = list(_find(pieces, plain))
    if plain == source:
        return [(span[0] + start, span[0] + end) for start, end in places]
    starts = _match(plain, source, range(len(plain)), range(len(source)))
    ends = _match(plain, source, range(len(plain) - 1, -1, -1), range(len(source) - 1, -1, -1))
    located = []
    for start, end in places:
        first = next((starts[index] for index in range(start, end) if index in starts), 0)
        last = next((ends[index] for index in range(end - 1, start - 1, -1) if index in ends), len(source) - 1)
        located.append((span[0] + first, span[0] + last + 1))
    return located


def _find(pieces: Iterable[str], plain: str) -> Iterable[Span]:
    end = 0
    for piece in pieces:
        start = plain.index(piece, end)
        end = start + len(piece)
        yield start, end


def _match(plain: str, source: str, order: Iterable[int], source_order: Iterable[int]) -> dict[int, int]:
    """The index in `source` of each letter and digit of `plain`, each the next one that is the same."""
    matched = {}
    rest = iter(source_order)
    for index in order:
        character = plain[index]
        if character.isalnum():
            place = next((at for at in rest if source[at] == character), None)
            if place is None:
                break
            matched[index] = place
    return matched
