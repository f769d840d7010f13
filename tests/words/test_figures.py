import math

import pytest

from assay.statistics.estimate import Estimate
from assay.words import figures


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.618, "62%"), (0, "0%"), (1, "100%"), (0.001, "<1%"), (0.999, ">99%"), (None, "–"), (math.nan, "–")],
)
def test_percent(share: float | None, text: str) -> None:
    assert figures.percent(share) == text


@pytest.mark.parametrize(
    ("difference", "text"), [(0.123, "+12"), (-0.034, "−3"), (0.004, "0"), (-0.004, "0"), (None, "–")]
)
def test_points(difference: float | None, text: str) -> None:
    assert figures.points(difference) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"), (0.0421, "42 ms"), (0.62, "0.62 s"), (6.25, "6.2 s"), (48, "48 s"),
        (390, "6.5 min"), (3600, "60 min"), (5040, "84 min"), (7200, "2.0 h"), (None, "–"),
    ],
)  # fmt: skip
def test_duration(seconds: float | None, text: str) -> None:
    assert figures.duration(seconds, "en") == text


def test_duration_in_chinese() -> None:
    assert figures.duration(390, "zh") == "6.5 分钟"


def test_intervals() -> None:
    estimate = Estimate(0.62, 0.53, 0.704, 130, 18)
    assert figures.interval(estimate, "en") == "53–70%"
    assert figures.points_interval(Estimate(0.1, -0.02, 0.22, 130, 18), "en") == "−2 to +22"
    assert figures.interval(Estimate(0.62, None, None, 9, 1), "en") == "no interval"
    assert figures.points_interval(Estimate(0.1, None, None, 9, 1), "zh") == "无区间"


def test_sizes_and_counts() -> None:
    assert figures.megabytes(850) == "850 MB"
    assert figures.megabytes(1900) == "1.9 GB"
    assert figures.count(12345.4) == "12,345"
    assert figures.decimal(math.nan) == "–"


def test_dates() -> None:
    assert figures.date("2025-07-14T09:41:00+00:00", "en") == "14 July 2025, 09:41 UTC"
    assert figures.date("2025-07-14T09:41:00Z", "zh") == "2025年7月14日 09:41 UTC"
    assert figures.date("not a date", "en") == "not a date"
