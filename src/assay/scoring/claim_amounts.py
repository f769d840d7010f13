"""The amounts of a clause, and what else it says. Knows how amounts are compared, not what they are about."""

from collections.abc import Sequence
from dataclasses import replace

from assay.scoring.answer_language import Language
from assay.scoring.normalise import normalise, plain_form
from assay.scoring.values.quantities import Quantity, read_quantities, same_amount
from assay.scoring.values.units import BY_NAME, find_unit

__all__ = ["are_of_one_kind", "holds", "read_amounts", "required", "unit_form"]

_DIMENSIONS = {name: unit.dimension for name, unit in BY_NAME.items()} | {"day": "time", "hour": "time"}
_HOURS = {"hour": 1, "day": 24, "week": 168}


def read_amounts(text: str, lang: Language) -> tuple[tuple[Quantity, ...], str]:
    """The amounts of a text, and the normalised text without them; nouns that are no unit stay."""
    plain = plain_form(text, lang)
    found = tuple(read_quantities(plain, lang))
    pieces, last = [], 0
    for one in sorted(found, key=lambda one: one.start):
        pieces.append(plain[last : one.start])
        last = one.end if one.is_known_unit else one.start + len(one.digits or str(one.value))
    pieces.append(plain[last:])
    return found, " ".join(normalise(piece, lang) for piece in pieces if piece.strip())


def unit_form(word: str) -> str:
    """The name of an English unit, and any other word as it is: "km" -> "kilometre"."""
    return find_unit(word) or word


def required(amounts: Sequence[Quantity]) -> list[Quantity]:
    """Those that an answer has to have: "one" is often no amount."""
    return [one for one in amounts if one.value != 1 or one.unit in ("date", "clock")]


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
