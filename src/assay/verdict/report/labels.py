"""Places for a chart's labels so that none covers another label, a point or the frame. Knows no chart."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Box", "Spot", "place_labels", "text_width"]


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

    @property
    def area(self) -> float:
        """Width times height."""
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(frozen=True)
class Spot:
    """A label's middle, relative to its point."""

    dx: float
    dy: float


def place_labels(
    points: Sequence[tuple[float, float]], texts: Sequence[str], width: float, height: float, size: float = 12.0
) -> list[Spot]:
    """A spot for each label, in order: the candidate nearest to its point that covers least.

    Greedy in the order given, so the label that matters most should come first. `points` in pixels from the upper left.
    """
    frame = Box(0, 0, width, height)
    taken = [Box(x - 6, y - 6, x + 6, y + 6) for x, y in points]
    spots = []
    for (x, y), text in zip(points, texts, strict=True):
        candidates = _candidates(text_width(text, size), size)
        boxes = [_box(x + spot.dx, y + spot.dy, text, size) for spot in candidates]
        costs = [_cost(box, taken, frame) for box in boxes]
        best = costs.index(min(costs))
        spots.append(candidates[best])
        taken.append(boxes[best])
    return spots


def text_width(text: str, size: float) -> float:
    """About the width of a text in pixels: wide characters count a whole em, others a little over a half."""
    return size * sum(1.0 if ord(character) > 0x2E7F else 0.56 for character in text)


def _candidates(width: float, size: float) -> list[Spot]:
    beside = width / 2 + 9
    spots = [Spot(beside, 0), Spot(-beside, 0)]
    for step in range(1, 6):
        rise = step * (size + 3)
        spots += [Spot(beside, -rise), Spot(beside, rise), Spot(-beside, -rise), Spot(-beside, rise), Spot(0, -rise), Spot(0, rise)]
    return spots


def _box(x: float, y: float, text: str, size: float) -> Box:
    half = text_width(text, size) / 2
    return Box(x - half, y - size * 0.6, x + half, y + size * 0.6)


def _cost(box: Box, taken: Sequence[Box], frame: Box) -> float:
    outside = box.area - box.overlap(frame)
    return outside * 2 + sum(box.overlap(other) for other in taken)
