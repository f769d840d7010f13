"""Places for a chart's labels so that none covers another label, a point or the frame. Knows no chart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import hypot
from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["Box", "Spot", "place_labels", "text_width"]

_BESIDE = 13.0  # pixels from a point's middle to its label: clears the ring around the recommended one
_FAR = 24.0  # from here on a line leads from the point to its label
_Pixels = NDArray[np.float64]
_STEP, _REACH = 6.0, 96.0  # pixels between the places that are tried further away, and as far as they go


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """The area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The place of the rectangle that is nearest to a point."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)


@dataclass(frozen=True)
class Spot:
    """Where a label goes, relative to its point: the offset of its start, middle or end, which `align` names.

    `leader` is where a line from the point ends at the label, None beside the point.
    """

    dx: float
    dy: float
    align: Literal["left", "center", "right"]
    leader: tuple[float, float] | None = None


def place_labels(
    points: Sequence[tuple[float, float]],
    texts: Sequence[str],
    width: float,
    height: float,
    *,
    obstacles: Sequence[Box] = (),
    size: float = 12.0,
) -> list[Spot]:
    """A spot for each label, in order: near its own point and no other, covering no label and no point if possible.

    One label after the other, in a few orders, of which the best is taken. `points` and `obstacles` are in pixels from
    the upper left; obstacles are kept clear of where that costs no long way.
    """
    return list(_placed(_Plot(tuple(points), tuple(texts), Box(0, 0, width, height), tuple(obstacles), size)))


@lru_cache(maxsize=128)  # a chart is drawn for either theme, and a page rendered again and again
def _placed(plot: "_Plot") -> tuple[Spot, ...]:
    points = plot.points
    across = sorted(range(len(points)), key=lambda i: points[i])
    down = sorted(range(len(points)), key=lambda i: points[i][1])
    orders = [list(range(len(points))), across, across[::-1], down, down[::-1]]
    return tuple(min((plot.place(order) for order in orders), key=lambda placed: placed[0])[1])


@dataclass(frozen=True)
class _Plot:
    points: Sequence[tuple[float, float]]
    texts: Sequence[str]
    frame: Box
    obstacles: Sequence[Box]
    size: float

    @cached_property
    def widths(self) -> list[float]:
        """Of the texts, in pixels."""
        return [text_width(text, self.size) for text in self.texts]

    def place(self, order: Sequence[int]) -> tuple[tuple[float, float], list[Spot]]:
        """The spots by the place of their point, set in this order, and what they cost: area covered, and the ways."""
        taken = [Box(x - 7, y - 7, x + 7, y + 7) for x, y in self.points]
        spots: dict[int, Spot] = {}
        covered, way = 0.0, 0.0
        for i in order:
            tried = self.tried[i]
            covers = np.round(tried.outside + _covered(tried.edges, taken), 6)  # what is free is exactly 0: ways decide
            best = int(np.lexsort((tried.ways, covers))[0])
            spots[i] = _led(tried.spots[best], tried.boxes[best], *self.points[i])
            covered, way = covered + covers[best], way + tried.ways[best]
            taken.append(tried.boxes[best])
        return (covered, way), [spots[i] for i in range(len(spots))]

    @cached_property
    def tried(self) -> list["_Tried"]:
        """The spots to choose from, by the place of their point."""
        return [self._tried(i) for i in range(len(self.points))]

    def _tried(self, i: int) -> "_Tried":
        spots = list(self._candidates(i))
        boxes = [_box(*self.points[i], spot, self.widths[i], self.size) for spot in spots]
        left, top, right, bottom = edges = _edges(boxes)
        outside = (right - left) * (bottom - top) - _covered(edges, [self.frame])
        ways = np.stack([_ways(edges, point) for point in self.points])
        own = np.maximum(ways[i], _BESIDE)
        doubt = np.maximum(own + _BESIDE - np.delete(ways, i, axis=0), 0.0).sum(axis=0)
        return _Tried(spots, boxes, edges, outside, own + doubt + 0.15 * _covered(edges, self.obstacles))

    def _candidates(self, i: int) -> Iterator[Spot]:
        """Beside the point first, then around it within the frame."""
        (x, y), half = self.points[i], self.widths[i] / 2
        yield from (Spot(_BESIDE, 0, "left"), Spot(-_BESIDE, 0, "right"))
        steps = [step * _STEP for step in range(-int(_REACH / _STEP), int(_REACH / _STEP) + 1)]
        for dy in (dy for dy in steps if self.size < y + dy < self.frame.bottom - self.size):
            yield from (Spot(dx, dy, "center") for dx in steps if half < x + dx < self.frame.right - half)


@dataclass(frozen=True)
class _Tried:
    """The spots (N) to choose from for one label, and what is the same in whatever order labels are set.

    `outside` is the area beyond the frame (N), `ways` the pixels of way, more where another point is as near (N).
    """

    spots: list[Spot]
    boxes: list[Box]
    edges: _Pixels  # 4 N
    outside: _Pixels
    ways: _Pixels


def _edges(boxes: Sequence[Box]) -> _Pixels:
    """Left, top, right and bottom of each box (4 N)."""
    return np.array([(box.left, box.top, box.right, box.bottom) for box in boxes]).T


def _covered(boxes: _Pixels, others: Sequence[Box]) -> _Pixels:
    """The area that each of the boxes (4 N) shares with the others together (N)."""
    left, top, right, bottom = boxes
    total = np.zeros(len(left))
    for other in others:
        width = np.minimum(right, other.right) - np.maximum(left, other.left)
        height = np.minimum(bottom, other.bottom) - np.maximum(top, other.top)
        total += np.maximum(width, 0.0) * np.maximum(height, 0.0)
    return total


def _ways(boxes: _Pixels, point: tuple[float, float]) -> _Pixels:
    """From a point to the nearest place of each of the boxes (N)."""
    left, top, right, bottom = boxes
    ways: _Pixels = np.hypot(np.clip(point[0], left, right) - point[0], np.clip(point[1], top, bottom) - point[1])
    return ways


def text_width(text: str, size: float) -> float:
    """About the width of a text in pixels, rather too wide than too narrow: fonts differ from reader to reader."""
    return size * sum(_em(character) for character in text)


def _em(character: str) -> float:
    if ord(character) > 0x2E7F:
        return 1.0
    return 0.35 if character == " " else 0.74 if character.isupper() else 0.64


def _box(x: float, y: float, spot: Spot, width: float, size: float) -> Box:
    left = x + spot.dx - width * {"left": 0.0, "center": 0.5, "right": 1.0}[spot.align]
    return Box(left, y + spot.dy - size * 0.6, left + width, y + spot.dy + size * 0.6)


def _led(spot: Spot, box: Box, x: float, y: float) -> Spot:
    near = box.nearest(x, y)
    return spot if hypot(near[0] - x, near[1] - y) < _FAR else Spot(spot.dx, spot.dy, spot.align, near)
