"""Numbers of spreadsheets as their formats show them: 1,234.50 €, 12.5%, 00042, 36:00. Knows the codes of OOXML.

Dates are written as ISO has them whatever order a format asks for, since 3/4/2025 is two days. Times, months alone and
all other numbers are as shown. Colours, widths and the language of names are not looked at.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

__all__ = ["BUILT_IN", "format_number", "format_text", "plain_number"]

BUILT_IN = {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"}
BUILT_IN |= {12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM"}
BUILT_IN |= {19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;-#,##0"}
BUILT_IN |= {38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0", 42: "$#,##0"}
BUILT_IN |= {43: "#,##0.00", 44: "$#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"}
BUILT_IN |= {code: "yyyy-mm-dd" for code in (*range(27, 32), 34, 35, 36, *range(50, 59))} | {32: "h:mm", 33: "h:mm:ss"}

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[(?P<elapsed>h+|m+|s+)\]|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]'
    r"|\[(?P<condition>[<>=]+)(?P<limit>-?[\d.]+)\]|\[[^\]]*\]|(?P<noon>AM/PM|A/P|上午/下午)|(?P<general>General)"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|b+|g+)|(?P<digits>[#0?][#0?,]*(?:\.[#0?]*)?(?:E[+-][0#?]+)?,*|\.[#0?]+)|(?P<text>@)"
    r"|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_FRACTION = re.compile(r"(?:(?P<whole>[#0?]+)(?P<gap>\s+))?(?P<above>[#0?]+)\s*/\s*(?P<below>[#0?]+|\d+)")
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|\Z)', re.DOTALL)
_MONTH_NAMES = "January February March April May June July August September October November December"
_MONTHS = _MONTH_NAMES.split()
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LAST_DAY = 2_958_466  # of the year 9999

Token = tuple[str, str]  # what it is, its text


def format_number(value: float, code: str, is_1904: bool = False) -> str:
    """What a cell shows; the plain number for a code that makes no sense of it.

    Args:
        value: the number; of a date, days since 1900, or 1904.
        code: such as '#,##0.00 "EUR";[Red]-0'.
        is_1904: the days are counted from 1904.
    """
    tokens, is_signed = _choose(value, code)
    kinds = {kind for kind, _ in tokens}
    if not code.strip():
        return plain_number(value)
    if not tokens or "general" in kinds or kinds == {"text"}:
        texts = [plain_number(value) if kind in ("general", "text") else text for kind, text in tokens]
        return "".join(texts).strip()
    if kinds & {"date", "elapsed"}:
        return _format_date(value, tokens, is_1904) or plain_number(value)
    shown = _format_digits(abs(value) if is_signed else value, tokens)
    return " ".join(shown.split())


def format_text(text: str, code: str) -> str:
    """What a cell of words shows: the words, among those of the code's part for text where it has one."""
    part = next((one for one in reversed(_sections(code)) if any(kind == "text" for kind, _ in one)), None)
    if part is None or len(part) == 1:
        return text
    return "".join(text if kind == "text" else words if kind == "literal" else "" for kind, words in part).strip()


def plain_number(value: float) -> str:
    """A number in full, to the fifteen digits that spreadsheets count with."""
    try:
        rounded = Decimal(f"{value:.15g}")
    except InvalidOperation:
        return str(value)
    text = format(rounded, "f") if abs(rounded.adjusted()) < 21 else f"{value:.15g}"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[tuple[Token, ...], ...]:
    parts = [part for part in _SECTION.findall(code)]
    return tuple(tuple(_tokens(part)) for part in (parts[:-1] if len(parts) > 1 and not parts[-1] else parts)[:4])


def _tokens(section: str) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(section):
        kind, text = match.lastgroup or "", match.group()
        if kind in ("quoted", "escaped", "currency"):
            found.append(("literal", match.group(kind)))
        elif kind == "limit":
            found.append(("condition", match.group("condition") + match.group("limit")))
        elif kind == "sign":
            found.append(("percent" if text == "%" else "sign", text))
        elif kind:
            found.append((kind, match.group(kind)))
        elif text.startswith("_"):
            found.append(("literal", " "))
    return found


def _choose(value: float, code: str) -> tuple[list[Token], bool]:
    """The part of the code that is for this number, and whether the part itself tells the sign."""
    sections = _sections(code)
    told = [(next((text for kind, text in one if kind == "condition"), ""), one) for one in sections[:3]]
    if any(condition for condition, _ in told):
        chosen = next((one for condition, one in told if not condition or _holds(value, condition)), sections[-1])
        return [token for token in chosen if token[0] != "condition"], False
    numbers = [one for one in sections if not any(kind == "text" for kind, _ in one) or len(sections) == 1]
    if value < 0 and len(numbers) > 1:
        return list(numbers[1]), True
    if value == 0 and len(numbers) > 2:
        return list(numbers[2]), True
    return list(numbers[0]) if numbers else [], False


def _holds(value: float, condition: str) -> bool:
    sign = condition.rstrip("0123456789.-")
    limit = float(condition[len(sign) :])
    if value == limit:
        return "=" in sign
    return (value < limit and "<" in sign) or (value > limit and ">" in sign)


def _format_digits(value: float, tokens: Sequence[Token]) -> str:
    """A number among the words around it."""
    written = "".join(text if kind in ("digits", "sign", "literal") else "" for kind, text in tokens)
    fraction = _FRACTION.search("".join(text for kind, text in tokens if kind in ("digits", "sign")))
    places = [index for index, (kind, _) in enumerate(tokens) if kind == "digits"]
    if not places:
        return written if value >= 0 else f"-{written}"
    if fraction:
        return _format_fraction(value, fraction, tokens)
    scale = 100 ** sum(kind == "percent" for kind, _ in tokens)
    n_digits = [len(text.replace(",", "")) for kind, text in tokens if kind == "digits"]
    number = Decimal(repr(value)) * scale
    texts = [text for _, text in tokens]
    if len(places) > 1:  # such as 000-00-0000: the digits are dealt out from the right
        digits = format(abs(number).to_integral_value(ROUND_HALF_UP), "f").zfill(sum(n_digits))
        rest = len(digits) - sum(n_digits[1:])
        for index, width in zip(places, [rest, *n_digits[1:]], strict=True):
            texts[index], digits = digits[:width], digits[width:]
    else:
        texts[places[0]] = _format_one(abs(number), texts[places[0]])
    is_negative = number < 0 and any(sign in "123456789" for sign in "".join(texts[index] for index in places))
    return ("-" if is_negative else "") + "".join(texts)


def _format_one(number: Decimal, digits: str) -> str:
    digits, _, exponent = digits.partition("E") if "E" in digits else digits.upper().partition("E")
    thousands = len(digits) - len(digits.rstrip(","))
    digits = digits.rstrip(",")
    whole, _, decimals = digits.partition(".")
    if exponent:
        return _format_power(number, decimals, exponent)
    rounded = (number / 1000**thousands).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    before, _, after = format(rounded, "f").partition(".")
    before = before.lstrip("0").zfill(whole.count("0"))
    if "," in whole:
        before = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", before)
    kept = len(decimals.rstrip("#?"))
    after = after[:kept] + after[kept:].rstrip("0")
    if not before and not after and "?" in whole:
        return ""  # as in "-"??, which shows nothing as a dash
    return (before or "0") + ("." + after if after else "")


def _format_power(number: Decimal, decimals: str, exponent: str) -> str:
    power = number.adjusted() if number else 0
    base = number.scaleb(-power).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    sign = "-" if power < 0 else "+" if exponent.startswith("+") else ""
    return f"{base}E{sign}{abs(power):0{max(len(exponent) - 1, 1)}}"


def _format_fraction(value: float, found: re.Match[str], tokens: Sequence[Token]) -> str:
    below = found.group("below")
    exact = Fraction(repr(abs(value)))
    if below.isdigit() and int(below):
        part = Fraction(round(exact * int(below)), 1)
        above, under = int(part), int(below)
    else:
        near = exact.limit_denominator(10 ** len(below) - 1)
        above, under = near.numerator, near.denominator
    whole = above // under if found.group("whole") else 0
    above -= whole * under
    shown = " ".join([*([str(whole)] if whole or not above else []), *([f"{above}/{under}"] if above else [])])
    words = "".join(text for kind, text in tokens if kind == "literal")
    return ("-" if value < 0 else "") + shown + (f" {words.strip()}" if words.strip() else "")


def _format_date(value: float, tokens: Sequence[Token], is_1904: bool) -> str:
    """A day, a time, both, or a time that has passed; "" for what is no day."""
    units = "".join(text[0].lower() for kind, text in tokens if kind == "date")
    elapsed = next((text[0].lower() for kind, text in tokens if kind == "elapsed"), "")
    if elapsed:
        return _format_elapsed(value, elapsed, units)
    if not 0 <= value < _LAST_DAY:
        return ""
    # In 1900 spreadsheets count a 29th of February.
    start = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 31) if value < 60 else datetime(1899, 12, 30)
    moment = start + timedelta(days=int(value), seconds=round(value % 1 * 86400))
    names = [(text.lower(), kind) for kind, text in tokens]
    has_time = any(text[0] in "hs" for text, kind in names if kind == "date")
    has_day = any(text[0] in "yed" for text, kind in names if kind == "date") or not has_time
    clock = _format_clock(moment, tokens) if has_time else ""
    if not has_day:
        return clock
    return " ".join(filter(None, (_format_day(moment, names), clock)))


def _format_day(moment: datetime, names: Sequence[tuple[str, str]]) -> str:
    units = {text[0]: text for text, kind in names if kind == "date" and text[0] in "yemd"}
    month = _MONTHS[moment.month - 1]
    name = month if len(units.get("m", "")) > 3 else month[:3]
    has_year, has_month = "y" in units or "e" in units, "m" in units
    if has_year and has_month and "d" in units:
        return moment.date().isoformat()
    if has_year and has_month:
        return f"{name} {moment.year}" if len(units["m"]) > 2 else f"{moment:%Y-%m}"
    if has_year:
        return str(moment.year)
    if has_month and "d" in units:
        return f"{moment.day} {name}"
    if has_month:
        return name if len(units["m"]) > 2 else str(moment.month)
    day = _DAYS[moment.weekday()]
    return day if len(units.get("d", "")) > 3 else day[:3] if len(units.get("d", "")) == 3 else str(moment.day)


def _format_clock(moment: datetime, tokens: Sequence[Token]) -> str:
    has_seconds = any(kind == "date" and text[0] in "sS" for kind, text in tokens)
    has_hours = any(kind == "date" and text[0] in "hH" for kind, text in tokens)
    if any(kind == "noon" for kind, _ in tokens):
        hour = moment.hour % 12 or 12
        rest = f":{moment:%M}" + (f":{moment:%S}" if has_seconds else "")
        return f"{hour}{rest} {'AM' if moment.hour < 12 else 'PM'}"
    if not has_hours:
        return f"{moment:%M:%S}"
    return f"{moment:%H:%M:%S}" if has_seconds else f"{moment:%H:%M}"


def _format_elapsed(days: float, unit: str, units: str) -> str:
    seconds = round(abs(days) * 86400)
    sign = "-" if days < 0 else ""
    if unit == "s":
        return f"{sign}{seconds}"
    minutes, seconds = divmod(seconds, 60)
    if unit == "m":
        return f"{sign}{minutes}" + (f":{seconds:02}" if "s" in units else "")
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}" + (f":{minutes:02}" if "m" in units else "") + (f":{seconds:02}" if "s" in units else "")
