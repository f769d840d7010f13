"""Places for a chart's labels so that none covers another label, a point or the frame. Knows no chart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Literal

__all__ = ["Box", "Spot", "place_labels", "text_width"]

_BESIDE = 13.0  # pixels from a point's middle to its label: clears the ring around the recommended one
_FAR = 24.0  # from here on a line leads from the point to its label
_STEP = 6.0  # pixels between places that are tried further away


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
    """A spot for each label, in order: the nearest to its point that covers no label and no point, else least of them.

    Greedy in the order given, so the label that matters most should come first. `points` and `obstacles` are in pixels
    from the upper left; obstacles are kept clear of where that costs no long way.
    """
    frame = Box(0, 0, width, height)
    taken = [Box(x - 7, y - 7, x + 7, y + 7) for x, y in points]
    spots = []
    for (x, y), text in zip(points, texts, strict=True):
        tried = [(spot, _box(x, y, spot, text, size)) for spot in _candidates(x, y, text, frame, size)]
        spot, box = min(tried, key=lambda one: _cost(one[1], (x, y), taken, obstacles, frame))
        spots.append(_led(spot, box, x, y))
        taken.append(box)
    return spots


def text_width(text: str, size: float) -> float:
    """About the width of a text in pixels, rather too wide than too narrow: fonts differ from reader to reader."""
    return size * sum(_em(character) for character in text)


def _em(character: str) -> float:
    if ord(character) > 0x2E7F:
        return 1.0
    return 0.35 if character == " " else 0.74 if character.isupper() else 0.64


def _candidates(x: float, y: float, text: str, frame: Box, size: float) -> Iterator[Spot]:
    """Beside the point first, then everywhere in the frame."""
    yield from (Spot(_BESIDE, 0, "left"), Spot(-_BESIDE, 0, "right"))
    half = text_width(text, size) / 2
    for row in range(int((frame.bottom - size) / _STEP)):
        for column in range(int(max(frame.right - 2 * half, 0) / _STEP) + 1):
            yield Spot(half + column * _STEP - x, size * 0.6 + row * _STEP - y, "center")


def _box(x: float, y: float, spot: Spot, text: str, size: float) -> Box:
    width = text_width(text, size)
    left = x + spot.dx - width * {"left": 0.0, "center": 0.5, "right": 1.0}[spot.align]
    return Box(left, y + spot.dy - size * 0.6, left + width, y + spot.dy + size * 0.6)


def _cost(
    box: Box, point: tuple[float, float], taken: Sequence[Box], obstacles: Sequence[Box], frame: Box
) -> tuple[float, float]:
    covered = box.area - box.overlap(frame) + sum(box.overlap(other) for other in taken)
    near = box.nearest(*point)
    way = max(hypot(near[0] - point[0], near[1] - point[1]), _BESIDE)
    return covered, way + 2 * sum(box.overlap(other) for other in obstacles)


def _led(spot: Spot, box: Box, x: float, y: float) -> Spot:
    end = box.nearest(x, y)
    if hypot(end[0] - x, end[1] - y) < _FAR:
        return spot
    return Spot(spot.dx, spot.dy, spot.align, end)
