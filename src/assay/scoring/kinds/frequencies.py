"""How often something happens: monthly, once a month, 每月一次. Knows no durations."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from assay.scoring.kinds.kind import Kind
from assay.scoring.read_text import Asked, Place, Read
from assay.scoring.values.quantities import Quantity
from assay.scoring.values.units import BY_NAME

__all__ = ["FREQUENCY"]

# unit -> its dimension and how many of the dimension's smallest it is
_UNITS = {
    "minute": ("m", 1), "hour": ("m", 60), "day": ("m", 1440), "night": ("m", 1440), "week": ("m", 10080),
    "fortnight": ("m", 20160), "month": ("months", 1), "quarter": ("months", 3), "year": ("months", 12),
    "分钟": ("m", 1), "小时": ("m", 60), "天": ("m", 1440), "日": ("m", 1440), "周": ("m", 10080),
    "个月": ("months", 1), "月": ("months", 1), "季度": ("months", 3), "个季度": ("months", 3),
    "半年": ("months", 6), "年": ("months", 12), "学年": ("months", 12),
}  # fmt: skip
_WORDS = {
    "hourly": "hour", "daily": "day", "nightly": "night", "weekly": "week", "fortnightly": "fortnight",
    "monthly": "month", "quarterly": "quarter", "yearly": "year", "annually": "year", "annual": "year",
}  # fmt: skip
_RARE = {"biennially": 2, "biennial": 2, "triennially": 3, "triennial": 3, "quadrennially": 4}  # years between
_HALVES = {"semi-annually": "year", "semiannually": "year", "semi-annual": "year", "half-yearly": "year",
           "biannually": "year", "semi-monthly": "month", "every half year": "year",
           "every half-year": "year"}  # fmt: skip
_UNIT = "minute|hour|day|night|week|fortnight|month|quarter|year"
_ENGLISH = re.compile(
    rf"(?<![\w-])(?:(?P<word>{'|'.join(_WORDS)})|(?P<half>{'|'.join(_HALVES)})"
    rf"|(?P<rare>{'|'.join(_RARE)})"
    rf"|(?P<times>once|twice|thrice|\d+ times|1 time) (?:an?|per|each|every|in an?|1) (?P<unit>{_UNIT})"
    rf"|(?:(?:once|1 time) )?(?:every|each) (?:(?P<n>\d+|other|second) )?(?P<every>{_UNIT})s?)(?![\w-])",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:(?P<each>每(?:隔)?)|(?<![\d.]))(?P<n>\d+(?:\.5)?)?(?P<unit>个?季度|半年|学年|个?月|分钟|小时|天|日"
    r"|周|年)(?:度)?"
    r"(?:[\u4e00-\u9fff]{0,2}(?P<times>\d+)次)?"
)
_AROUND = re.compile(
    r"(?:once|at least|about|on|an?|the|basis|at|every|至少|进行|召开|举行|一般|通常|[^\w]|\s)+", re.IGNORECASE
)
_ASKS_HOW_OFTEN = re.compile(r"\bhow often\b|多久|频率", re.IGNORECASE)
_ALONE = 12  # characters of an answer that is a duration alone
_TIMES = {"once": 1, "twice": 2, "thrice": 3}

_Rate = tuple[str, Fraction]


def _rates(read: Read) -> Iterator[tuple[_Rate, Place]]:
    """Each frequency of a text: times in the smallest unit of its dimension."""
    for match in (_CHINESE if read.lang == "zh" else _ENGLISH).finditer(read.text):
        told = match.groupdict()
        if read.lang == "zh":
            unit, times, n = told["unit"], int(told["times"] or 1), Fraction(told["n"] or 1)
            if not told["each"] and not (told["times"] and told["n"]):
                continue
        else:
            named = (told["word"] or told["half"] or "").lower()
            rare = (told["rare"] or "").lower()
            unit = (
                "year"
                if rare
                else _WORDS.get(named) or _HALVES.get(named) or (told["unit"] or told["every"] or "").lower()
            )
            said = (told["times"] or "").lower()
            times = 2 if told["half"] else _TIMES.get(said) or (int(said.split()[0]) if said else 1)
            n = Fraction(
                _RARE.get(rare) or (2 if (told["n"] or "").lower() in ("other", "second") else int(told["n"] or 1))
            )
        dimension, size = _UNITS[unit]
        if n:
            yield (dimension, Fraction(times) / (size * n)), Place(*match.span())


def _whole(accepted: Read) -> _Rate | None:
    found = list(_rates(accepted))
    if len(found) != 1:
        return None
    rate, place = found[0]
    rest = accepted.text[: place.start] + accepted.text[place.end :]
    return rate if not rest or _AROUND.fullmatch(rest) else None


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    wanted = _whole(accepted)
    found = [place for rate, place in _rates(said) if rate == wanted]
    return found or [Place(one.start, one.end) for one in said.amounts if wanted in _period_of(one, said, asked)]


def _period_of(one: Quantity, said: Read, asked: Asked) -> Sequence[_Rate]:
    """The frequency that a duration says alone, where it is asked how often: 6 months for "every 6 months"."""
    unit = BY_NAME.get(one.unit)
    if unit is None or not one.value or len(said.text) > _ALONE or not _ASKS_HOW_OFTEN.search(asked.question.text):
        return ()
    size = Fraction(one.value * unit.factor)
    return (
        [("months", 1 / size)] if unit.dimension == "months" else [("m", 60 / size)] if unit.dimension == "time" else []
    )


def _others(accepted: Read, said: Read, asked: Asked, held: Sequence[Place]) -> Sequence[Place]:
    """Other frequencies that "or" joins to the right one."""
    wanted = _whole(accepted)
    return [
        place
        for rate, place in _rates(said)
        if rate != wanted and re.search(r"(?:\bor|或者?)\s*$|^\s*(?:or\b|或)", said.text[: place.start])
    ]


FREQUENCY = Kind(
    name="frequency", reads=lambda accepted, asked: _whole(accepted) is not None, find=_find, others=_others
)
