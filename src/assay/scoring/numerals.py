"""Numbers written as words or in other countries' ways, in English and Chinese, to digits. Knows no units."""

import re
from decimal import Decimal

__all__ = ["ORDINALS", "plain_number", "write_chinese_digits", "write_digit_groups", "write_english_digits"]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: n for n, word in enumerate(_ONES.split())} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), start=2)
}
_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_RUN = re.compile(rf"\b(?:{_WORD})(?:(?:[\s-]+(?:and\s+)?)(?:{_WORD}|hundred|thousand))*\b", re.IGNORECASE)
_A_POWER = re.compile(r"\ban? (?=(?:hundred|thousand|million|billion)\b)", re.IGNORECASE)
_POWER_ALONE = re.compile(r"(?<![\d.])\b1 (hundred|thousand)\b(?! (?:and )?\d)")
_FEET = re.compile(r"(?<![\w'])(\d{1,2})' ?(\d{1,2})(?:\"|'')")  # 5'9"
_AFTER_A = re.compile(r"\b(after|within|lasts?|takes?) an? (?=(?:year|month|week|day|hour|minute)\b)", re.IGNORECASE)
_DOZEN = re.compile(r"\b(a|an|\d+|half a) dozens?\b", re.IGNORECASE)
_MINUS = re.compile(r"(?:(?<=^)|(?<=[\s(:]))(?:(?:a )?minus(?: of)?|negative)\s+(?=[$€£]?\d)", re.IGNORECASE)

_ORDINAL_ONES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_ORDINAL_TENS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"
ORDINALS = {word: n for n, word in enumerate(_ORDINAL_ONES.split(), start=1)} | {
    word: 10 * n for n, word in enumerate(_ORDINAL_TENS.split(), start=2)
}
_QUARTER = re.compile(r"\bQ([1-4])\b")
_TENS_ORDINAL = re.compile(
    rf"\b({_TENS.replace(' ', '|')})[- ]({'|'.join(_ORDINAL_ONES.split()[:9])})\b(?! half)", re.IGNORECASE
)
_PARTS = {"half": 2, "halves": 2, "quarter": 4} | {word: n for word, n in ORDINALS.items() if 3 <= n <= 10}
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_FRACTION = re.compile(
    rf"(?<![\d.])(?<!once )(?<!twice )(?<!times )\b(\d{{1,2}}|an?)[ -]({_PART})(s)?\b(?!-)(?P<of>\s+of\b|\W*$)?",
    re.IGNORECASE,
)
_HALF = re.compile(r"(?<!\d )\bhalf (an?|the) (?!dozen)|(?<!\d )\bhalf (?=of\b)|^\W*half\W*$", re.IGNORECASE)
_TIME_UNIT = "second|minute|hour|day|week|fortnight|month|quarter|year|decade|century"
_UNIT_AND_A_PART = re.compile(
    rf"\b(?:an?|1) ({_TIME_UNIT}) and (?:(?:an?|1) (half|quarter)|(?:3|three) (quarter)s)\b", re.IGNORECASE
)
_BELOW_ZERO = re.compile(
    r"(?<![\w.-])(\d+(?:\.\d+)?)((?: ?°| degrees?)?(?: ?C\b| Celsius\b| centigrade\b)?) below(?: (?:zero\b"
    r"|0(?![\d.]))|(?=\W*$))",
    re.IGNORECASE,
)
_ONE_UNIT = re.compile(
    rf"^(\W*(?:(?:for|in|within|about|after|at least|up to|over|under|every|once) )?)an? ({_TIME_UNIT})(?=\W*$)",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"^(\W*(?:about |nearly |around )?)(\d{1,3}) (?:in|out of)(?: every)? (\d{1,4})(?=\W*$)", re.IGNORECASE
)
_AND_A_PART = re.compile(r"\b(\d+) and (?:(an?|1) (half|quarter|third)|(0\.5|1/2|1/4|3/4|1/3|2/3))\b", re.IGNORECASE)
_MIXED = re.compile(r"(?<![\d./])(\d+) (\d)/([2-9])(?![\d/])")
_QUARTERS = re.compile(rf"\b3 quarters of an? ({_TIME_UNIT})\b", re.IGNORECASE)
_CENTS = re.compile(
    r"(?<![\d.,])(\d+) (euros?|dollars?|pounds?|francs?|bucks) (?:and )?(\d\d)"
    r"(?: cents?| pence)?(?![\d.,:/%-]|\s?percent)",
    re.IGNORECASE,
)
_ADDED = {"half": "5", "quarter": "25", "third": "3333333333", "0.5": "5", "1/2": "5", "1/4": "25", "3/4": "75"}

# 1,234.5 and 1'234.5; 1.234,5; 1.234.567; 12,34,567
_COMMAS = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)", re.ASCII)
_POINTS_AND_COMMA = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+,\d+(?![\d,.]*\d)", re.ASCII)
_POINTS = re.compile(r"(?<![\w.,])(?!\d+(?:\.\d+){3}\b)[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\d,.]*\d)", re.ASCII)
_LAKHS = re.compile(r"(?<![\w.,])\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?![\d,]*\d)", re.ASCII)
_APOSTROPHES = re.compile(r"(?<=\d)'(?=\d{3}(?!\d))")
_GROUPS = r"[1-9]\d{0,2}(?: \d{3})"
_MONEY = (
    r"(?:€|\$|£|[A-Z]{3}\b|euros?\b|dollars?\b|kroner\b|people\b|inhabitants\b|k?m[²2^]|km\b|miles\b|tonnes\b|square\b)"
)
_SPACES = re.compile(  # 12 500 beside money or alone, 10 000 000 anywhere: in a table two numbers stand side by side
    rf"(?<![\d+] )(?<![\d.,+/-])\b(?:{_GROUPS}(?: \d{{3}})+|(?<=[A-Z]{{3}} ){_GROUPS}|(?<=[€$£]){_GROUPS}"
    rf"|(?<=[€$£] ){_GROUPS}|{_GROUPS}(?=\s?{_MONEY})|(?<=^){_GROUPS}(?=\W*$))(?![\d /-]*\d)(?=\W|$)"
)
_SPACES_AND_COMMA = re.compile(r"(?<![\w.,])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?=,\d{1,2}(?![\d,.]*\d))", re.ASCII)
_DECIMAL_COMMA = re.compile(r"(?<![\w.,])(\d+),(\d{1,2}|\d{4,})(?![\d,.]*\d)", re.ASCII)
_KILO = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)[kK]\b(?!\w)", re.ASCII)
_POWER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s?[×x*]\s?10\^(-?\d{1,2})\b")

_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_SMALL_POWERS = {"十": 10, "百": 100, "千": 1000}
_LARGE_POWERS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_DIGIT = "零〇一二两兩三四五六七八九"
_PLACE = _DIGIT + "十百千"
_FORMAL = str.maketrans("壹贰貳弍叁參肆伍陆陸柒捌玖拾佰仟", "一二二二三三四五六六七八九十百千")
_FORMAL_DIGIT = "壹贰貳弍叁參肆伍陆陸柒捌玖"
_FORMAL_RUN = re.compile(
    rf"(?=[{_FORMAL_DIGIT}]*(?:[拾佰仟万萬亿億元圆角分]))[{_FORMAL_DIGIT}拾佰仟][{_FORMAL_DIGIT}拾佰仟零〇万萬亿億元圆角分整]*"
)
_TWENTIES = re.compile(r"([廿卅卌])(?=[一二三四五六七八九\d天日号年月人岁元个])")
_RATIO = re.compile(rf"(?<![{_PLACE}\d])([{_PLACE}]{{1,3}})比([{_PLACE}]{{1,3}})(?![{_PLACE}\d])")
_PAIRS = re.compile(r"俩(?=人|$|[，。])|仨(?=人|$|[，。])")
_NUMERAL_ALONE = re.compile(rf"\s*[{_PLACE}]+[。.\s]*")
_QUARTER_ZH = re.compile(r"(?:(?<![第个\d一二三四每])([一二三四1-4])|\bQ([1-4])\b)(?:季度)?(?<=季度|Q\d)")
_EXACT = re.compile(r"(?<=[元圆角分块])[整正](?![\u4e00-\u9fff])")
_POINT = rf"点[{_DIGIT}]+(?![十百刻])"
_OF_HUNDRED = re.compile(rf"(百|千)分之([\d.]+|[{_PLACE}]+(?:{_POINT})?)")
_OF_PARTS = re.compile(rf"(?<![{_PLACE}百千])([{_PLACE}]+|\d+)分之([{_PLACE}]+|\d+)")
_TENTHS = re.compile(
    rf"(?<![{_PLACE}\d变完生组构形分促造达赞合收现])([一二两三四五六七八九1-9])成(?![{_DIGIT}]?[为立员本就长功交熟分])"
)
_TENTHS_AND_HALF = re.compile(r"(?<![\d.])([一二两三四五六七八九1-9])成半")
_SPOKEN = re.compile(
    rf"(?<![{_PLACE}\d.])([{_PLACE}]+|\d+)(块|米|两|斤|尺)([1-9一二三四五六七八九])(?![{_PLACE}\d.万个分角厘毫])"
)
_HALF_OF = re.compile(rf"(?<![{_PLACE}])一半(?![天日年月个小路])")
_DECIMAL = re.compile(rf"(?<![{_PLACE}\d])([{_PLACE}]+)({_POINT})")
_LONG = re.compile(rf"(?<![几数{_PLACE}\d])[{_DIGIT}十][{_PLACE}万萬亿億]+")
# A lone numeral counts only before a measure word: 一 and 三 stand in many words that are no numbers.
_MEASURE = (
    "个個天日年月周小分秒元角块名人位次倍岁页条件台辆间家级号楼层班克米吨度种份张部门步章节期星工季英美欧港公套场"
    "大扇只匹座把艘根颗株棵枚幅盏世摄"
)
_LONE = re.compile(rf"(?<![几数第每另同某{_PLACE}])[{_DIGIT}十](?=[{_MEASURE}])")
_OFF = re.compile(r"(?<![\d.一二三四五六七八九])([一二三四五六七八九1-9])([一二三四五六七八九1-9])?折(?![扣叠断旧])")
_OF_PRICE = re.compile(r"原价的(\d{1,2})%|(?:优惠|便宜|减价|降价)(\d{1,2})%")
_EACH = re.compile(rf"(?<=每)[两二三四五六七八九十](?=个?(?:小时|天|日|周|星期|礼拜|月|季度|年)(?![{_PLACE}]))")
_LOW = re.compile(
    rf"(?<![几数第每另同某{_PLACE}])([{_DIGIT}十])(?=[至到~-](?:[{_PLACE}]+|\d+)[{_MEASURE}])"
)  # 五至十天
_ORDINAL = re.compile(rf"第([{_DIGIT}十])(?![{_PLACE}万亿])")
_SCALED = re.compile(r"(\d+(?:\.\d+)?)\s*([万萬亿億])(?!\d)")
_WHOLE_AND_DIGIT = re.compile(r"(?<![\d.])(\d+)(万|亿)(\d)(?![\d.万千百%])")  # 3万5
_THOUSANDS_ZH = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)千(?![米克瓦卡字帕赫周伏焦分里\d])")
_NEGATIVE = re.compile(r"(?<![\u4e00-\u9fff])负(?=\d)|(?<=[为是到至])负(?=\d)")
_WHOLE_AND_REST = re.compile(r"(?<![\d.])(\d+)(亿|万)(?:零)?(\d+)(亿|万)?")


def plain_number(number: Decimal) -> str:
    """The number without exponent, trailing zeros or thousands separators: "1200", "4.2", "-5"."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_digit_groups(text: str) -> str:
    """The text with 1234.5 for 1,234.5 and 1.234,5 and 1'234.5, 4.2 for 4,2, 5000 for 5k, 2000000 for 2 × 10^6.

    12.500 stays: only money is never written to three decimals; see `assay.scoring.money`.
    """
    text = _POINTS_AND_COMMA.sub(lambda match: match.group().replace(".", "").replace(",", "."), text)
    text = _POINTS.sub(lambda match: match.group().replace(".", ""), _APOSTROPHES.sub("", text))
    text = _COMMAS.sub(lambda match: match.group().replace(",", ""), text)
    text = _LAKHS.sub(lambda match: match.group().replace(",", ""), text)
    text = _SPACES.sub(lambda match: match.group().replace(" ", ""), text)
    text = _SPACES_AND_COMMA.sub(lambda match: match.group().replace(" ", ""), text)
    text = _DECIMAL_COMMA.sub(r"\1.\2", text)
    text = _POWER.sub(lambda match: plain_number(Decimal(match[1]).scaleb(int(match[2]))), text)
    return _KILO.sub(lambda match: plain_number(Decimal(match[1]) * 1000), text)


def write_english_digits(text: str) -> str:
    """Number words as digits: "twenty-eight" -> "28", "three and a half" -> "3.5", "two thirds" -> "2/3"."""
    text = _QUARTER.sub(
        lambda match: f"{match[1]}{ {'1': 'st', '2': 'nd', '3': 'rd'}.get(match[1], 'th') } quarter", text
    )
    text = _FEET.sub(r"\1 ft \2 in", text.replace(" & ", " and "))
    text = _TENS_ORDINAL.sub(lambda match: _ordinal(match[1].lower(), match[2].lower()), text)
    text = _RUN.sub(lambda match: _english_run(match.group()), _A_POWER.sub("one ", text))
    text = _POWER_ALONE.sub(lambda match: "100" if match[1] == "hundred" else "1000", text)
    text = _UNIT_AND_A_PART.sub(_unit_and_a_part, _ONE_UNIT.sub(r"\g<1>1 \2", text))
    text = _QUARTERS.sub(r"0.75 \1", text)
    text = _AND_A_PART.sub(lambda match: f"{match[1]}.{_ADDED.get((match[3] or match[4]).lower(), '6666666667')}", text)
    text = _CENTS.sub(r"\1.\3 \2", _MIXED.sub(_mixed, text))
    text = _AFTER_A.sub(r"\1 1 ", text)
    text = _DOZEN.sub(lambda match: _dozen(match[1].lower()), text)
    text = _HALF.sub(lambda match: _half(match.group().lower()), text)
    text = _OUT_OF.sub(r"\1\2/\3", _FRACTION.sub(_fraction, text))
    return _MINUS.sub("-", _BELOW_ZERO.sub(r"-\1\2", text))


def _half(words: str) -> str:
    """0.5 for half, with what follows: "half the costs" are 0.5 of the costs, half an hour is 0.5 hour."""
    return "0.5 of the " if words.endswith("the ") else "0.5 " if words.endswith(" ") else "0.5"


def _unit_and_a_part(match: re.Match[str]) -> str:
    part = "75" if match[3] else {"half": "5", "quarter": "25"}[match[2].lower()]
    return f"1.{part} {match[1]}s"


def _ordinal(tens: str, ones: str) -> str:
    n = _SMALL[tens] + ORDINALS[ones]
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th') }"


def _mixed(match: re.Match[str]) -> str:
    whole, part, parts = (Decimal(match[i]) for i in (1, 2, 3))
    return plain_number(round(whole + part / parts, 10)) if part < parts else match.group()


def _dozen(number: str) -> str:
    return "6" if number == "half a" else "12" if number in ("a", "an") else str(12 * int(number))


def _fraction(match: re.Match[str]) -> str:
    """ "a third" is a share only before "of" or alone; "two quarters" are six months."""
    number, word, of = match[1].lower(), match[2].lower(), match["of"]
    parts = _PARTS[word]
    if number in ("a", "an") and of is None and word != "half":
        return match.group()
    n = 1 if number in ("a", "an") else int(number)
    if n >= parts or n == 0 or (n > 1 and not match[3]) or (word == "quarter" and n == 2):
        return match.group()
    return ("0.5" if parts == 2 else f"{n}/{parts}") + (of or "")


def _english_run(words: str) -> str:
    total = current = 0
    last = ""
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "and":
            continue
        if word == "hundred":
            current *= 100
        elif word == "thousand":
            total, current = total + current * 1000, 0
        elif last in _SMALL and not (_SMALL[last] >= 20 and 0 < _SMALL[word] < 10):
            parts = re.split(r"\s+and\s+", words, flags=re.IGNORECASE)
            if len(parts) > 1:
                return " and ".join(map(_english_run, parts))  # between three and five
            return _year(words.lower()) or words  # "one two": a list, not a number
        else:
            current += _SMALL[word]
        last = word
    return str(total + current)


def _year(words: str) -> str:
    """1984 for "nineteen eighty-four"; "" for any other two numbers."""
    said = [_SMALL[word] for word in re.split(r"[\s-]+", words) if word in _SMALL]
    if len(said) not in (2, 3) or not 10 <= said[0] <= 20 or not 10 <= said[1] < 100:
        return ""
    if len(said) == 3 and (said[1] % 10 or not said[1] >= 20 or said[2] > 9):
        return ""
    return str(said[0] * 100 + sum(said[1:]))


def write_chinese_digits(text: str) -> str:
    """Chinese numerals as digits: 一百二十天 -> 120天, 百分之五 -> 5%, 三分之一 -> 1/3, 贰拾伍元整 -> 25元."""
    text = _PAIRS.sub(lambda m: {"俩": "2个", "仨": "3个"}[m.group()], text)
    if _NUMERAL_ALONE.fullmatch(text):
        text = _whole(text.strip(" 。.")) if len(text.strip(" 。.")) < 2 or set(text) & set("十百千") else text
    text = _QUARTER_ZH.sub(r"第\1\2季度", text)
    text = _RATIO.sub(lambda m: f"{_whole(m[1])}比{_whole(m[2])}", text)
    text = _FORMAL_RUN.sub(lambda match: match.group().translate(_FORMAL), text)
    text = _TWENTIES.sub(lambda match: {"廿": "二十", "卅": "三十", "卌": "四十"}[match[1]], _EXACT.sub("", text))
    text = _OF_HUNDRED.sub(lambda match: _decimal(match[2]) + ("%" if match[1] == "百" else "‰"), text)
    text = _OF_PARTS.sub(lambda match: f"{_decimal(match[2])}/{_decimal(match[1])}", text)
    text = _TENTHS_AND_HALF.sub(lambda match: f"{_DIGITS.get(match[1], match[1])}5%", text)
    text = _SPOKEN.sub(_spoken, text)
    text = _TENTHS.sub(lambda match: f"{_DIGITS.get(match[1], match[1])}0%", _HALF_OF.sub("50%", text))
    text = _DECIMAL.sub(lambda match: _decimal(match.group()), text)
    text = _OF_PRICE.sub(lambda match: _off(match[1] or str(100 - int(match[2]))), _OFF.sub(_discount, text))
    text = _EACH.sub(lambda match: _whole(match.group()), text)
    text = _LONG.sub(lambda match: _whole(match.group()), text)
    text = _LONE.sub(lambda match: _whole(match.group()), _LOW.sub(lambda match: _whole(match[1]), text))
    text = _ORDINAL.sub(lambda match: "第" + _whole(match[1]), text)
    text = _WHOLE_AND_REST.sub(_joined, text)
    text = _WHOLE_AND_DIGIT.sub(
        lambda m: str(int(m[1]) * _LARGE_POWERS[m[2]] + int(m[3]) * _LARGE_POWERS[m[2]] // 10), text
    )
    text = _THOUSANDS_ZH.sub(lambda m: plain_number(Decimal(m[1]) * 1000), text)
    return _NEGATIVE.sub(
        "-", _SCALED.sub(lambda m: plain_number(Decimal(m.group(1)) * _LARGE_POWERS[m.group(2)]), text)
    )


def _discount(match: re.Match[str]) -> str:
    return _off("".join(str(_DIGITS.get(char, char)) for char in match.groups("0")))


def _off(percent: str) -> str:
    """9.5折 for 九五折 and for 95% of the price."""
    return plain_number(Decimal(percent) / 10) + "折"


def _spoken(match: re.Match[str]) -> str:
    """3.5元 for 三块五, 1.8米 for 一米八."""
    last = _DIGITS.get(match[3], match[3])
    return f"{_decimal(match[1])}.{last}{'元' if match[2] == '块' else match[2]}"


def _joined(match: re.Match[str]) -> str:
    """12300 for 1万2300; 1万2 stays, which is 12000 to some."""
    rest = int(match[3]) * (_LARGE_POWERS[match[4]] if match[4] else 1)
    large = _LARGE_POWERS[match[2]]
    return str(int(match[1]) * large + rest) if 100 <= rest < large else match.group()


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
    total = section = digit = last = 0
    for char in numeral:
        if char in _LARGE_POWERS:
            last = _LARGE_POWERS[char]
            total, section, digit = (
                (total + section + digit) * last if last == 10**8 else total + (section + digit) * last,
                0,
                0,
            )
        elif char in _SMALL_POWERS:
            last = _SMALL_POWERS[char]
            section, digit = section + (digit or 1) * last, 0
        else:
            digit, last = _DIGITS[char], last if char not in "零〇" else 0
    return str(total + section + digit * (last // 10 if last >= 100 and digit else 1))
