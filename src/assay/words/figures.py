"""Numbers as people read them, in every page and sentence: shares, points, times, sizes, dates. Knows no result."""

import math
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from assay.words.catalogue import message
from assay.words.page_words import word

__all__ = [
    "count",
    "date",
    "decimal",
    "difference",
    "duration",
    "interval",
    "megabytes",
    "money",
    "p_value",
    "percent",
    "points",
    "points_interval",
    "rate",
]

_MISSING = "–"


class _Bounded(Protocol):
    """What has a lower and an upper bound, or None for both."""

    @property
    def low(self) -> float | None: ...

    @property
    def high(self) -> float | None: ...


def percent(share: float | None) -> str:
    """A share such as 0.618 as "62%"; "0%" and "100%" only where it is so; a dash where there is none."""
    if share is None or math.isnan(share):
        return _MISSING
    share = round(share, 9)  # sums of shares miss 1 by less
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 < share < 1:
        return ">99%"
    return f"{round(share * 100):d}%"


def interval(estimate: _Bounded | None, lang: str) -> str:
    """The interval of a share as "53–70%", or words that say there is none."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return word("interval.none", lang)
    return f"{round(estimate.low * 100):d}–{round(estimate.high * 100):d}%"


def points(difference: float | None, digits: int = 0, *, signed: bool = True) -> str:
    """A difference of shares in points: "+12", "−3", "0"; not `signed`: no plus. A dash where there is none.

    Bare, for sentences and axes that name the unit; alone it is told by `difference`.
    """
    if difference is None or math.isnan(difference):
        return _MISSING
    rounded = round(difference * 100, digits)
    sign = "−" if rounded < 0 else "+" if rounded > 0 and signed else ""
    return f"{sign}{abs(rounded):.{digits}f}"


def difference(value: float | None, lang: str, *, signed: bool = True) -> str:
    """A difference of shares as it stands alone: "+12 points", "+1 point"; not `signed`: a distance, "12 points"."""
    figure = points(value, signed=signed)
    return figure if figure == _MISSING else word("difference.points", lang, n=figure)


def points_interval(estimate: _Bounded, lang: str) -> str:
    """The interval of a difference as "+5 to +19", or words that say there is none."""
    if estimate.low is None or estimate.high is None:
        return word("interval.none", lang)
    return word("interval.points", lang, low=points(estimate.low), high=points(estimate.high))


def p_value(p: float | None) -> str:
    """A p-value with as many digits as matter: "<0.001", "0.032", "0.41"; a dash where there is none."""
    if p is None:
        return _MISSING
    return "<0.001" if p < 0.001 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def decimal(value: float | None, digits: int = 2) -> str:
    """A plain number with so many digits; a dash where there is none."""
    return _MISSING if value is None or math.isnan(value) else f"{value:,.{digits}f}"


def rate(value: float | None) -> str:
    """A small number such as a learning rate by its first two digits, never as a power: "0.0002", "0.000035"."""
    return _MISSING if value is None or math.isnan(value) else f"{Decimal(f'{value:.2g}'):f}"


def money(value: float | None) -> str:
    """A price with two decimals; a small one by its first two digits, and a dash where there is none."""
    return rate(value) if value is not None and 0 < value < 0.1 else decimal(value)


def count(value: float | None) -> str:
    """A whole number with thousands separators; a dash where there is none."""
    return _MISSING if value is None or math.isnan(value) else f"{round(value):,d}"


def duration(seconds: float | None, lang: str, *, short: bool = True) -> str:
    """A time in the unit that keeps it readable: "0.62 s", "48 s", "6.5 min", "1.4 h"; not `short`: "6.5 minutes".

    What would round up to 100 ms, 90 s or 90 min is told in the next unit.
    """
    if seconds is None or math.isnan(seconds):
        return _MISSING
    say = word if short else message
    if seconds == 0:
        return say("unit.s", lang, n="0")
    if seconds < 0.0995:
        return say("unit.ms", lang, n=_two_digits(seconds * 1000))
    if seconds < 89.5:
        return say("unit.s", lang, n=_two_digits(seconds))
    if seconds < 89.5 * 60:
        return say("unit.min", lang, n=_two_digits(seconds / 60))
    return say("unit.h", lang, n=_two_digits(seconds / 3600))


def megabytes(size: float | None) -> str:
    """A size given in megabytes as "850 MB" or "1.9 GB"; a dash where there is none or nothing was used."""
    if size is None or math.isnan(size) or size == 0:
        return _MISSING
    return f"{size:,.0f} MB" if size < 999.5 else f"{size / 1000:,.1f} GB"


def date(created: str, lang: str) -> str:
    """An ISO 8601 moment as a date and a time; what cannot be read is given back as it is."""
    try:
        moment = datetime.fromisoformat(created)
    except ValueError:
        return created
    months = word("months", lang).split()
    return word(
        "date",
        lang,
        day=moment.day,
        month=months[moment.month - 1],
        year=moment.year,
        time=f"{moment:%H:%M}",
        zone=moment.tzname() or "",
    ).strip()


def _two_digits(value: float) -> str:
    """Two significant digits below 10, whole numbers from there on: "0.15", "5.9", "12", "1,200"."""
    return f"{value:.2f}" if value < 0.995 else f"{value:.1f}" if value < 9.95 else f"{value:,.0f}"
