"""Currencies by any of their names: Swiss francs, francs, CHF. Knows no amounts."""

import re
from collections.abc import Sequence

from assay.scoring.kinds.kind import Kind
from assay.scoring.money import find_currencies
from assay.scoring.read_text import Asked, Place, Read

__all__ = ["CURRENCY"]

_ASKED_FOR = re.compile(r"\bcurrenc|\bmoney\b|\bpaid in\b|货币|币种", re.IGNORECASE)
_OF_ONE_COUNTRY = frozenset(("jpy", "krw", "pln", "rub", "thb", "zar"))  # Japanese yen
_BEFORE = re.compile(r"[A-ZÀ-Þ][\w.-]* $")  # of another country: French francs


def _named(read: Read) -> list[tuple[str, int, int]]:
    return [one for one in find_currencies(read.text) if not _is_of_another(read.text[: one[1]], one[0])]


def _is_of_another(before: str, code: str) -> bool:
    is_own = code in _OF_ONE_COUNTRY or (code == "usd" and before.endswith("U.S. "))
    return bool(_BEFORE.search(before)) and not is_own


def _reads(accepted: Read, asked: Asked) -> bool:
    found = find_currencies(accepted.text)
    if len(found) != 1 or not _ASKED_FOR.search(asked.question.text):
        return False
    _, start, end = found[0]
    return not re.sub(r"\b(?:the|in)\b|\W", "", accepted.text[:start] + accepted.text[end:], flags=re.IGNORECASE)


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    code = find_currencies(accepted.text)[0][0]
    return [Place(start, end, True) for found, start, end in _named(said) if found == code]


CURRENCY = Kind(name="currency", reads=_reads, find=_find)
