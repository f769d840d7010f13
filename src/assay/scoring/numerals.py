"""Numbers written as words, in English and Chinese, to digits; and digits to one form. Knows no units."""

import re
from decimal import Decimal

__all__ = ["plain_number", "write_chinese_digits", "write_english_digits"]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: n for n, word in enumerate(_ONES.split())} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), start=2)
}
_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_RUN = re.compile(rf"\b(?:{_WORD})(?:(?:[\s-]+(?:and\s+)?)(?:{_WORD}|hundred|thousand))*\b")
_AND_A_HALF = re.compile(r"\b(\d+) and (?:a|1) half\b")

_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_SMALL_POWERS = {"十": 10, "百": 100, "千": 1000}
_LARGE_POWERS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_DIGIT = "零〇一二两兩三四五六七八九"
_PLACE = _DIGIT + "十百千"
_POINT = rf"点[{_DIGIT}]+(?![十百刻])"
_PERCENT = re.compile(rf"百分之([\d.]+|[{_PLACE}]+(?:{_POINT})?)")
_DECIMAL = re.compile(rf"(?<![{_PLACE}\d])([{_PLACE}]+)({_POINT})")
_LONG = re.compile(rf"(?<![几数{_PLACE}\d])[{_DIGIT}十][{_PLACE}万萬亿億]+")
# A lone numeral counts only before a measure word: 一 and 三 stand in many words that are no numbers.
_MEASURE = "个個天日年月周小分秒元块名人位次倍岁页条件台辆间家级号楼层班克米吨度种份张部门步章节期星工季英美欧港公套场"
_LONE = re.compile(rf"(?<![几数第每另同某{_PLACE}])[{_DIGIT}十](?=[{_MEASURE}])")
_SCALED = re.compile(r"(\d+(?:\.\d+)?)\s*([万萬亿億])(?!\d)")


def plain_number(number: Decimal) -> str:
    """The number without exponent, trailing zeros or thousands separators: "1200", "4.2", "-5"."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_english_digits(text: str) -> str:
    """The lower-case text with number words as digits: "twenty-eight" -> "28", "three and a half" -> "3.5"."""
    digits = _RUN.sub(lambda match: _english_run(match.group()), text)
    return _AND_A_HALF.sub(r"\1.5", digits)


def _english_run(words: str) -> str:
    total = current = 0
    last = ""
    for word in re.split(r"[\s-]+", words):
        if word == "and":
            continue
        if word == "hundred":
            current *= 100
        elif word == "thousand":
            total, current = total + current * 1000, 0
        elif last in _SMALL and not (_SMALL[last] >= 20 and 0 < _SMALL[word] < 10):
            return words  # "one two": a list, not a number
        else:
            current += _SMALL[word]
        last = word
    return str(total + current)


def write_chinese_digits(text: str) -> str:
    """The text with Chinese numerals as digits: 一百二十天 -> 120天, 百分之五 -> 5%, 3.5万元 -> 35000元."""
    text = _PERCENT.sub(lambda match: f"{_decimal(match.group(1))}%", text)
    text = _DECIMAL.sub(lambda match: _decimal(match.group()), text)
    text = _LONG.sub(lambda match: _whole(match.group()), text)
    text = _LONE.sub(lambda match: _whole(match.group()), text)
    return _SCALED.sub(lambda m: plain_number(Decimal(m.group(1)) * _LARGE_POWERS[m.group(2)]), text)


def _decimal(numeral: str) -> str:
    if numeral[0].isascii():
        return numeral
    whole, _, fraction = numeral.partition("点")
    digits = "".join(str(_DIGITS[char]) for char in fraction)
    return _whole(whole) + (f".{digits}" if digits else "")


def _whole(numeral: str) -> str:
    if not any(char in _SMALL_POWERS or char in _LARGE_POWERS for char in numeral):
        # 二〇二五 is read digit by digit; 三四 means "three or four" and stays
        by_digit = len(numeral) == 1 or len(numeral) >= 4 or any(char in "零〇" for char in numeral)
        return "".join(str(_DIGITS[char]) for char in numeral) if by_digit else numeral
    total = section = digit = 0
    for char in numeral:
        if char in _LARGE_POWERS:
            total, section, digit = total + (section + digit) * _LARGE_POWERS[char], 0, 0
        elif char in _SMALL_POWERS:
            section, digit = section + (digit or 1) * _SMALL_POWERS[char], 0
        else:
            digit = _DIGITS[char]
    return str(total + section + digit)
