"""Ranges of amounts, dates, times of day and weekdays: from one value to another. Knows no single ones."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assay.scoring.kinds.kind import Kind
from assay.scoring.read_text import FUNCTION_WORDS, Asked, Place, Read
from assay.scoring.values.date_values import Date, covers
from assay.scoring.values.quantities import Quantity, same_amount
from assay.scoring.values.time_values import Time, same_time

__all__ = ["RANGE", "ranges_of"]

_TO = re.compile(
    r"[\s,]*(?:to|until|till|through|thru|up to|and|-|~|至|到|和|与)\s*(?:about |around |the |on |in )?", re.IGNORECASE
)
_LASTED = re.compile(
    r"[\s,]*and (?:it )?(?:ended|ends|finished|finishes|closed|closes|lasted (?:until|to))(?: (?:in|on|at))?\s*", re.I
)
_BEGAN = re.compile(r"\b(?:began|begins|started|starts|opened|opens|broke out|ran|runs)\b[^.;]{0,20}$", re.I)
_AND = re.compile(r"[\s,]*(?:and|和|与)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between|从?介于|在|between the)\W*$", re.IGNORECASE)
_AROUND_TEXT = "between from about around approximately range ranging anywhere inclusive open daily"
_AROUND = frozenset(_AROUND_TEXT.split())
_CHINESE_AROUND = re.compile(r"从|自|介于|在|为|是|之间|大约|约|范围|每天|每日|的|[^\w]")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"\b(?P<name>mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?s?\b"
    r"|周(?P<zh>[一二三四五六日])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Weekday:
    number: int
    start: int
    end: int


Value = Quantity | Date | Time | _Weekday


@dataclass(frozen=True)
class _Range:
    low: Value
    high: Value

    @property
    def start(self) -> int:
        return self.low.start

    @property
    def end(self) -> int:
        return self.high.end


def ranges_of(read: Read) -> list[_Range]:
    """The ranges of a text in order; a value that two ranges share is in both."""
    return [one for values in _values(read) for one in _joined(values, read.text)]


def _values(read: Read) -> Iterator[Sequence[Value]]:
    yield read.amounts
    yield read.dates
    yield read.times
    yield [_Weekday(_number(match), *match.span()) for match in _WEEKDAY.finditer(read.text)]


def _number(match: re.Match[str]) -> int:
    return "一二三四五六日".index(match["zh"]) if match["zh"] else _DAYS.index(match["name"].lower()[:3])


def _joined(values: Sequence[Value], text: str) -> Iterator[_Range]:
    for low, high in itertools.pairwise(values):
        between = text[low.end : high.start]
        if _LASTED.fullmatch(between) and _BEGAN.search(text[: low.start]):
            yield _Range(_like(low, high), high)
            continue
        if not _TO.fullmatch(between):
            continue
        if _AND.fullmatch(between.rstrip()) and not _BETWEEN.search(text[: low.start]):
            continue
        yield _Range(_like(low, high), high)


def _like(low: Value, high: Value) -> Value:
    """The first value with the unit or the year that only the second tells: 5 to 10 days, 3 to 7 May."""
    if isinstance(low, Quantity) and isinstance(high, Quantity) and not low.unit:
        scale = (
            high.value / high.unscaled
            if high.unscaled and low.unscaled == low.value and high.value != high.unscaled
            else 1
        )
        return replace(low, unit=high.unit, per=high.per, value=low.value * scale)
    if isinstance(low, Date) and isinstance(high, Date):
        return replace(low, year=low.year or high.year)
    return low


def _same(a: Value, b: Value) -> bool:
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        return same_amount(a, b)
    if isinstance(a, Date) and isinstance(b, Date):
        return covers(a, b) or (covers(b, a) and a.month == b.month and a.day == b.day)
    if isinstance(a, Time) and isinstance(b, Time):
        return same_time(a, b)
    return isinstance(a, _Weekday) and isinstance(b, _Weekday) and a.number == b.number


def _whole(accepted: Read) -> _Range | None:
    """The range that an answer is, the whole of it."""
    found = ranges_of(accepted)
    if len({(one.start, one.end) for one in found}) != 1:  # years are read as numbers and as dates
        return None
    one = next((one for one in found if isinstance(one.low, Date) and (one.low.year or 0) < 0), found[0])
    rest = accepted.text[: one.start] + " " + accepted.text[one.end :]
    if accepted.lang == "zh":
        return one if not _CHINESE_AROUND.sub("", rest) else None
    return one if all(word.key in FUNCTION_WORDS or word.key in _AROUND for word in Read(rest, "en").words) else None


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    wanted = _whole(accepted) or ranges_of(accepted)[0]
    return [
        Place(one.start, one.end, said.text[one.start : one.end] == accepted.text)
        for one in ranges_of(said)
        if (_same(one.low, wanted.low) and _same(one.high, wanted.high))
        or (_BETWEEN.search(said.text[: one.start]) and _same(one.high, wanted.low) and _same(one.low, wanted.high))
    ]


def _others(accepted: Read, said: Read, asked: Asked, held: Sequence[Place]) -> Sequence[Place]:
    """Other ranges of the same kind that "or" joins."""
    wanted = _whole(accepted)
    return [
        Place(one.start, one.end)
        for one in ranges_of(said)
        if wanted and type(one.low) is type(wanted.low) and not any(p.start <= one.start < p.end for p in held)
        and re.search(r"(?:\bor\b|或)\s*$", said.text[: one.start])
    ]  # fmt: skip


RANGE = Kind(name="range", reads=lambda accepted, asked: _whole(accepted) is not None, find=_find, others=_others)
