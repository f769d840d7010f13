"""Running headers and footers, told by their standing at the edge of page after page. Knows lines, no layout."""

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["strip_repeated_lines"]

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,7}|[IVXLC]{1,7}")
_PAGE_LABEL = re.compile(r"\W*(?:(?:page|seite|p\.?|第)\W*)?#(?:\W*(?:of|von|/|页|共)*\W*#?\W*页?)?\W*", re.IGNORECASE)
_EDGE = 3  # lines at the top and at the bottom of a page that may be a header or a footer


def strip_repeated_lines(pages: Sequence[str]) -> list[str]:
    """The pages without the lines that repeat at their edges, digits ignored; two pages or more are needed.

    A line goes if it stands within three lines of the edge on more than half of the pages (on all of them where there
    are fewer than four). The first occurrence stays, for a header may be the only place that tells a version or a date;
    bare page numbers go everywhere. A page that holds nothing else is left alone. Headings (#) stay.
    """
    lines_by_page = [page.split("\n") for page in pages]
    edges = [_edge_lines(lines) for lines in lines_by_page]
    counts = Counter(key for edge in edges for key in set(edge.values()))
    n_filled = sum(bool(edge) for edge in edges)
    least = n_filled // 2 + 1 if n_filled >= 4 else max(n_filled, 2)
    repeated = {key for key, count in counts.items() if count >= least}
    seen: set[str] = set()
    return [_strip(lines, edge, repeated, seen) for lines, edge in zip(lines_by_page, edges, strict=True)]


def _strip(lines: Sequence[str], edge: dict[int, str], repeated: set[str], seen: set[str]) -> str:
    doomed = set()
    for index, key in edge.items():
        if key in repeated and (key in seen or _PAGE_LABEL.fullmatch(key)):
            doomed.add(index)
    seen.update(key for key in edge.values() if key in repeated)
    kept = [line for index, line in enumerate(lines) if index not in doomed]
    return "\n".join(kept if any(line.strip() for line in kept) else lines)


def _edge_lines(lines: Sequence[str]) -> dict[int, str]:
    """Index to comparable form of the lines near the edges of one page."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    near = filled[:_EDGE] + filled[-_EDGE:]
    return {index: _comparable(lines[index]) for index in near if not lines[index].startswith("#")}


def _comparable(line: str) -> str:
    text = " ".join(line.split())
    return "#" if _ROMAN.fullmatch(text) else _DIGITS.sub("#", text).casefold()
