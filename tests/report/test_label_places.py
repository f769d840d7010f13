import random
from itertools import combinations

from assay.report.label_places import Box, place_labels, text_width

NAMES = ["base model", "prompt engineering", "fine-tuning", "RAG", "RAG + examples", "hybrid: RAG + tuning"]
WIDTH, HEIGHT, SIZE = 330, 250, 12.0


def _boxes(points: list[tuple[float, float]]) -> list[Box]:
    boxes = []
    for (x, y), text, spot in zip(points, NAMES, place_labels(points, NAMES, WIDTH, HEIGHT), strict=True):
        width = text_width(text, SIZE)
        left = x + spot.dx - {"left": 0, "center": width / 2, "right": width}[spot.align]
        boxes.append(Box(left, y + spot.dy - SIZE / 2, left + width, y + spot.dy + SIZE / 2))
    return boxes


def test_labels_cover_neither_each_other_nor_a_point() -> None:
    rng = random.Random(3)
    for _ in range(20):
        points = [(rng.uniform(0, WIDTH), rng.uniform(10, HEIGHT - 10)) for _ in NAMES]
        boxes = _boxes(points)
        assert all(a.overlap(b) == 0 for a, b in combinations(boxes, 2))
        assert not any(box.left < x < box.right and box.top < y < box.bottom for box in boxes for x, y in points)
        assert all(box.left >= -1 and box.right <= WIDTH + 1 for box in boxes)


def test_six_points_in_one_place_still_get_six_places() -> None:
    boxes = _boxes([(165.0, 125.0)] * 6)
    assert all(a.overlap(b) == 0 for a, b in combinations(boxes, 2))


def test_a_lone_label_stands_to_the_right() -> None:
    (spot,) = place_labels([(50, 50)], ["RAG"], WIDTH, HEIGHT)
    assert (spot.align, spot.dy) == ("left", 0)
    assert spot.dx > 0


def test_an_obstacle_is_kept_clear() -> None:
    wall = Box(55, 0, 330, 70)
    (spot,) = place_labels([(50, 50)], ["RAG"], WIDTH, HEIGHT, obstacles=[wall])
    assert spot.align == "right" or spot.dy > 0


def test_overlap_is_an_area() -> None:
    # 4 wide from 6 to 10, 3 high from 2 to 5
    assert Box(0, 0, 10, 5).overlap(Box(6, 2, 20, 9)) == 12
    assert Box(0, 0, 1, 1).overlap(Box(1, 0, 2, 1)) == 0
