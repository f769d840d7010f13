"""Running headers and footers, told by their standing at the edge of page after page. Knows lines, no layout."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from assay.corpus.document import LeftOut

__all__ = ["list_taken_lines", "strip_repeated_lines"]

_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,7}|[IVXLC]{1,7}")
_PAGE_LABEL = re.compile(r"\W*(?:(?:page|p\.?|slide|folie|seite|第)\s*)?#\s*(?:页|(?:of|/)\s*\d+)?\W*")
_COUNTING_TITLE = re.compile(
    r"[^\W\d_][^\d|·•–—]*[^\W\d_][ .]?\d{1,3}[.:]?"
)  # "Pay grade 2": a title, where it stands first
_DEPTH = 3  # lines that a header or a footer may have

Key = tuple[str, int]


def strip_repeated_lines(pages: Sequence[str], titles: Sequence[Collection[str]] = ()) -> list[str]:
    """The pages without the lines that repeat at their edges; pages that hold nothing else are left alone.

    Lines are taken off from the outside in, three at either edge at most, as long as the outermost line stands there on
    more than half of the pages (on all of them where there are fewer than four). Of a number only that is
    ignored which counts with the pages: rows of a form that differ in their amounts stay. The first occurrence stays
    as well, for a header may be the only place that tells a version or a date; bare page numbers go everywhere.
    Headings (#) and rows of tables (|) stay, and so do titles that count: "Pay grade 1" on the first page, "Pay
    grade 2" on the next.

    Args:
        pages: their lines.
        titles: for each page the lines that are set as a title.
    """
    set_as_titles = [*titles] or [()] * len(pages)
    kept = [[line for line in page.split("\n")] for page in pages]
    for from_end in (False, True):
        seen: set[Key] = set()
        held: list[list[str]] = [[] for _ in kept]  # first occurrences, taken off and put back
        peeling = set(range(len(kept)))
        for _ in range(_DEPTH):
            peeling = _peel(kept, held, peeling, seen, from_end, set_as_titles)
        for lines, first in zip(kept, held, strict=True):
            lines[:] = [*lines, *reversed(first)] if from_end else [*first, *lines]
    texts = ["\n".join(lines) for lines in kept]
    return [text if text.strip() else page for text, page in zip(texts, pages, strict=True)]


def list_taken_lines(pages: Sequence[str], kept: Sequence[str], numbers: Sequence[int | None]) -> tuple[LeftOut, ...]:
    """What `strip_repeated_lines` took off, each line once, and how often it stood there.

    Args:
        pages: as they were.
        kept: as they are.
        numbers: of the pages.
    """
    taken: dict[str, list[tuple[int | None, str]]] = {}
    for before, after, number in zip(pages, kept, numbers, strict=True):
        for line in (Counter(before.split("\n")) - Counter(after.split("\n"))).elements():
            if line.strip():
                taken.setdefault(line.strip(), []).append((number, line.strip()))
    return tuple(LeftOut(found[0][1], "repeated", found[0][0], len(found)) for found in taken.values())


def _peel(
    kept: list[list[str]],
    held: list[list[str]],
    peeling: set[int],
    seen: set[Key],
    from_end: bool,
    titles: Sequence[Collection[str]],
) -> set[int]:
    """Take the outermost line off the pages where it repeats; which pages these were."""
    outermost = {number: _outermost(kept[number], from_end) for number in peeling}
    lines = {number: kept[number][at] for number, at in outermost.items() if at is not None}
    keys = {
        number: _keys(line, number, not from_end and _is_counting_title(line, line.strip() in titles[number]))
        for number, line in lines.items()
    }
    counts = Counter(key for found in keys.values() for key in found)
    n_pages = len(kept)
    least = n_pages // 2 + 1 if n_pages >= 4 else max(n_pages, 2)
    peeled = set()
    for number in sorted(keys):
        repeated = [key for key in keys[number] if counts[key] >= least]
        at = outermost[number]
        if not repeated or at is None:
            continue
        if not seen.intersection(repeated) and not any(_PAGE_LABEL.fullmatch(text) for text, _ in repeated):
            held[number].append(kept[number][at])
        seen.update(repeated)
        del kept[number][at]
        peeled.add(number)
    return peeled


def _outermost(lines: Sequence[str], from_end: bool) -> int | None:
    filled = [index for index, line in enumerate(lines) if line.strip()]
    return filled[-1 if from_end else 0] if filled else None


def _is_counting_title(line: str, is_set_as_title: bool) -> bool:
    if _PAGE_LABEL.fullmatch(_NUMBER.sub("#", line.casefold(), count=1)):
        return False
    return is_set_as_title or _COUNTING_TITLE.fullmatch(line.strip()) is not None


def _keys(line: str, number: int, is_title: bool) -> set[Key]:
    """What lines of other pages must share: the whole text, or all but one number that counts with the pages."""
    if line.startswith(("#", "|")):
        return set()
    if is_title:
        return {(" ".join(line.split()).casefold(), 0)}
    text = " ".join(line.split()).casefold()
    if _ROMAN.fullmatch(line.strip()):
        return {("#", -1)}
    counted = {
        (f"{text[: found.start()]}#{text[found.end() :]}", int(found.group()) - number)
        for found in _NUMBER.finditer(text)
        if len(found.group()) <= 4
    }
    return {(text, 0), *counted}
