"""Times of day in a text, in English and Chinese forms. Knows no dates and no durations."""

import re
from dataclasses import dataclass

__all__ = ["Time", "find_times", "same_time"]

_HALF_DAY = r"(?P<half>[ap])\.?\s?m\b\.?"
_ZONE = re.compile(r"\s?\(?(UTC|GMT|BST|CES?T|E[SD]T|C[SD]T|M[SD]T|P[SD]T|JST|IST|AEST|HKT|ET|PT|CT)\b")
_TIME = re.compile(
    rf"""
      (?<![\d.:/])(?P<h1>1[0-2]|0?\d)(?:[:.](?P<m1>[0-5]\d))?(?::[0-5]\d)?\s?{_HALF_DAY}
    | (?<![\d.:/])(?P<h2>[01]?\d|2[0-4])(?::|(?<=\d)h(?=\d))(?P<m2>[0-5]\d)(?::[0-5]\d)?(?![\d:])
      (?:\s?(?P<o2>o'clock|hours|hrs))?
    | (?<![\d.:/])(?P<h3>1[0-2]|0?\d)\s?o'?\s?clock
      (?:\sin\sthe\s(?P<part3>morning|afternoon|evening)|\sat\s(?P<night3>night))?
    | \b(?P<word>midnight|noon|midday)\b(?!-)
    | \b(?P<to>half\spast|(?:a\s)?quarter\s(?:past|to))\s(?P<h4>1[0-2]|\d)(?:\s?(?P<half4>[ap])\.?m\b\.?)?
    | (?<![\d.:/])(?P<h5>1[0-2]|0?\d)(?:[:.](?P<m5>[0-5]\d))?\sin\sthe\s(?P<part5>morning|afternoon|evening)
    | (?P<zh>午夜|零点|半夜12点|正午)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WORDS = {"midnight": 0, "noon": 720, "midday": 720, "午夜": 0, "零点": 0, "正午": 720}


@dataclass(frozen=True)
class Time:
    """A time of day; `is_open` where nothing says which half of the day is meant ("9 o'clock")."""

    minutes: int  # since midnight, 0..1439
    is_open: bool
    zone: str  # "" where none is told
    start: int
    end: int


def find_times(plain: str) -> list[Time]:
    """The times of day of a plain text, in order; Chinese ones are 21:30 there already."""
    return [_time(match) for match in _TIME.finditer(plain)]


def same_time(a: Time, b: Time) -> bool:
    """Whether two times are one; 9 o'clock may be in either half of the day, a zone may be left away."""
    if a.zone and b.zone and a.zone != b.zone:
        return False
    if a.is_open or b.is_open:
        return a.minutes % 720 == b.minutes % 720
    return a.minutes == b.minutes


def _time(match: re.Match[str]) -> Time:
    told = match.groupdict()
    zone = _ZONE.match(match.string, match.end())
    word = told["word"] or told["zh"]
    if word:
        return Time(_WORDS.get(word.lower(), 0), False, zone[1] if zone else "", *match.span())
    hour = int(next(told[name] for name in ("h1", "h2", "h3", "h4", "h5") if told[name] is not None))
    minute = int(next((told[name] for name in ("m1", "m2", "m5") if told[name]), 0))
    if told["to"]:
        past = {"half": 30, "quar": 15}[told["to"].lower().removeprefix("a ")[:4]]
        hour, minute = (hour - 1, 60 - past) if told["to"].lower().endswith("to") else (hour, past)
    half = (told["half"] or told["half4"] or "").lower()
    part = (told["part3"] or told["part5"] or told["night3"] or "").lower()
    if half == "p" or part in ("afternoon", "evening", "night"):
        hour = hour % 12 + 12
    elif half == "a" or part == "morning":
        hour %= 12
    is_open = not half and not part and told["h2"] is None
    return Time((hour * 60 + minute) % 1440, is_open, zone[1] if zone else "", *match.span())
