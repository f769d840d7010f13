"""Long lists in pages of a size that a phone loads at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request

__all__ = ["PageOf", "paged"]

_ROWS = 50

T = TypeVar("T")


@dataclass(frozen=True)
class PageOf(Generic[T]):
    """The rows of one page of a list, and where in the list they are."""

    rows: Sequence[T]
    first: int  # index of the first of them in the list
    total: int
    query: str  # of the address, without the page

    def frame(self) -> dict[str, Any]:
        """For the template `pager.html`."""
        return {
            "first": self.first,
            "total": self.total,
            "page": self.first // _ROWS + 1,
            "n_pages": max(1, -(-self.total // _ROWS)),
            "query": self.query,
        }


def paged(rows: Sequence[T], request: Request) -> PageOf[T]:
    """The page of a list that an address asks for with ?page=, the first by default, the last of all beyond it."""
    asked = request.query_params.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    last = max(1, -(-len(rows) // _ROWS))
    first = (min(max(number, 1), last) - 1) * _ROWS
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in ("page", "lang")]
    return PageOf(rows[first : first + _ROWS], first, len(rows), urlencode(kept))
