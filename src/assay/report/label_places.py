"""Places for a chart's labels so that none covers another label, a point or the frame. Knows no chart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot
from typing import Literal

__all__ = ["Box", "Spot", "place_labels", "text_width"]

_BESIDE = 13.0  # pixels from a point's middle to its label: clears the ring around the recommended one
_FAR = 24.0  # from here on a line leads from the point to its label
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

    @property
    def area(self) -> float:
        """Width times height."""
        return (self.right - self.left) * (self.bottom - self.top)


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

    def place(self, order: Sequence[int]) -> tuple[tuple[float, float], list[Spot]]:
        """The spots by the place of their point, set in this order, and what they cost: area covered, and the ways."""
        taken = [Box(x - 7, y - 7, x + 7, y + 7) for x, y in self.points]
        spots: dict[int, Spot] = {}
        covered, way = 0.0, 0.0
        for i in order:
            tried = [(spot, _box(*self.points[i], spot, self.texts[i], self.size)) for spot in self._candidates(i)]
            cost, (spot, box) = min(((self._cost(i, one[1], taken), one) for one in tried), key=lambda pair: pair[0])
            spots[i] = _led(spot, box, *self.points[i])
            covered, way = covered + cost[0], way + cost[1]
            taken.append(box)
        return (round(covered, 6), way), [spots[i] for i in range(len(spots))]

    def _candidates(self, i: int) -> Iterator[Spot]:
        """Beside the point first, then around it within the frame."""
        (x, y), half = self.points[i], text_width(self.texts[i], self.size) / 2
        yield from (Spot(_BESIDE, 0, "left"), Spot(-_BESIDE, 0, "right"))
        steps = [step * _STEP for step in range(-int(_REACH / _STEP), int(_REACH / _STEP) + 1)]
        for dy in (dy for dy in steps if self.size < y + dy < self.frame.bottom - self.size):
            yield from (Spot(dx, dy, "center") for dx in steps if half < x + dx < self.frame.right - half)

    def _cost(self, i: int, box: Box, taken: Sequence[Box]) -> tuple[float, float]:
        """Area that must not be covered; then pixels of way, more where another point is as near as its own."""
        covered = box.area - box.overlap(self.frame) + sum(box.overlap(other) for other in taken)
        ways = [_way(box, point) for point in self.points]
        own = max(ways[i], _BESIDE)
        doubt = sum(max(own + _BESIDE - way, 0.0) for j, way in enumerate(ways) if j != i)
        return covered, own + doubt + 0.15 * sum(box.overlap(other) for other in self.obstacles)


def _way(box: Box, point: tuple[float, float]) -> float:
    near = box.nearest(*point)
    return hypot(near[0] - point[0], near[1] - point[1])


def text_width(text: str, size: float) -> float:
    """About the width of a text in pixels, rather too wide than too narrow: fonts differ from reader to reader."""
    return size * sum(_em(character) for character in text)


def _em(character: str) -> float:
    if ord(character) > 0x2E7F:
        return 1.0
    return 0.35 if character == " " else 0.74 if character.isupper() else 0.64


def _box(x: float, y: float, spot: Spot, text: str, size: float) -> Box:
    width = text_width(text, size)
    left = x + spot.dx - width * {"left": 0.0, "center": 0.5, "right": 1.0}[spot.align]
    return Box(left, y + spot.dy - size * 0.6, left + width, y + spot.dy + size * 0.6)


def _led(spot: Spot, box: Box, x: float, y: float) -> Spot:
    if _way(box, (x, y)) < _FAR:
        return spot
    return Spot(spot.dx, spot.dy, spot.align, box.nearest(x, y))
