"""Places for a chart's labels so that none covers another label, a point or the frame. Knows no chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Box", "Spot", "place_labels", "text_width"]

_BESIDE = 13.0  # pixels from a point's middle to its label: clears the ring around the recommended one


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
    """Where a label goes, relative to its point: the offset of its start, middle or end, which `align` names."""

    dx: float
    dy: float
    align: Literal["left", "center", "right"]


def place_labels(
    points: Sequence[tuple[float, float]],
    texts: Sequence[str],
    width: float,
    height: float,
    *,
    obstacles: Sequence[Box] = (),
    size: float = 12.0,
) -> list[Spot]:
    """A spot for each label, in order: the candidate nearest to its point that covers least.

    Greedy in the order given, so the label that matters most should come first. `points` and `obstacles` are in pixels
    from the upper left; obstacles are kept clear of where that is possible.
    """
    frame = Box(0, 0, width, height)
    taken = [*(Box(x - 7, y - 7, x + 7, y + 7) for x, y in points), *obstacles]
    spots = []
    for (x, y), text in zip(points, texts, strict=True):
        boxes = [_box(x, y, spot, text, size) for spot in _candidates(size)]
        costs = [_cost(box, taken, frame) for box in boxes]
        best = costs.index(min(costs))
        spots.append(_candidates(size)[best])
        taken.append(boxes[best])
    return spots


def text_width(text: str, size: float) -> float:
    """About the width of a text in pixels, rather too wide than too narrow: fonts differ from reader to reader."""
    return size * sum(_em(character) for character in text)


def _em(character: str) -> float:
    if ord(character) > 0x2E7F:
        return 1.0
    return 0.35 if character == " " else 0.72 if character.isupper() else 0.6


def _candidates(size: float) -> list[Spot]:
    """Beside the point first, then further up and down."""
    spots = [Spot(_BESIDE, 0, "left"), Spot(-_BESIDE, 0, "right")]
    for step in range(1, 6):
        for dy in (-step * (size + 3), step * (size + 3)):
            spots += [Spot(_BESIDE, dy, "left"), Spot(-_BESIDE, dy, "right"), Spot(0, dy, "center")]
    return spots


def _box(x: float, y: float, spot: Spot, text: str, size: float) -> Box:
    width = text_width(text, size)
    left = x + spot.dx - width * {"left": 0.0, "center": 0.5, "right": 1.0}[spot.align]
    return Box(left, y + spot.dy - size * 0.6, left + width, y + spot.dy + size * 0.6)


def _cost(box: Box, taken: Sequence[Box], frame: Box) -> float:
    outside = box.area - box.overlap(frame)
    return outside * 2 + sum(box.overlap(other) for other in taken)
