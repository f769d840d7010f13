"""Dates in their common forms to one form a language. Knows no time of day and no calendar but the Gregorian."""

import re
from calendar import monthrange

from assay.corpus.dating import MONTH_NUMBERS
from assay.corpus.dating import MONTHS as MONTH_NAMES
from assay.scoring.answer_language import Language
from assay.scoring.numerals import ORDINALS

__all__ = ["MONTHS", "write_dates"]

MONTHS = MONTH_NAMES.split()
_NAME = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_DAY = r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DAY_FIRST = re.compile(rf"\b{_DAY}(?: day)?(?: of)?[ -]({_NAME})\b\.?,?(?:[ -](?:of )?(\d{{4}})\b)?", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b({_NAME})\b\.? (?:the )?{_DAY}\b(?![.,]?\d)(?:,? (?:of )?(\d{{4}})\b)?", re.IGNORECASE)
_FULL_NAMES = "|".join(month for month in MONTHS if month not in ("may", "march"))
_GLUED = re.compile(  # 3August 1934, August1934, August 3,1934
    rf"(?<![\w.])(\d{{1,2}})(?=(?:{_FULL_NAMES}|March|May)\b)|\b({_FULL_NAMES}|March|May)(?=\d)"
    rf"|((?:{_FULL_NAMES}|March|May) \d{{1,2}},)(?=\d{{4}}\b)",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(?<![\d.-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d-])")
_YEAR_LAST = re.compile(r"(?<![\d.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?![\d-])")
_ORDINAL_WORD = "|".join(sorted(ORDINALS, key=len, reverse=True))
_ORDINAL_DAY = re.compile(
    rf"\b((?:(?:twenty|thirty)[- ])?(?:{_ORDINAL_WORD}))(?=(?: day)? of (?:{_NAME})\b)", re.IGNORECASE
)
_TO = r"\s?(?:-|to|until|till|through)\s?"
_DAYS_OF_MONTH = re.compile(rf"(?<![\d.,:/-])\b{_DAY}{_TO}{_DAY}(?: of)? ({_NAME})\b", re.IGNORECASE)
_MONTH_DAYS = re.compile(rf"\b({_NAME})\.? {_DAY}{_TO}{_DAY}\b(?![.,]?\d|:| ?(?:{_NAME}))", re.IGNORECASE)
_CHINESE_DAYS = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?[至到~-](\d{1,2})[日号]")
_BEFORE_CHRIST = re.compile(  # 218-201 BCE
    r"(?<![\w.,])(\d{1,4})(\s?(?:-|to|and|until)\s?)(\d{1,4}) ?(?:B\.C\.(?:E\.)?|BCE?\b)", re.IGNORECASE
)
_DAYS_JOINED = re.compile(rf"(?<![\w.,:/-])(?<!\d )\b{_DAY}( and | or | & ){_DAY}(?: of)? ({_NAME})\b", re.IGNORECASE)
_MONTH_DAYS_JOINED = re.compile(
    rf"\b({_NAME}) {_DAY}( and | or | & ){_DAY}(?![\w.:]|,? ?\d| (?:{_NAME})\b)", re.IGNORECASE
)
_DAYS_JOINED_ZH = re.compile(r"(\d{1,2}月)(\d{1,2}[日号])([、和与及或])(\d{1,2}[日号])")
_LAST_DAY = re.compile(rf"\b(?:the )?last day of ({_NAME})\b", re.IGNORECASE)
_LAST_DAY_ZH = re.compile(r"(\d{1,2})月的?最后[一1]天")
_CHINESE = re.compile(r"(?:(\d{4})年\s*)?0?(\d{1,2})月(?:\s*0?(\d{1,2})[日号])?")


def write_dates(text: str, lang: Language) -> str:
    """The text with dates as "14 March 2025" or 2025年3月14日: a part of a date is then a part of the text.

    04/05/2025 stays as it is: nothing says which is the month.
    """
    text = _GLUED.sub(lambda match: match.group() + " ", text) if lang == "en" else text
    text = _BEFORE_CHRIST.sub(r"\1 BC\2\3 BC", text)
    text = _DAYS_JOINED.sub(r"\1 \4\2\3 \4", _MONTH_DAYS_JOINED.sub(r"\1 \2\3\1 \4", text))
    text = _DAYS_JOINED_ZH.sub(r"\1\2\3\1\4", text)
    text = _LAST_DAY.sub(lambda m: f"{_last_day(MONTH_NUMBERS[m[1].lower()])} {m[1]}", text)
    text = _LAST_DAY_ZH.sub(lambda m: f"{m[1]}月{_last_day(int(m[1]))}日" if 1 <= int(m[1]) <= 12 else m.group(), text)
    text = _span(_ORDINAL_DAY.sub(lambda m: str(_ordinal(m[1])), text))
    text = _YEAR_FIRST.sub(lambda m: _render(m.group(1), int(m.group(3)), int(m.group(4)), lang) or m.group(), text)
    text = _YEAR_LAST.sub(lambda m: _year_last(m, lang), text)
    if lang == "zh":
        return _CHINESE.sub(_chinese, text)
    text = _DAY_FIRST.sub(lambda m: _render(m.group(3), MONTH_NUMBERS[m.group(2).lower()], int(m.group(1)), lang), text)
    return _MONTH_FIRST.sub(
        lambda m: _render(m.group(3), MONTH_NUMBERS[m.group(1).lower()], int(m.group(2)), lang), text
    )


def _ordinal(words: str) -> int:
    """5 for "fifth", 25 for "twenty-fifth"."""
    tens, _, ones = words.lower().replace(" ", "-").rpartition("-")
    return {"twenty": 20, "thirty": 30}.get(tens, 0) + ORDINALS[ones]


def _last_day(month: int) -> int:
    """Of a year that is no leap year."""
    return monthrange(2023, month)[1]


def _span(text: str) -> str:
    """3 May to 7 May for "3 to 7 May", "May 3-7" and 5月3日至7日."""
    text = _DAYS_OF_MONTH.sub(r"\1 \3 to \2 \3", text)
    text = _MONTH_DAYS.sub(r"\2 \1 to \3 \1", text)
    return _CHINESE_DAYS.sub(r"\1月\2日至\1月\3日", text)


def _year_last(match: re.Match[str], lang: Language) -> str:
    first, separator, second, year = int(match.group(1)), match.group(2), int(match.group(3)), match.group(4)
    if separator == "." or first > 12:
        return _render(year, second, first, lang) or match.group()
    return (_render(year, first, second, lang) if second > 12 else "") or match.group()


def _render(year: str | None, month: int, day: int, lang: Language) -> str:
    """The date in its one form; empty when there is no such month or day."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    if lang == "zh":
        return (f"{year}年" if year else "") + f"{month}月{day}日"
    return f"{day} {MONTHS[month - 1].title()}" + (f" {year}" if year else "")


def _chinese(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return (f"{year}年" if year else "") + f"{month}月" + (f"{day}日" if day else "")
