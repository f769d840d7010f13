"""Rectangles on a shown page: where a quote stands. Knows no text and no file."""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Box", "join_lines"]

_SAME_LINE = 0.5  # of the lower one's height that two boxes share if they stand on one line
_GAP = 1.5  # heights between two pieces of one line that are drawn as one


@dataclass(frozen=True)
class Box:
    """A rectangle as shares (0..1) of the shown page's width and height, from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def join_lines(boxes: Iterable[Box], ratio: float) -> list[Box]:
    """Neighbours on one line as one box, in order. `ratio` is the page's width by its height."""
    joined: list[Box] = []
    for box in boxes:
        if box.right <= box.left or box.bottom <= box.top:
            continue
        if joined and _on_one_line(joined[-1], box, ratio):
            joined[-1] = _around(joined[-1], box)
        else:
            joined.append(box)
    return joined


def _on_one_line(a: Box, b: Box, ratio: float) -> bool:
    low = min(a.bottom - a.top, b.bottom - b.top)
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    gap = max(a.left, b.left) - min(a.right, b.right)
    return shared > _SAME_LINE * low and gap * ratio < _GAP * low


def _around(a: Box, b: Box) -> Box:
    return Box(min(a.left, b.left), min(a.top, b.top), max(a.right, b.right), max(a.bottom, b.bottom))
