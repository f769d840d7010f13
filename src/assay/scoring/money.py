"""Currencies by any of their names to one form: "€45", "45 euros" and "EUR 45" -> "45 eur". Knows no exchange rates."""

import re
from decimal import Decimal

from assay.scoring.answer_language import Language
from assay.scoring.numerals import plain_number

__all__ = ["CURRENCIES", "write_money"]

# code -> its Chinese name, then its other names, lower case; longer names are tried first
CURRENCIES: dict[str, tuple[str, ...]] = {
    "usd": ("美元", "us$", "$", "us dollars", "us dollar", "dollars", "dollar", "美金"),
    "cad": ("加元", "c$", "ca$", "canadian dollars", "canadian dollar"),
    "aud": ("澳元", "a$", "au$", "australian dollars", "australian dollar"),
    "hkd": ("港元", "hk$", "hong kong dollars", "港币", "港幣"),
    "eur": ("欧元", "€", "euros", "euro", "歐元"),
    "gbp": ("英镑", "£", "pounds sterling", "pounds", "pound", "英鎊"),
    "nok": ("挪威克朗", "norwegian kroner", "kroner", "krone", "kr"),
    "sek": ("瑞典克朗", "swedish kronor", "kronor"),
    "dkk": ("丹麦克朗", "danish kroner"),
    "chf": ("瑞士法郎", "swiss francs", "francs"),
    "cny": ("元", "¥", "rmb", "yuan", "renminbi", "人民币", "人民幣", "块钱"),
    "jpy": ("日元", "yen", "日圆"),
    "inr": ("卢比", "₹", "rupees", "rupee"),
}
_CODE = {name: code for code, names in CURRENCIES.items() for name in (code, *names)}


def _alternatives(names: list[str]) -> str:
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(rf"(?<![a-z]){re.escape(n)}(?![a-z])" if n[0].isalpha() else re.escape(n) for n in ordered)


_NAME = _alternatives(list(_CODE))
_BEFORE = _alternatives([name for name in _CODE if name != "元"])  # 美元5 is written, 元5 is not
_NUMBER = r"-?\d+(?:\.\d+)?"
_SCALE = r"(?:\s?(k|m|mn|bn|thousand|million|billion)\b)?"
_PREFIXED = re.compile(rf"(?:{_BEFORE})\s?(?:{_NUMBER}){_SCALE}(?:\s?(?:{_NAME})(?!\s?\d))?")
_SUFFIXED = re.compile(rf"(?<![\w.])(?:{_NUMBER}){_SCALE}\s?(?:{_NAME})", re.ASCII)
_PARTS = re.compile(rf"(?P<number>{_NUMBER}){_SCALE}")
_PENCE = re.compile(rf"(?<![\w.])({_NUMBER}) ?pence\b")
_SCALE_WORDS = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion"}


def write_money(text: str, lang: Language) -> str:
    """The lower-case text with every amount as number, scale word, currency; names standing alone stay as they are."""
    text = _PENCE.sub(lambda match: plain_number(Decimal(match.group(1)) / 100) + " gbp", text)
    text = _PREFIXED.sub(lambda match: _render(match.group(), lang), text)
    return _SUFFIXED.sub(lambda match: _render(match.group(), lang), text)


def _render(amount: str, lang: Language) -> str:
    parts = _PARTS.search(amount)
    assert parts is not None  # the amount was matched by a pattern that holds this one
    scale = _SCALE_WORDS.get(parts.group(2) or "", parts.group(2) or "")
    names = [amount[: parts.start()].strip(), amount[parts.end() :].strip()]
    codes = [_CODE[name] for name in names if name in _CODE]
    # "人民币5元", "$5 cad": the name after the number is the exact one
    code = codes[-1]
    if lang == "zh":
        return f"{parts.group('number')}{scale}{CURRENCIES[code][0]}"
    return " ".join(part for part in (parts.group("number"), scale, code) if part)
