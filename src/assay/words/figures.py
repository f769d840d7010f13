"""Numbers as people read them: percent, points, seconds, sizes, dates. Knows no result and no layout."""

import math
from datetime import datetime

from assay.statistics.estimate import Estimate
from assay.words.page import word

__all__ = ["count", "date", "decimal", "duration", "interval", "megabytes", "percent", "points", "points_interval"]

_MISSING = "–"


def percent(share: float | None) -> str:
    """A share such as 0.618 as "62%"; a dash where there is none."""
    if share is None or math.isnan(share):
        return _MISSING
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 < share < 1:
        return ">99%"
    return f"{round(share * 100):d}%"


def interval(estimate: Estimate | None, lang: str) -> str:
    """The interval of a share as "53–70%", or words that say there is none."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return word("interval.none", lang)
    return f"{round(estimate.low * 100):d}–{round(estimate.high * 100):d}%"


def points(difference: float | None) -> str:
    """A difference of shares in points with its sign: "+12", "−3", "0"."""
    if difference is None or math.isnan(difference):
        return _MISSING
    whole = round(difference * 100)
    return "0" if whole == 0 else f"{'+' if whole > 0 else '−'}{abs(whole)}"


def points_interval(estimate: Estimate, lang: str) -> str:
    """The interval of a difference as "+5 to +19", or words that say there is none."""
    if estimate.low is None or estimate.high is None:
        return word("interval.none", lang)
    return word("interval.points", lang, low=points(estimate.low), high=points(estimate.high))


def decimal(value: float | None, digits: int = 2) -> str:
    """A plain number with so many digits; a dash where there is none."""
    return _MISSING if value is None or math.isnan(value) else f"{value:,.{digits}f}"


def count(value: float | None) -> str:
    """A whole number with thousands separators; a dash where there is none."""
    return _MISSING if value is None or math.isnan(value) else f"{round(value):,d}"


def duration(seconds: float | None, lang: str) -> str:
    """A time in the unit that keeps it readable: "0.62 s", "48 s", "6.5 min", "1.4 h"."""
    if seconds is None or math.isnan(seconds):
        return _MISSING
    if seconds == 0:
        return word("unit.s", lang, n="0")
    if seconds < 0.0995:
        return word("unit.ms", lang, n=_significant(seconds * 1000))
    if seconds < 90:
        return word("unit.s", lang, n=_significant(seconds))
    if seconds < 5400:
        return word("unit.min", lang, n=_significant(seconds / 60))
    return word("unit.h", lang, n=_significant(seconds / 3600))


def megabytes(size: float | None) -> str:
    """A size given in megabytes as "850 MB" or "1.9 GB"; a dash where there is none or nothing was used."""
    if size is None or math.isnan(size) or size == 0:
        return _MISSING
    return f"{size:,.0f} MB" if size < 1000 else f"{size / 1000:,.1f} GB"


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


def _significant(value: float) -> str:
    """Two significant digits below 10, whole numbers from there on."""
    return f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 9.95 else f"{value:,.0f}"
