"""An answer exchanged for another of its kind: a number, a date, a day, a language, a name. Knows no passages.

An answer of which it is not plain what kind it is has no counterpart: codes, telephone numbers, phrases.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

import numpy as np

from assay.corpus.dating import MONTHS
from assay.scoring import language_of

__all__ = ["exchange"]

# Months of 31 days, so that every day of the old month is one of the new.
_LONG_MONTHS = ("January", "March", "May", "July", "August", "October", "December")
_LONG_MONTH_NUMBERS = ("1", "3", "5", "7", "8", "10", "12")
_GROUPS: tuple[tuple[str, ...], ...] = (
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"),
    ("English", "French", "German", "Spanish", "Italian", "Dutch", "Swedish", "Finnish", "Polish", "Chinese"),
    tuple(f"星期{day}" for day in "一二三四五六"),
    tuple(f"周{day}" for day in "一二三四五六"),
    ("英语", "法语", "德语", "西班牙语", "意大利语", "日语", "韩语", "俄语"),
)
_NUMBER_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_CHINESE_DIGITS = "两三四五六七八九"
_MOST_WORDS, _MOST_CHARACTERS = 5, 12  # longer answers are phrases that happen to hold a number or a name
_LETTER = "A-Za-z\u00c0-\u024f"
_MONTH = re.compile(rf"\b(?:{MONTHS.title().replace(' ', '|')})\b")
_CHINESE_MONTH = re.compile(r"(?<!\d)(?:1[0-2]|[1-9])(?=月)")
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE)
_CHINESE_NUMBER = re.compile(
    r"(?<![一二两三四五六七八九十百千万第])[两二三四五六七八九](?=[个天日年周月小分次名人位元倍页条])"
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_IN_A_CODE = re.compile(rf"[{_LETTER}]\d|\d[-:/]\d|[+#]\s?\d|(?<!\d)[-.]\d|\b0\d|\d(?:s\b|\s?年代)")
_YEARS = range(1000, 2100)  # a count of that size stays likely too
_PERCENT = re.compile(r"%|％|\bper ?cent\b|百分之")
_STEPS = (1000, 500, 100, 50, 10, 5, 1)
_TENTHS = (3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 16, 17)  # tenths of the old number

_NAME_WORD = re.compile(rf"[A-Z\u00c0-\u00de][{_LETTER}]*[a-z\u00df-\u024f](?:['’-][{_LETTER}]+)?")
_LINKS = {"and", "of", "the", "de", "da", "do", "van", "von", "der", "for", "The"}
_WHO = re.compile(r"\bwho(?:m|se)?\b|谁|哪位|姓名|叫什么名字", re.IGNORECASE)
_GIVEN = ("Anna", "Martin", "Clara", "Peter", "Julia", "Simon", "Laura", "David")
_FAMILY = ("Berger", "Novak", "Lindholm", "Costa", "Weaver", "Marchetti", "Dunn", "Keller")
_INVENTED = ("Merrow", "Calder", "Ashvale", "Torrin", "Velda", "Brask", "Lunmar", "Ostrel")
_CHINESE_PEOPLE = ("林志远", "周雅琴", "陈国栋", "吴思敏", "何文博", "郑丽华", "孙一鸣", "冯晓岚")
_CHINESE_INVENTED = ("云岭", "海澜", "远帆", "临川", "青禾", "明澈", "松溪", "北辰")
_CHINESE_KIND = re.compile(r"(?:公司|集团|银行|大学|学院|医院|酒店|中心|协会|(?<!公)路|[省市县区镇村街河江湖港站])$")
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff]{2,}")


def exchange(answer: str, question: str, rng: np.random.Generator) -> str | None:
    """Another answer of the same kind in the same form; None for an answer that cannot be exchanged.

    The question tells a person's name from others. Numbers stay as round and as long as they were, years near, shares
    at most 100%, so that the new answer is as likely as the old one.
    """
    if len(answer.split()) > _MOST_WORDS or (language_of(answer) == "zh" and len(answer) > _MOST_CHARACTERS):
        return None
    for group in _GROUPS:
        if answer in group:
            return _other(group, answer, rng)
    if _MONTH.search(answer):
        return _replace_one(_MONTH, answer, lambda old: _other(_LONG_MONTHS, old, rng))
    if _CHINESE_MONTH.search(answer):
        return _replace_one(_CHINESE_MONTH, answer, lambda old: _other(_LONG_MONTH_NUMBERS, old, rng))
    if any(character.isdigit() for character in answer):
        return _exchange_number(answer, rng)
    if _NUMBER_WORD.search(answer):
        return _replace_one(_NUMBER_WORD, answer, lambda old: _like(_other(_NUMBER_WORDS, old.lower(), rng), old))
    if _CHINESE_NUMBER.search(answer):
        return _replace_one(_CHINESE_NUMBER, answer, lambda old: _other(_CHINESE_DIGITS, old.replace("二", "两"), rng))
    return _exchange_name(answer, question, rng)


def _other(group: Sequence[str], old: str, rng: np.random.Generator) -> str:
    """A member of the group other than the old one."""
    others = [member for member in group if member.casefold() != old.casefold()]
    return others[int(rng.integers(len(others)))]


def _like(new: str, old: str) -> str:
    return new.capitalize() if old[0].isupper() else new


def _replace_one(find: re.Pattern[str], answer: str, new: Callable[[str], str]) -> str | None:
    """The answer with the one place of the pattern renewed; None where there are several: which one counts?"""
    if len(find.findall(answer)) != 1:
        return None
    return find.sub(lambda match: new(match.group()), answer)


def _exchange_number(answer: str, rng: np.random.Generator) -> str | None:
    found = _NUMBER.findall(answer)
    if len(found) != 1 or _IN_A_CODE.search(answer):
        return None
    most = 100 if _PERCENT.search(answer) else None
    new = _other_number(found[0], most, rng)
    return None if new is None else answer.replace(found[0], new)


def _other_number(written: str, most: int | None, rng: np.random.Generator) -> str | None:
    """Another number, in steps of what the old one is a multiple of; None for 0 and 1, whose nouns are others."""
    value = Decimal(written.replace(",", ""))
    places = len(written.partition(".")[2])
    units = int(value.scaleb(places))
    if value in (0, 1):
        return None
    if places == 0 and "," not in written and units in _YEARS:
        return str(units + int(rng.choice([-1, 1])) * int(rng.integers(2, 20)))
    step = next(step for step in _STEPS if units % step == 0 and (units > 4 * step or step == 1))
    wanted = [max(2, round(units * tenths / 10 / step)) * step for tenths in _TENTHS]
    possible = sorted({n for n in wanted if n != units and (most is None or n <= most * 10**places)})
    if not possible:
        return None
    new = Decimal(possible[int(rng.integers(len(possible)))]).scaleb(-places)
    return f"{new:,.{places}f}" if "," in written else f"{new:.{places}f}"


def _exchange_name(answer: str, question: str, rng: np.random.Generator) -> str | None:
    if language_of(answer) == "zh":
        return _exchange_chinese_name(answer, question, rng)
    words = answer.split()
    names = [word for word in words if _NAME_WORD.fullmatch(word) and word not in _LINKS]
    is_listed = any(name in group for name in names for group in _GROUPS)  # "Tuesdays and Fridays"
    if not names or is_listed or len(names) + sum(word in _LINKS for word in words) < len(words):
        return None
    if _WHO.search(question) and 2 <= len(names) == len(words) <= 3:
        return f"{_GIVEN[int(rng.integers(len(_GIVEN)))]} {_FAMILY[int(rng.integers(len(_FAMILY)))]}"
    longest = max(names, key=len)  # of "Port Dunmarrow" the part that names it
    return " ".join(_other(_INVENTED, word, rng) if word is longest else word for word in words)


def _exchange_chinese_name(answer: str, question: str, rng: np.random.Generator) -> str | None:
    if not _CHINESE_NAME.fullmatch(answer):
        return None
    if _WHO.search(question) and len(answer) <= 4:
        return _other(_CHINESE_PEOPLE, answer, rng)
    kind = _CHINESE_KIND.search(answer)
    if kind is None or kind.start() < 2:  # nothing is left that names it
        return None
    return _other(_CHINESE_INVENTED, answer[: kind.start()], rng) + kind.group()
