"""Days, months and years in a plain text, and whether one tells what another tells. Knows no times of day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assay.corpus.dating import MONTH_NUMBERS
from assay.scoring.answer_language import Language
from assay.scoring.dates import MONTHS

__all__ = ["Date", "covers", "find_dates"]

_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_ERA = r"(?:\s?(?P<era>BCE?|B\.C\.(?:E\.)?|AD|A\.D\.|CE)(?!\w))?"
_MONTH_TITLES = "|".join(month.title() for month in MONTHS)
_WRITTEN = re.compile(rf"(?<![\w.,/-])(?P<day>\d{{1,2}}) (?P<month>{_MONTH_TITLES})(?: (?P<year>\d{{4}}))?(?![\w])")
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\b\.?(?:,? (?:of )?(?P<year>\d{{4}})\b)?", re.IGNORECASE)
_ONLY_MONTHS = re.compile(rf"(?:(?:{_MONTH})\b|and\b|[\s.,&])+", re.IGNORECASE)  # Jun, Jul, Aug
_NO_CODE = r"(?<![A-Za-z0-9_.,/$€£¥:+#])(?<!(?<!\d)\d{3}-)(?<!(?<!\d)\d{2}-)(?<!(?<!\d)\d-)(?<!\s-)"  # 555-1234 is none
_YEAR = re.compile(
    rf"{_NO_CODE}(?P<year>1\d{{3}}|20\d\d|(?<=\bAD )\d{{1,3}}|\d{{1,4}}(?=\s?(?:BC|AD|CE|B\.C|A\.D)))(?![\d%]"
    rf"|[.,:/]\d|s\b){_ERA}"
)
_ZH = re.compile(
    r"(?P<bc>公元前|前)?(?:(?P<year>\d{1,4})\s?年(?!前|后|以|内|的?时间|期|限|代"
    r"|多)\s?)?(?:(?P<month>\d{1,2})\s?月(?:份)?\s?(?:(?P<day>\d{1,2})\s?[日号])?)?"
)
_MAY = re.compile(
    r"\bMay\b(?= \d{4})|\b(?:in|by|of|during|since|until|last|next|this|early|late|mid) May\b|^\W*May\W*$"
    r"|\b(?:is|was|and|or|to) May\b(?=\W*$|[.,;])"
)


_HOLIDAYS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "valentine's day": (2, 14), "halloween": (10, 31),
    "五一": (5, 1), "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "植树节": (3, 12), "劳动节": (5, 1),
    "儿童节": (6, 1),
    "建军节": (8, 1),
    "教师节": (9, 10), "国庆": (10, 1), "平安夜": (12, 24), "圣诞": (12, 25),
}  # fmt: skip
_HOLIDAY = re.compile("|".join(_HOLIDAYS), re.IGNORECASE)


@dataclass(frozen=True)
class Date:
    """A day, a month or a year; what it does not tell is None. `start` and `end` are characters of the plain text."""

    year: int | None  # negative: before Christ
    month: int | None
    day: int | None
    start: int = 0
    end: int = 0


def find_dates(plain: str, lang: Language, bare_years: bool = True) -> list[Date]:
    """The dates of a plain text in order: days, months, and years that stand alone if `bare_years`."""
    found = list(_find_chinese(plain)) if lang == "zh" else []
    found += _matches(_WRITTEN, plain, found)
    found += [one for one in _matches(_MONTH_YEAR, plain, found) if one.year or _is_month(plain, one)]
    for match in _HOLIDAY.finditer(plain) if bare_years else ():
        month, day = _HOLIDAYS[match.group().lower()]
        before = next((one for one in found if not one.month and 0 <= match.start() - one.end <= 1), None)
        if before is not None:
            found.remove(before)  # 2024年元旦
        found.append(
            Date(before.year if before else None, month, day, before.start if before else match.start(), match.end())
        )
    if bare_years:
        found += [one for one in _matches(_YEAR, plain, found)]
    return sorted(found, key=lambda one: one.start)


def _matches(pattern: re.Pattern[str], plain: str, taken: list[Date]) -> list[Date]:
    return [
        _date(match)
        for match in pattern.finditer(plain)
        if not any(one.start < match.end() and match.start() < one.end for one in taken)
    ]


def _date(match: re.Match[str]) -> Date:
    told = match.groupdict()
    month = told.get("month")
    year = int(told["year"]) if told.get("year") else None
    if year and (told.get("era") or "").upper().startswith("B"):
        year = -year
    day = int(told["day"]) if told.get("day") else None
    return Date(year, MONTH_NUMBERS[month.lower()] if month else None, day, *match.span())


def _is_month(plain: str, one: Date) -> bool:
    """Whether a name is that of a month: "may" and "march" are mostly verbs, and Mar and Jan may be people."""
    word = plain[one.start : one.end].rstrip(".")
    if word.lower() == "may":
        return any(match.start() <= one.start < match.end() for match in _MAY.finditer(plain))
    is_full = word.lower() in MONTHS or word.lower() == "sept"
    return (is_full and (word[0].isupper() or word != "march")) or (
        word[0].isupper() and bool(_ONLY_MONTHS.fullmatch(plain))
    )


def _find_chinese(plain: str) -> Iterator[Date]:
    for match in _ZH.finditer(plain):
        year, month, day = match["year"], match["month"], match["day"]
        if not month and (not year or (len(year) < 4 and not match["bc"])):
            continue
        if month and not 1 <= int(month) <= 12:
            continue
        sign = -1 if match["bc"] and year else 1
        yield Date(
            sign * (int(year) + (2000 if len(year) == 2 and month and not match["bc"] else 0)) if year else None,
            int(month) if month else None,
            int(day) if day else None,
            *match.span(),
        )


def covers(given: Date, accepted: Date) -> bool:
    """Whether a date tells all that the other one tells; it may tell more."""
    pairs = ((accepted.year, given.year), (accepted.month, given.month), (accepted.day, given.day))
    return all(wanted is None or wanted == told for wanted, told in pairs)
