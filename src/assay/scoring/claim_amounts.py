"""The amounts of a clause, and what else it says. Knows how amounts are compared, not what they are about."""

from collections.abc import Sequence
from dataclasses import replace

from assay.scoring.answer_language import Language
from assay.scoring.normalise import normalise
from assay.scoring.quantities import Quantity, parse_quantities, same_amount
from assay.scoring.units import ENGLISH_UNITS

__all__ = ["are_of_one_kind", "holds", "read_amounts", "required", "unit_form"]

_DIMENSIONS = {unit.name: unit.dimension for unit in ENGLISH_UNITS.values()} | {"day": "time", "hour": "time"}
_HOURS = {"hour": 1, "day": 24, "week": 168}


def read_amounts(text: str, lang: Language) -> tuple[tuple[Quantity, ...], str]:
    """The amounts of a text, and the normalised text without them; nouns that are no unit stay."""
    found = tuple(parse_quantities(text, lang))
    plain = normalise(text, lang)
    if lang == "zh":
        for one in reversed(found):
            plain = plain[: one.start] + " " * (one.end - one.start) + plain[one.end :]
        return found, plain
    counted = {place for one in found for place in range(one.start, one.end if one.is_known_unit else one.start + 1)}
    return found, " ".join(word for place, word in enumerate(plain.split()) if place not in counted)


def unit_form(word: str) -> str:
    """The name of an English unit, and any other word as it is: "km" -> "kilometre"."""
    return ENGLISH_UNITS[word].name if word in ENGLISH_UNITS else word


def required(amounts: Sequence[Quantity]) -> list[Quantity]:
    """Those that an answer has to have: "one" is often no amount."""
    return [one for one in amounts if one.value != 1 or one.unit == "date"]


def holds(amount: Quantity, among: Sequence[Quantity]) -> bool:
    """Whether an equal amount is among them; a day is 24 hours."""
    return any(_are_same(amount, other) for other in among)


def _are_same(a: Quantity, b: Quantity) -> bool:
    if (a.per or b.per) and not (a.per in _DIMENSIONS and b.per in _DIMENSIONS):  # "per calendar" is no unit
        a, b = replace(a, per=""), replace(b, per="")
    return same_amount(a, b) or _are_same_hours(a, b)


def _are_same_hours(a: Quantity, b: Quantity) -> bool:
    return a.unit in _HOURS and b.unit in _HOURS and a.value * _HOURS[a.unit] == b.value * _HOURS[b.unit]


def are_of_one_kind(a: Quantity, b: Quantity) -> bool:
    """Whether one can stand in the place of the other: the same unit or dimension, or a number with another unit."""
    if a.value == b.value:
        return a.is_known_unit and b.is_known_unit
    return _DIMENSIONS.get(a.unit, a.unit) == _DIMENSIONS.get(b.unit, b.unit)
