"""Numbers as office programs count with them: 1, a, iv, 三, 叁, ①. Knows the names of OOXML's number formats."""

__all__ = ["spell_number"]

_ROMAN: tuple[tuple[int, str], ...] = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
)
_ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLAIN = ("〇一二三四五六七八九", "十百千")
_FORMAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_FORMAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщыэюя"
_HEBREW, _KANA = (
    "אבגדהוזחטיכלמנסעפצקרשת",
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
)
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_ONES += " seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
_ORDINALS |= {"twelve": "twelfth"}


def spell_number(number: int, kind: str, sample: str = "") -> str:
    """A number in a format such as "lowerRoman"; digits where the format is not known or does not reach so far.

    Args:
        number: from 0 on.
        kind: the format's name in OOXML.
        sample: of a format of the writer's own, as many digits as "001, 002, ..." begins with.
    """
    if kind == "none":
        return ""
    if sample:
        return str(number).zfill(len(sample.split(",")[0].strip()))
    return _spelled(number, kind) or str(number)


def _spelled(number: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        return _cased(_repeated(number, "abcdefghijklmnopqrstuvwxyz"), kind)
    if kind in ("lowerRoman", "upperRoman"):
        return _cased(_roman(number), kind)
    if kind in ("russianLower", "russianUpper"):
        return _cased(_repeated(number, _CYRILLIC), kind)
    if kind in ("cardinalText", "ordinalText"):
        return _words(number, kind == "ordinalText")
    if kind == "ordinal":
        endings = {1: "st", 2: "nd", 3: "rd"}
        return str(number) + (endings.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th")
    if kind == "decimalZero":
        return f"{number:02}"
    if kind.startswith("decimalFullWidth"):
        return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))
    if kind == "numberInDash":
        return f"- {number} -"
    return _enclosed(number, kind) or _eastern(number, kind)


def _enclosed(number: int, kind: str) -> str:
    """① and the like, where there are such signs."""
    first = {"decimalEnclosedCircle": 0x2460, "decimalEnclosedCircleChinese": 0x2460, "decimalEnclosedParen": 0x2474}
    first |= {"decimalEnclosedFullstop": 0x2488, "ideographEnclosedCircle": 0x3280}
    most = 10 if kind == "ideographEnclosedCircle" else 20
    return chr(first[kind] + number - 1) if kind in first and 1 <= number <= most else ""


def _eastern(number: int, kind: str) -> str:
    formal = {"chineseLegalSimplified": _FORMAL, "ideographLegalTraditional": _FORMAL_TRADITIONAL}
    if kind in formal:
        return _chinese(number, *formal[kind])
    if kind in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital2"):
        return "".join(_PLAIN[0][int(digit)] for digit in str(number))
    if kind.startswith(("chineseCounting", "taiwaneseCounting", "japaneseCounting")):
        spelled = _chinese(number, *_PLAIN)
        return spelled[1:] if 10 <= number < 20 else spelled
    cycles = {"ideographTraditional": _STEMS, "ideographZodiac": _BRANCHES, "hebrew1": _HEBREW, "hebrew2": _HEBREW}
    cycles |= {"aiueo": _KANA, "aiueoFullWidth": _KANA}
    if kind in cycles and 1 <= number <= len(cycles[kind]):
        return cycles[kind][number - 1]
    return ""


def _cased(text: str, kind: str) -> str:
    return text.upper() if "pper" in kind else text


def _repeated(number: int, letters: str) -> str:
    """a to z, aa to zz: the same letter again, as Word does."""
    return letters[(number - 1) % len(letters)] * (1 + (number - 1) // len(letters)) if 1 <= number <= 2000 else ""


def _roman(number: int) -> str:
    spelled = ""
    for value, sign in _ROMAN if 1 <= number < 5000 else ():
        spelled += sign * (number // value)
        number %= value
    return spelled


def _chinese(number: int, digits: str, places: str) -> str:
    """Up to 9999: 二百零三."""
    if not 1 <= number <= 9999:
        return digits[0] if number == 0 else ""
    spelled, has_gap = "", False
    zero = "零"
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            spelled += (zero if has_gap and spelled else "") + digits[digit] + (places[place - 1] if place else "")
        has_gap = not digit
    return spelled


def _words(number: int, is_ordinal: bool) -> str:
    """Up to 99, in English: Twenty-one."""
    if not 0 <= number <= 99:
        return ""
    ones, tens = _ONES.split(), _TENS.split()
    below = number if number < 20 else number % 10
    parts = ([tens[number // 10 - 2]] if number >= 20 else []) + ([ones[below]] if below or number < 20 else [])
    if is_ordinal:
        last = parts[-1]
        parts[-1] = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return "-".join(parts).capitalize()
