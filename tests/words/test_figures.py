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
        # What would round up to 100 ms, 90 s or 90 min is told in the next unit.
        (0.0994, "99 ms"), (0.0995, "0.10 s"), (0.0997, "0.10 s"), (0.994, "0.99 s"), (0.996, "1.0 s"),
        (9.94, "9.9 s"), (9.96, "10 s"), (89.4, "89 s"), (89.5, "1.5 min"), (5364, "89 min"), (5370, "1.5 h"),
    ],
)  # fmt: skip
def test_duration(seconds: float | None, text: str) -> None:
    assert figures.duration(seconds, "en") == text


def test_duration_in_chinese() -> None:
    assert figures.duration(390, "zh") == "6.5 分钟"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.0997, "0.10 s"), (390, "6.5 minutes"), (5370, "1.5 hours"), (None, "–")]
)
def test_a_sentence_spells_the_unit_out(seconds: float | None, text: str) -> None:
    assert figures.duration(seconds, "en", short=False) == text


def test_points_with_a_decimal_and_without_a_plus() -> None:
    assert [figures.points(x, digits=1) for x in (0.0123, -0.05, 0.0)] == ["+1.2", "−5.0", "0.0"]
    assert [figures.points(x, signed=False) for x in (0.123, -0.034, -0.001)] == ["12", "−3", "0"]
    assert [figures.points(x, digits=1, signed=False) for x in (0.125, -0.0001)] == ["12.5", "0.0"]


def test_a_difference_alone_has_its_sign_and_its_unit() -> None:
    assert [figures.difference(x, "en") for x in (0.123, 0.01, -0.011, 0.0, None)] == [
        "+12 points", "+1 point", "−1 point", "0 points", "–",
    ]  # fmt: skip
    assert figures.difference(0.12, "en", signed=False) == "12 points"
    assert figures.difference(-0.034, "zh") == "−3 个百分点"


def test_p_values() -> None:
    assert [figures.p_value(p) for p in (0.0004, 0.0321, 0.412, None)] == ["<0.001", "0.032", "0.41", "–"]


def test_small_rates_are_no_powers() -> None:
    assert [figures.rate(x) for x in (0.0002, 0.00034567, 0.000005, 0.1, None)] == [
        "0.0002", "0.00035", "0.000005", "0.1", "–",
    ]  # fmt: skip


def test_small_prices_keep_two_digits() -> None:
    assert [figures.money(x) for x in (0.0123, 0.1, 12.345, 1234.5, 0.0, None)] == [
        "0.012", "0.10", "12.35", "1,234.50", "0.00", "–",
    ]  # fmt: skip


def test_intervals() -> None:
    estimate = Estimate(0.62, 0.53, 0.704, 130, 18)
    assert figures.interval(estimate, "en") == "53–70%"
    assert figures.points_interval(Estimate(0.1, -0.02, 0.22, 130, 18), "en") == "−2 to +22"
    assert figures.interval(Estimate(0.62, None, None, 9, 1), "en") == "no interval"
    assert figures.points_interval(Estimate(0.1, None, None, 9, 1), "zh") == "无区间"


def test_sizes_and_counts() -> None:
    assert figures.megabytes(850) == "850 MB"
    assert figures.megabytes(1900) == "1.9 GB"
    assert [figures.megabytes(size) for size in (999.4, 999.6, 0)] == ["999 MB", "1.0 GB", "–"]
    assert figures.count(12345.4) == "12,345"
    assert figures.decimal(math.nan) == "–"


def test_dates() -> None:
    assert figures.date("2025-07-14T09:41:00+00:00", "en") == "14 July 2025, 09:41 UTC"
    assert figures.date("2025-07-14T09:41:00Z", "zh") == "2025年7月14日 09:41 UTC"
    assert figures.date("not a date", "en") == "not a date"
