"""Quantities in a text: value, unit, how exact, in English and Chinese. Knows no question and not which is right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assay.scoring.answer_language import Language, language_of
from assay.scoring.money import CURRENCIES
from assay.scoring.normalise import plain_form
from assay.scoring.values.date_values import find_dates
from assay.scoring.values.time_values import find_times
from assay.scoring.values.units import BY_NAME, QUALIFIERS, SPEEDS, find_unit, is_symbol, noun_of, unit_of_chinese

__all__ = ["Bound", "Quantity", "parse_quantities", "read_quantities", "same_amount", "same_kind"]

Bound = Literal["", ">", ">=", "<", "<="]

_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALES |= {"mn": 10**6, "mio": 10**6, "M": 10**6, "bn": 10**9, "lakh": 10**5, "crore": 10**7}
_NUMBER = re.compile(
    r"(?<![\w.])(?:(?<![A-Za-z]-)|(?=(?:19|20)\d\d(?!\d)))(?<!\d[/:])(?:(?<![\w)%])-)?(?:\d+/\d+(?![/\d])"
    r"|\d+(?:\.\d+)?)(?!\d|[.:]\d|/\d)",
    re.ASCII,
)
_DECADE = re.compile(r"(?:1\d|20)?\d0s\b")  # the 1990s
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_SCALE = re.compile(rf"[\s-]?({'|'.join(_SCALES)})s?\b(?!-)", re.ASCII)
_WORD = re.compile(
    r"[\s-]?(%|‰|per ?cent(?:age)?\b|°\s?[CF]\b|°|[A-Za-zμΩ]+(?:(?<=m)[23]|\^[23])?(?![\w]))", re.ASCII | re.IGNORECASE
)
_PER = re.compile(
    r"\s?(?:/\s?|per\s|a\s(?=[a-z])|an\s(?=hour)|each\s|every\s)(?:one\s|1\s)?([A-Za-z]+)(?!\w)",
    re.ASCII | re.IGNORECASE,
)
_COUNTED_PER = re.compile(
    r"seconds?|sec|s|minutes?|min|hours?|hr|h|days?|nights?|weeks?|months?|quarters?|years?|yr|km|kilometres?"
    r"|kilometers?"
    r"|miles?|persons?|heads?|trips?|employees?|litres?|kg|unit|gallon|inch|m|l",
    re.IGNORECASE,
)
_AFTER_ZH = re.compile(r"\s?([A-Za-zμΩ]+[23]?|[^\dA-Za-z\s]{1,8})?", re.ASCII)
_PER_ZH = re.compile(r"\s?(?:/|每)\s?(小时|天|日|月|年|周|人|晚|次|公里|千米|米|秒|分钟|[a-z]+)")
_BEFORE_ZH = re.compile(r"每(小时|天|日|个?月|年|周|人|晚|次|公里|千米|英里|米|秒|分钟)[^，。；,;\d每]{0,6}$")

_LINK = re.compile(
    r"[\s,]*(?:to|or|and|until|till|through|[-~]|至|到|或者?|和|与|及|还是|以及)"
    r"\s*(?:even |maybe |perhaps |possibly |about |around |approximately |by |at |约)?[$€£]?$",
    re.IGNORECASE,
)
_BOUNDS_BEFORE: list[tuple[Bound, str]] = [
    (">=", r"at least|no(?:t)? (?:less|fewer|lower|earlier|shorter|younger) than|(?:a )?minimum(?: of)?|min\.?|from|>="
           r"|≥|≧|upwards of"
           r"|至少|不少于|不低于|不小于|不得少于|不得低于|最少|最低|起码|大于等于|不早于|不短于"
           r"|(?<![未不])(?:年|已)?满"),
    ("<=", r"at most|no(?:t)? (?:more|greater|higher|later|longer|larger|older) than|not (?:to )?exceed(?:ing|s)?"
           r"|(?:does|do|may|must|can|shall)"
           r" ?not exceed|up to|(?:a )?maximum(?: of)?|max\.?|<=|≤|≦|as many as|as much as|不超过|不多于"
           r"|不高于|最远|最快|最重"
           r"|不大于|不得超过|不得多于"
           r"|不得高于|至多|最多|最高|最大|最长|小于等于|不晚于|不长于|limited to|capped at|a limit of|within"
           r"|(?<!in )under or equal to"),
    (">", r"more than|over|above|greater than|exceed(?:ing|s|ed)?|beyond|longer than|older than|higher than"
          r"|larger than|>"
          r"|(?<!不)(?<!不得)超过|(?<!不)多于|(?<!不)高于|(?<!不)大于|(?<!不)超出|(?<!不)长于"),
    ("<", r"less than|under|below|fewer than|lower than|shorter than|younger than|smaller than|<|(?<!不)少于"
          r"|(?<!不得)(?<!不)低于"
          r"|(?<!不)小于|不足|不到|未满|不满|(?<!不)短于"),
]  # fmt: skip
_BOUNDS_AFTER: list[tuple[Bound, str]] = [
    (">=", r"or (?:more|over|above|longer|older|greater|higher|up)\b|and (?:over|above|up|older|more)\b|\+(?!\w)"
           r"|minimum\b"
           r"|at (?:the )?(?:least|minimum)\b|及以上|以上|或以上|或更[多长高]|(?:或者?)?起"),
    ("<=", r"or (?:less|fewer|under|below|younger|lower|shorter)\b|and (?:under|below|younger)\b|maximum\b"
           r"|at (?:the )?(?:most|maximum)\b"
           r"|及以下|以下|或以下|以内|之内|内|或更[少短低]"),
]  # fmt: skip
_ABOUT_BEFORE = re.compile(
    r"(?:about|around|approximately|approx\.?|roughly|some|circa|ca\.?|c\.|close to|an? estimated"
    r"|estimated at"
    r"|[~≈]|大约|大概|约|差不多)\s*(?:US|CA|AU)?[$€£]?$",
    re.IGNORECASE,
)
_A_LITTLE = r"(?:a (?:little|bit|touch|shade)|slightly|just|somewhat|marginally)"
# a little more or less than a round figure: never that figure itself
_NEARLY_WORDS: list[tuple[Bound, str]] = [
    (">", rf"\b{_A_LITTLE} (?:over|above|more than)|略[多高]于|刚过|略超过?"),
    (
        "<",
        rf"\b(?:{_A_LITTLE} (?:under|below|less than|short of)|nearly|almost|not quite)"
        r"|将近|(?<![最附])近|接近|略[少低]于",
    ),
]
_NEARLY_BEFORE = [
    (bound, re.compile(rf"(?:{words})\s*(?:US|CA|AU)?[$€£]?$", re.IGNORECASE)) for bound, words in _NEARLY_WORDS
]
_ODD_AFTER = re.compile(r"多(?![\u4e00-\u9fff])|有余|出头|余(?![\u4e00-\u9fff])")
_ABOUT_AFTER = re.compile(r"\s*(?:or so\b|左右|上下|approximately\b)", re.IGNORECASE)
_BETWEEN = r"(?:\s|(?:a |the )?(?:total|net|of|is|as|至|为|是|约)\s?){0,2}[$€£]?$"
_BEFORE = [
    (bound, re.compile(rf"(?:(?<![a-zA-Z]))(?:{words})\s?{_BETWEEN}", re.IGNORECASE)) for bound, words in _BOUNDS_BEFORE
]
_AFTER = [
    (bound, re.compile(rf"\s?(?:\w+ )?(?:{words})" if bound else words, re.IGNORECASE))
    for bound, words in _BOUNDS_AFTER
]
_WITHOUT_IT = re.compile(r"\S{0,3}[，,(（\s]*(?:不含|不包括|(?:but )?(?:not including|excluding))")
_STRICT: dict[Bound, Bound] = {">=": ">", "<=": "<"}
_TURNED: dict[Bound, Bound] = {">": "<=", "<": ">="}
_DENIED = re.compile(
    r"\b(?:not|never|cannot|n't)\s(?:[a-z]+\s){0,6}(?:more|less|longer|fewer|higher|lower|over|above|below) ", re.I
)
_NEAR = 26  # characters before a number that may say how exact it is
_JOINED = re.compile(r"(?:\s|,|\band\b|零|又|-)*", re.IGNORECASE)  # between the parts of "1 hour and 30 minutes"
_SMALL_MONEY = {"角": Decimal("0.1"), "毛": Decimal("0.1"), "分": Decimal("0.01")}
_OF_CENTS = frozenset(["usd", "cad", "aud", "hkd", "eur", "nzd", "sgd", "zar"])  # currencies of a hundred cents
_LEAST_DIGITS, _NEARLY = 3, Decimal("0.005")  # of a rounded figure: 247 million for 247.3
_REST = Decimal("0.01")  # 63 years, for 63 years and 7 months
_HALF_A_DEGREE, _ZERO_CELSIUS = Decimal("0.6"), Decimal("273.15")
_ZEROS = 3  # at the end of a number that is rounded by the look of it: 364,000
_CLOSE = Decimal("0.01")  # of one that says "about" and has but one digit: about 50, for 50.45
_LEAST_ABOUT, _ABOUT = 2, Decimal("0.03")  # of one that says "about"


@dataclass(frozen=True)
class Quantity:
    """One number of a text with what it counts.

    `unit` is a canonical name ("day", "eur", "percent"), a singular noun that the table does not know ("ferry"),
    "date" for a part of a date, "clock" for a time of day (in minutes), or "" for a bare number; `per` is the unit
    after "per", or "". `start` and `end` are characters of the plain text (see `plain_form`). `linked` says that "or",
    "to" or "and" joins it to the next number. `bound` is what it limits: "at least 5" has ">=".
    """

    value: Decimal
    unit: str
    per: str
    start: int
    end: int
    unscaled: Decimal  # 4.9 for "4.9 million"
    linked: bool = False
    bound: Bound = ""
    about: bool = False  # "about 5"
    days: str = ""  # "working" or "calendar"
    digits: str = ""  # as written, trailing zeros and all
    is_compound: bool = False  # 63 years and 7 months

    @property
    def is_known_unit(self) -> bool:
        """Whether the unit is one of the table and not just the noun that followed."""
        return self.unit in ("date", "clock") or self.unit in BY_NAME or self.unit in CURRENCIES


def parse_quantities(text: str, lang: Language | None = None) -> list[Quantity]:
    """The quantities of a text in order, as written: "EUR 27.4 million" has value 27400000 and unit "eur".

    A number before "to", "or" or "and" and another number takes that one's unit: "20 to 25 days" has two quantities
    of days; "1 hour 30 minutes" has one. Numbers inside names and codes (E11, 4.3.0) are none.
    """
    lang = lang or language_of(text)
    return read_quantities(plain_form(text, lang), lang)


def read_quantities(plain: str, lang: Language) -> list[Quantity]:
    """The same of a text that is plain already."""
    taken = [(one.start, one.end, "date") for one in find_dates(plain, lang, bare_years=False)]
    times = [
        Quantity(Decimal(one.minutes), "clock", "", one.start, one.end, Decimal(one.minutes))
        for one in find_times(plain)
    ]
    taken += [(one.start, one.end, "") for one in times]
    found = sorted([*_numbers(plain, lang, taken), *times], key=lambda one: one.start)
    return _linked(_compounds(found, plain), plain)


def _numbers(plain: str, lang: Language, taken: Sequence[tuple[int, int, str]]) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(plain):
        kind = next((kind for start, end, kind in taken if start <= match.start() < end), None)
        if kind is None:
            one = _chinese(plain, match) if lang == "zh" else _english(plain, match)
            if one is not None:
                yield _with_bounds(one, plain)
        elif kind == "date":
            value = Decimal(match.group().lstrip("-")) if "/" not in match.group() else Decimal(0)
            yield Quantity(value, "date", "", *match.span(), value, digits=match.group())


def _value(number: str) -> Decimal:
    whole, _, parts = number.partition("/")
    return Decimal(whole) / Decimal(parts) if parts and int(parts) else Decimal(whole)


def _english(plain: str, match: re.Match[str]) -> Quantity | None:
    number, end = match.group(), match.end()
    value = unscaled = _value(number)
    if plain[end : end + 2] == "'s" or _DECADE.match(plain, match.start()):
        return None
    ordinal = _ORDINAL.match(plain, end)
    if ordinal:
        return Quantity(value, "", "", match.start(), ordinal.end(), value, digits=number)
    scale = _SCALE.match(plain, end)
    if scale:
        value, end = value * _SCALES[scale[1]], scale.end()
    if end < len(plain) and plain[end].isascii() and plain[end].isalpha() and not _known_at(plain, end):
        return None  # 5G, 3D
    unit, per, days, end = _english_unit(plain, end)
    return Quantity(value, unit, per, match.start(), end, unscaled, days=days, digits=number)


def _known_at(plain: str, place: int) -> bool:
    word = _WORD.match(plain, place)
    return (
        bool(word) and bool(_unit_name(word[1]) or word[1] in SPEEDS or noun_of(word[1]))
        if word and len(word[1]) > 1
        else bool(word and _unit_name(word[1]))
    )


def _unit_name(word: str) -> str:
    if word == "%" or word.lower().startswith(("percent", "per cent")):
        return "percent"
    if word.startswith("°"):
        return {"C": "celsius", "F": "fahrenheit"}.get(word[-1].upper(), "degree")
    return find_unit(word)


def _english_unit(plain: str, place: int) -> tuple[str, str, str, int]:
    """Unit, per, working or calendar days, and the place after them; that of the number where there is no unit."""
    unit, days, at, noun, noun_end = "", "", place, "", place
    for step in range(4):
        word = _WORD.match(plain, at)
        if not word or (step and word.group()[0] not in " -"):
            break
        said = word[1]
        two = _WORD.match(plain, word.end())
        if two and two.group()[0] in " -" and (found := find_unit(f"{said} {two[1]}") or _pair_unit(said, two[1])):
            unit, at = found, two.end()
            break
        if said in SPEEDS:
            return *SPEEDS[said], days, word.end()
        if (found := _unit_name(said)) and not _is_word_here(plain, said, word.end()):
            unit, at = found, word.end()
            break
        lower = said.lower()
        if lower in QUALIFIERS:
            days = {"working": "working", "business": "working", "calendar": "calendar"}.get(lower, days)
        elif not (singular := noun_of(said)) or (noun and step > 2):
            break
        elif not noun:
            noun, noun_end = singular if not is_symbol(said) else said, word.end()
        at = word.end()
    if not unit:
        return noun, "", days, noun_end
    per = _PER.match(plain, at)
    if per and (
        per.group().strip()[0] == "/" or per.group().lower().strip().startswith("per") or _COUNTED_PER.fullmatch(per[1])
    ):
        return unit, find_unit(per[1]) or noun_of(per[1]) or per[1], days, per.end()
    return unit, "", days, at


def _pair_unit(first: str, second: str) -> str:
    if first.lower() in ("degrees", "degree", "deg"):
        return {"celsius": "celsius", "c": "celsius", "fahrenheit": "fahrenheit", "f": "fahrenheit"}.get(
            second.lower(), ""
        )
    if first.lower() in ("per", "percent", "percentage") and second.lower() in ("cent", "points", "point"):
        return "percent" if second.lower() == "cent" else "percentage point"
    joined = first + second
    if (first, second) == ("N", "m"):
        return "newton metre"
    return find_unit(joined) if len(first) > 2 and joined.lower() == joined and len(joined) > 7 else ""


def _is_word_here(plain: str, said: str, end: int) -> bool:
    """Whether a unit's name is rather a word: "5 in the", "8 at", "10 A levels"."""
    return said in ("in", "a", "A", "at", "st", "ac", "as", "I", "d", "y", "mi", "M") and bool(
        re.match(r"\s(?:[a-z]|\d{4})", plain[end:])
    )


def _chinese(plain: str, match: re.Match[str]) -> Quantity | None:
    number, end = match.group(), match.end()
    value = unscaled = _value(number)
    is_more = plain[end : end + 1] in ("多", "余") and unit_of_chinese(plain[end + 1 : end + 5])[0] != ""
    end += is_more
    after = _AFTER_ZH.match(plain, end)
    said = (after[1] if after else "") or ""
    if said and said[0].isascii() and said[0].isalpha():
        scale = _SCALE.match(plain, end)
        if scale:
            value, end = value * _SCALES[scale[1]], scale.end()
        unit, per, days, end = _english_unit(plain, end)
        if not unit and plain[match.end() : match.end() + 1].isalpha():
            return None  # 5G
        return Quantity(value, unit, per, match.start(), end, unscaled, days=days, digits=number)
    in_order = match.start() > 0 and plain[match.start() - 1] == "第"  # 第32条 is a name, not 32 of something
    unit, length = ("", 0) if in_order else _chinese_unit(said)
    end = (after.start(1) if after and length else end) + length
    days = (
        "working"
        if said.startswith(("个工作日", "工作日"))
        else "calendar"
        if said.startswith(("个自然日", "自然日"))
        else ""
    )
    after_per = _PER_ZH.match(plain, end) if unit else None
    ahead = _BEFORE_ZH.search(plain[max(0, match.start() - 12) : match.start()]) if unit in CURRENCIES else None
    of = after_per[1] if after_per else ahead[1] if ahead else ""
    named = unit_of_chinese(of)[0] or find_unit(of) or of
    return Quantity(
        value,
        unit,
        named,
        match.start(),
        after_per.end() if after_per else end,
        unscaled,
        days=days,
        digits=number,
        bound=">" if is_more else "",
        about=is_more,
    )


def _chinese_unit(following: str) -> tuple[str, int]:
    if following.startswith(("%", "‰")):
        return ("percent" if following[0] == "%" else "per mille"), 1
    if following.startswith("°"):
        return "degree", 1
    return unit_of_chinese(following)


def _with_bounds(one: Quantity, plain: str) -> Quantity:
    if one.bound:
        return one  # 500多元
    before, after = plain[max(0, one.start - _NEAR) : one.start], plain[one.end : one.end + _NEAR]
    nearly: Bound = next((bound for bound, words in _NEARLY_BEFORE if words.search(before)), "")
    if nearly or _ODD_AFTER.match(after):
        return replace(one, bound=nearly or ">", about=True)
    about = bool(_ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(after))
    before = _ABOUT_BEFORE.sub("", before)
    bound: Bound = next((bound for bound, words in _AFTER if words.match(after)), "")
    bound = next((bound for bound, words in _BEFORE if words.search(before)), bound)
    if bound and _WITHOUT_IT.match(plain, one.end):
        bound = _STRICT.get(bound, bound)  # 5人以上，不含5人
    if bound in _TURNED and _DENIED.search(plain[max(0, one.start - 2 * _NEAR) : one.start]):
        bound = _TURNED[bound]  # may not cost more than 40
    return replace(one, bound=bound, about=about) if bound or about else one


def _compounds(found: Sequence[Quantity], plain: str) -> list[Quantity]:
    """1 hour 30 minutes as one quantity, 5 ft 10 in, 3元5角."""
    joined: list[Quantity] = []
    for one in found:
        last = joined[-1] if joined else None
        together = _together(last, one, plain) if last is not None else None
        if together is None:
            joined.append(one)
        else:
            joined[-1] = together
    return joined


def _together(last: Quantity, one: Quantity, plain: str) -> Quantity | None:
    if not _JOINED.fullmatch(plain, last.end, one.start) or one.value < 0 or one.bound:
        return None
    sign = plain[one.end : one.end + 1]
    if last.unit == "cny" and not one.unit and sign in _SMALL_MONEY:
        return replace(last, value=last.value + one.value * _SMALL_MONEY[sign], end=one.end + 1, unscaled=last.value)
    if last.unit == "cny" and one.unit == "point":
        return replace(last, value=last.value + one.value * _SMALL_MONEY["分"], end=one.end)
    smaller = BY_NAME["minute"] if last.unit == "hour" and one.unit == "point" else BY_NAME.get(one.unit)
    larger = BY_NAME.get(last.unit)
    if not smaller or not larger or smaller.dimension != larger.dimension or last.per or last.value != int(last.value):
        return None
    if smaller.factor >= larger.factor or one.value * smaller.factor >= larger.factor or larger.dimension == "percent":
        return None
    value = last.value * larger.factor + one.value * smaller.factor
    return replace(
        last,
        value=value / smaller.factor,
        unit=smaller.name,
        per=one.per,
        end=one.end,
        unscaled=value / smaller.factor,
        is_compound=True,
    )


def _linked(found: list[Quantity], plain: str) -> list[Quantity]:
    for i in range(len(found) - 2, -1, -1):
        this, after = found[i], found[i + 1]
        between = plain[this.end : after.start]
        if len(between) < 24 and _LINK.fullmatch(between) and this.unit != "date":
            unit, per = (after.unit, after.per) if not this.unit else (this.unit, this.per)
            found[i] = replace(this, unit=unit if unit != "date" else this.unit, per=per, linked=True)
    return found


def same_amount(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are one amount: equal values in one unit, or in units that convert (36 months, 3 years).

    A bare number equals any quantity of its value, also before its scale word: 4.9 and "EUR 4.9 million"; a bare share
    equals its percentage: 1/5 and 20%. Two nouns that no table knows are not told apart, two symbols are. A rounded
    figure equals the exact one where it has three digits and is off by no more than 0.5%.
    """
    if _are_degrees(a, b):
        return abs(_in_celsius(a) - _in_celsius(b)) <= _HALF_A_DEGREE
    if not same_kind(a, b):
        return False
    if _are_cents(a, b):
        return _is_near(_in_whole(a), _in_whole(b), a, b)
    if not a.unit or not b.unit:
        if {a.unit, b.unit} == {"", "percent"} and _is_near(*_shares(a, b), a, b):
            return True
        return _is_near(a.value, b.value, a, b) or a.value == b.unscaled or a.unscaled == b.value
    base_a, base_b = _in_base(a), _in_base(b)
    per_a, per_b = BY_NAME.get(a.per), BY_NAME.get(b.per)
    if per_a and per_b and per_a != per_b and not _is_rate(a):  # EUR 24 a day, EUR 1 an hour
        return _is_near(a.value / per_a.factor, b.value / per_b.factor, a, b)
    if base_a is not None and base_b is not None:
        return _is_near(base_a, base_b, a, b)
    return _is_near(a.value, b.value, a, b)


def _are_degrees(a: Quantity, b: Quantity) -> bool:
    """Whether two temperatures are told on different scales: 37 °C, 98.6 °F."""
    return a.unit != b.unit and {a.unit, b.unit} <= {"celsius", "fahrenheit", "kelvin"}


def _in_celsius(one: Quantity) -> Decimal:
    if one.unit == "fahrenheit":
        return (one.value - 32) * 5 / 9
    return one.value - _ZERO_CELSIUS if one.unit == "kelvin" else one.value


def _are_cents(a: Quantity, b: Quantity) -> bool:
    """Whether one is in cents and the other in a currency that has them: which one's cents is not told."""
    return "cent" in (a.unit, b.unit) and bool({a.unit, b.unit} & _OF_CENTS)


def _in_whole(one: Quantity) -> Decimal:
    return one.value / 100 if one.unit == "cent" else one.value


def _shares(a: Quantity, b: Quantity) -> tuple[Decimal, Decimal]:
    return (a.value, b.value / 100) if b.unit == "percent" else (a.value / 100, b.value)


def same_kind(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities count the same, so that they can be compared at all; a bare number is of any kind."""
    if not a.unit or not b.unit:
        return "clock" not in (a.unit, b.unit)
    if a.days and b.days and a.days != b.days:
        return False
    if a.per != b.per and ((a.per and b.per and not _same_unit(a.per, b.per)) or _is_rate(a) or _is_rate(b)):
        return False
    if (
        _are_cents(a, b)
        or _same_unit(a.unit, b.unit)
        or {a.unit, b.unit} in ({"gbp", "pound"}, {"point", "percentage point"})
    ):
        return True
    if a.is_known_unit and b.is_known_unit:
        return {a.unit, b.unit} == {"celsius", "degree"} or {a.unit, b.unit} == {"fahrenheit", "degree"}
    loose = {"person", "times", "point"}  # what is counted may have another name: 12 people, 12 drivers
    known, _other = (a, b) if a.is_known_unit else (b, a)
    if known.is_known_unit:
        return known.unit in loose
    return not is_symbol(a.unit) and not is_symbol(b.unit)


def _same_unit(a: str, b: str) -> bool:
    this, that = BY_NAME.get(a), BY_NAME.get(b)
    return a == b or (this is not None and that is not None and this.dimension == that.dimension)


def _is_rate(one: Quantity) -> bool:
    """Whether "per" makes another thing of it: km/h is no length; EUR a day are EUR."""
    unit = BY_NAME.get(one.unit)
    return bool(one.per) and unit is not None and unit.dimension in ("length", "data", "volume", "mass", "energy")


def _in_base(one: Quantity) -> Decimal | None:
    unit, per = BY_NAME.get(one.unit), BY_NAME.get(one.per)
    return one.value * unit.factor / (per.factor if per and _is_rate(one) else 1) if unit else None


def _is_near(x: Decimal, y: Decimal, a: Quantity, b: Quantity) -> bool:
    """Whether two values in one unit are equal, or one is the other, rounded."""
    if x == y or abs(x - y) <= abs(y) * Decimal("1e-9"):
        return True
    if x * y <= 0:
        return False
    off = abs(x - y) / max(abs(x), abs(y))
    if (a.is_compound or b.is_compound) and off <= _REST:
        return True
    about = a.about or b.about
    is_part = "/" in a.digits + b.digits  # two thirds are 67%
    least, most = (_LEAST_ABOUT if off > _CLOSE else 1, _ABOUT) if about else (2 if is_part else _LEAST_DIGITS, _NEARLY)
    if off > most:
        return False
    return _rounds(a, b, x, y, least) or _rounds(b, a, y, x, least)


def _rounds(rough: Quantity, exact: Quantity, x: Decimal, y: Decimal, least: int) -> bool:
    """Whether the exact value, cut to the digits of the rough one, is the rough one; years and counts are exact."""
    digits = rough.digits.lstrip("-").replace(".", "").lstrip("0")
    is_round = len(digits) - len(digits.rstrip("0")) >= _ZEROS
    is_scaled = (
        is_round
        or rough.value != rough.unscaled
        or "." in rough.digits
        or "." in exact.digits
        or exact.unit != rough.unit
    )
    significant = len(digits if "." in rough.digits else digits.rstrip("0") or digits)
    if not digits or "/" in rough.digits or significant < least or not (is_scaled or rough.about):
        return False
    exponent = (
        Decimal(rough.digits.lstrip("-")).as_tuple().exponent
        if "." in rough.digits
        else len(digits) - len(digits.rstrip("0"))
    )
    assert isinstance(exponent, int)
    unit = x / Decimal(rough.digits) * Decimal(1).scaleb(exponent)
    return unit != 0 and abs(x - y) <= abs(unit) / 2
