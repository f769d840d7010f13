"""Currencies by any of their names to one form: "€45", "45 euros" and "EUR 45" -> "45 EUR". Knows no exchange rates."""

import re
from decimal import Decimal

from assay.scoring.answer_language import Language
from assay.scoring.numerals import plain_number

__all__ = ["CURRENCIES", "find_currencies", "write_money"]

# code -> its Chinese name, then its other names, lower case; longer names are tried first
CURRENCIES: dict[str, tuple[str, ...]] = {
    "usd": ("美元", "us$", "$", "us dollars", "us dollar", "dollars", "dollar", "美金"),
    "cad": ("加元", "c$", "ca$", "canadian dollars", "canadian dollar"),
    "aud": ("澳元", "a$", "au$", "australian dollars", "australian dollar"),
    "hkd": ("港元", "hk$", "hong kong dollars", "港币", "港幣"),
    "eur": ("欧元", "€", "euros", "euro", "歐元"),
    "gbp": ("英镑", "£", "pounds sterling", "pounds", "pound", "英鎊"),
    "nok": ("挪威克朗", "norwegian kroner", "norwegian krone", "kroner", "krone", "kr"),
    "sek": ("瑞典克朗", "swedish kronor", "swedish krona", "kronor", "krona"),
    "dkk": ("丹麦克朗", "danish kroner", "danish krone"),
    "chf": ("瑞士法郎", "swiss francs", "swiss franc", "francs", "franc"),
    "cny": ("元", "¥", "rmb", "yuan", "renminbi", "人民币", "人民幣", "块钱", "圆"),
    "jpy": ("日元", "yen", "日圆"),
    "inr": ("卢比", "₹", "rupees", "rupee"),
    "nzd": ("新西兰元", "nz$", "new zealand dollars", "new zealand dollar", "纽元"),
    "sgd": ("新加坡元", "s$", "singapore dollars", "singapore dollar", "新元"),
    "twd": ("新台币", "nt$", "新臺幣"),
    "krw": ("韩元", "₩", "韓元"),
    "rub": ("卢布", "₽", "rubles", "ruble", "roubles", "rouble"),
    "brl": ("雷亚尔", "r$", "reais"),
    "pln": ("兹罗提", "zł", "zloty", "zlotys"),
    "mxn": ("墨西哥比索", "mex$", "pesos", "peso"),
    "zar": ("兰特", "rand"),
    "thb": ("泰铢", "฿", "baht"),
    "btc": ("比特币", "₿", "bitcoin", "bitcoins"),
}
_CODE = {name: code for code, names in CURRENCIES.items() for name in (code, *names)}


def _alternatives(names: list[str]) -> str:
    ordered = sorted(names, key=len, reverse=True)
    words, signs = ("|".join(re.escape(n) for n in ordered if n[0].isalpha() is is_word) for is_word in (True, False))
    return rf"(?<![a-zA-Z])(?:{words})(?![a-zA-Z])|{signs}"


_NAME = _alternatives(list(_CODE))
_BEFORE = _alternatives([name for name in _CODE if name != "元"])  # 美元5 is written, 元5 is not
_ANY_NAME = re.compile(_NAME, re.IGNORECASE)
_NUMBER = r"-?\d+(?:\.\d+)?"
_SCALE = r"(?:[\s-]?(k|m|mn|mm|mio|bn|b|tn|thousand|million|billion|trillion)\b)?"
_PREFIXED = re.compile(
    rf"(?=[^\d\n]{{1,24}}\d)(?P<sign>(?<![\w)])-)?(?:{_BEFORE})\s?(?:{_NUMBER}){_SCALE}(?:\s?(?:{_NAME})(?!\s?\d))?",
    re.IGNORECASE,
)
_SUFFIXED = re.compile(
    rf"(?<![\w.])(?:{_NUMBER}){_SCALE}[\s-]?(?:{_NAME})(?!\s?\d+(?:\.\d+)?(?![\d.]*\s?(?:{_NAME})))",
    re.ASCII | re.IGNORECASE,
)
_LOSS = re.compile(rf"^\(\s?((?:{_BEFORE})\s?{_NUMBER}{_SCALE})\s?\)$", re.IGNORECASE)  # as accounts write it
_PARTS = re.compile(rf"(?P<number>{_NUMBER}){_SCALE}", re.IGNORECASE)
_SMALL = re.compile(rf"(?<![\w.])({_NUMBER}) ?(pence|cents?)\b", re.IGNORECASE)
_TENTHS_ZH = re.compile(r"(?<![元块圆\d.])(\d)(?:角|毛)(?:钱)?(?![\u4e00-\u9fff\d])")  # 8角
_JOINED = re.compile(rf"\b({'|'.join(code.upper() for code in CURRENCIES)})\s?-\s?(?=\d)")  # $40-$50
_GROUP = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")  # €12.500: no price has three decimals
_SCALE_WORDS = {"k": "thousand", "m": "million", "mn": "million", "mm": "million", "mio": "million", "bn": "billion"}
_SCALE_WORDS |= {"b": "billion", "tn": "trillion"}


def find_currencies(text: str) -> list[tuple[str, int, int]]:
    """The currencies that a text names, in order: code and place; the longest name where one holds another."""
    return [(_CODE[match.group().lower()], *match.span()) for match in _ANY_NAME.finditer(text)]


def write_money(text: str, lang: Language) -> str:
    """The text with every amount as number, scale word, currency; names standing alone stay as they are."""
    text = _LOSS.sub(r"-\1", text)
    if lang == "zh":
        text = _TENTHS_ZH.sub(lambda m: f"{plain_number(Decimal(m[1]) / 10)}元", text)
    text = _SMALL.sub(_in_hundreds, text)
    text = _PREFIXED.sub(lambda match: _render(match, lang), text)
    return _JOINED.sub(r"\1 - ", _SUFFIXED.sub(lambda match: _render(match, lang), text))


def _in_hundreds(match: re.Match[str]) -> str:
    if match[2].lower() != "pence":
        return match.group()
    return plain_number(Decimal(match[1]) / 100) + " GBP"


def _render(match: re.Match[str], lang: Language) -> str:
    amount = match.group()
    parts = _PARTS.search(amount)
    assert parts is not None  # the amount was matched by a pattern that holds this one
    scale = (parts.group(2) or "").lower()
    scale = _SCALE_WORDS.get(scale, scale)
    names = [amount[: parts.start()].strip(" -").lower(), amount[parts.end() :].strip(" -").lower()]
    codes = [_CODE[name] for name in names if name in _CODE]
    # "人民币5元", "$5 cad": the name after the number is the exact one
    code = codes[-1]
    number = parts.group("number")
    if _GROUP.fullmatch(number) and not scale and not re.match(r"\s?(?:/|per\b|an?\b|每)", match.string[match.end() :]):
        number = number.replace(".", "")
    sign = "-" if match.re is _PREFIXED and match["sign"] and not number.startswith("-") else ""
    if lang == "zh":
        return f"{sign}{number}{scale}{CURRENCIES[code][0]}"
    return " ".join(part for part in (sign + number, scale, code.upper()) if part)
