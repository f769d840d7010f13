"""Quantities in a text: value and unit, in English and Chinese. Knows no question and not which of them is right."""

import re
from dataclasses import dataclass
from decimal import Decimal

from assay.scoring.answer_language import Language, language_of
from assay.scoring.dates import MONTHS
from assay.scoring.money import CURRENCIES
from assay.scoring.normalise import normalise
from assay.scoring.units import ENGLISH_UNITS, QUALIFIERS, unit_of_chinese, unit_of_noun

__all__ = ["Quantity", "parse_quantities", "same_amount"]

_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_CONNECTORS = {"to", "or", "and", "until"}
_CHINESE = re.compile(
    r"(?<![0-9a-z.])(?P<number>-?\d+(?:\.\d+)?)(?:(?P<link>[至到或和与])(?=\d)|(?P<unit>%|[a-z/]+|[^\d\sa-z]{0,4}))"
)
_CHINESE_DATE = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?")


@dataclass(frozen=True)
class Quantity:
    """One number of a normalised text with what it counts.

    `unit` is a canonical name ("day", "eur", "percent"), a singular noun that the table does not know ("ferry"),
    "date" for a part of a date, or "" for a bare number; `per` is the unit after "per", or "". `start` and `end` are
    positions in the normalised
    text: words in English, characters in Chinese. `linked` says that "or", "to" or "and" joins it to the next number.
    """

    value: Decimal
    unit: str
    per: str
    start: int
    end: int
    unscaled: Decimal  # 4.9 for "4.9 million"
    linked: bool = False

    @property
    def is_known_unit(self) -> bool:
        """Whether the unit is one of the table and not just the noun that followed."""
        return self.unit == "date" or self.unit in _KNOWN


_KNOWN = {unit.name for unit in ENGLISH_UNITS.values()} | set(CURRENCIES)


def parse_quantities(text: str, lang: Language | None = None) -> list[Quantity]:
    """The quantities of a text in order, as written: "EUR 27.4 million" has value 27400000 and unit "eur".

    A number before "to", "or" or "and" and another number takes that one's unit: "20 to 25 days" has two quantities
    of days. Numbers inside names and codes (E11, 4.3.0) are none.
    """
    lang = lang or language_of(text)
    normalised = normalise(text, lang)
    found = _chinese(normalised) if lang == "zh" else _english(normalised.split())
    for i in range(len(found) - 2, -1, -1):
        this, after = found[i], found[i + 1]
        if this.linked and not this.unit:
            found[i] = Quantity(this.value, after.unit, after.per, this.start, this.end, this.unscaled, linked=True)
    return found


def same_amount(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are one amount: equal values in one unit, or in units that convert (36 months, 3 years).

    A bare number equals any quantity of its value, also before its scale word: 4.9 and "EUR 4.9 million". Two nouns
    that no table knows are not told apart.
    """
    if not a.unit or not b.unit:
        return a.value == b.value or a.value == b.unscaled or a.unscaled == b.value
    if a.per and b.per and a.per != b.per:
        return False
    if not (a.is_known_unit and b.is_known_unit):
        return a.value == b.value and "date" not in (a.unit, b.unit)
    if a.unit == b.unit:
        return a.value == b.value
    return _in_base(a) is not None and _in_base(a) == _in_base(b)


def _in_base(quantity: Quantity) -> tuple[str, Decimal] | None:
    unit = _BY_NAME.get(quantity.unit)
    return (unit.dimension, quantity.value * unit.factor) if unit else None


_BY_NAME = {unit.name: unit for unit in ENGLISH_UNITS.values()}


def _english(words: list[str]) -> list[Quantity]:
    return [_english_quantity(words, i) for i, word in enumerate(words) if _NUMBER.fullmatch(word)]


def _english_quantity(words: list[str], start: int) -> Quantity:
    value = unscaled = Decimal(words[start])
    end = start + 1
    if end < len(words) and words[end] in _SCALES:
        value *= _SCALES[words[end]]
        end += 1
    linked = end + 1 < len(words) and words[end] in _CONNECTORS and bool(_NUMBER.fullmatch(words[end + 1]))
    if _is_date_part(words, start, end):
        return Quantity(value, "date", "", start, end, unscaled)
    unit, end = _english_unit(words, end)
    per = ""
    if unit and end + 1 < len(words) and words[end] == "per":
        per, end = _english_unit(words, end + 1)
    return Quantity(value, unit, per, start, end, unscaled, linked)


def _is_date_part(words: list[str], start: int, end: int) -> bool:
    before = words[start - 1] if start else ""
    after = words[end] if end < len(words) else ""
    return after in MONTHS or (before in MONTHS and len(words[start]) == 4)


def _english_unit(words: list[str], place: int) -> tuple[str, int]:
    """The unit that starts at this word and the place after it; "" and the same place when there is none."""
    skipped = place
    while skipped < len(words) and words[skipped] in QUALIFIERS:
        skipped += 1
    for length in (2, 1):
        name = " ".join(words[skipped : skipped + length])
        if name in ENGLISH_UNITS:
            return ENGLISH_UNITS[name].name, skipped + length
        if name in CURRENCIES:
            return name, skipped + length
    noun = unit_of_noun(words[skipped]) if skipped < len(words) else ""
    return (noun, skipped + 1) if noun else ("", place)


def _chinese(text: str) -> list[Quantity]:
    dates = [match.span() for match in _CHINESE_DATE.finditer(text)]
    found = []
    for match in _CHINESE.finditer(text):
        value = Decimal(match.group("number"))
        start, end = match.span("number")
        if any(low <= start < high for low, high in dates):
            found.append(Quantity(value, "date", "", start, end, value))
            continue
        in_order = start > 0 and text[start - 1] == "第"  # 第32条 is a name, not 32 of something
        unit, length = unit_of_chinese("" if in_order else match.group("unit") or "")
        found.append(Quantity(value, unit, "", start, end + length, value, bool(match.group("link"))))
    return found
