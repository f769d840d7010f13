"""Texts to the one form in which answers are compared. Knows how things are written, not what is right."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from assay.scoring.answer_language import Language, language_of
from assay.scoring.chinese_characters import write_simplified
from assay.scoring.chinese_forms import write_chinese_forms
from assay.scoring.clean_text import clean_text
from assay.scoring.dates import write_dates
from assay.scoring.money import write_money
from assay.scoring.numerals import plain_number, write_chinese_digits, write_digit_groups, write_english_digits

__all__ = ["fold_letters", "normalise", "plain_form", "tokens"]

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_DECIMAL = re.compile(r"(?<![\w.])\d+\.\d+(?!\.?\d)", re.ASCII)
# before a number that is a name and no amount: version 3.10 is not 3.1
_NAMED = re.compile(
    r"(?:\b(?:v|ver|versions?|releases?|firmware|section|sec|chapter|clause|article|paragraph|para|table|figure"
    r"|fig|step|"
    r"appendix|annex|rule|python|item|no|part)\.? ?|(?:版本|型号|编号|附录|图|表|章节|条款|第) ?)$",
    re.IGNORECASE,
)
_INITIALS = re.compile(
    r"(?<!, )\b(?:([A-Z]{1,3}) & ([A-Z]{1,3})|([A-Z]{1,2}) and ([A-Z])|([A-Z]) and ([A-Z]{1,3}))\b"
)  # AT & T is AT&T
_GLUED = re.compile(r"\b((?i:the)|of|and|by|about)(?=[A-Z][a-z]|\d)")  # theNorth Sea
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_ATTACHED = re.compile(
    r"(?<![\w.])(-?\d+(?:\.\d+)?)-?(km|cm|mm|nm|mg|kg|lbs?|khz|mhz|ghz|hz|kwh|kw|mw|gb|mb|tb|kb|ms|min|hrs?|m|g|h"
    r"|s|l|v|w|"
    r"days?|weeks?|months?|years?|hours?|minutes?|metres?|meters?)\b"
)
_RANGE = re.compile(r"(?<![\w.-])(\d+(?:\.\d+)?)\s?[-~至到]\s?(\d+(?:\.\d+)?)(?![\w-]*-\d)", re.ASCII)
_PER = re.compile(
    r"(\d(?: (?:thousand|million|billion))?(?: [a-z]+)?) (?:an?|each|every) "
    r"(second|minute|hour|day|night|week|month|quarter|year|km|kilometre|kilometer|mile|person|head|trip)\b"
)
_PERCENT = re.compile(r"\s?(?:%|\bper ?cent\b|\bpercent\b)")
_NEGATIONS = (("can't", "can not"), ("cannot", "can not"), ("won't", "will not"), ("n't", " not"))
_ARTICLES = re.compile(r"\b(?:a|an|the)\b(?=\s+\w)")  # but not the A of "vitamin A"
# What is not a word is a space, but for the point and the sign of a number, and what makes another word: c++, a-.
_SIGN = (
    r"(?<=[a-z])(?:\+\+|[+#])(?![\w+#])|(?<=[a-z]\+)\+|(?<=(?<![\d/])\d)/(?=\d{1,2}(?![\d/]))"
    r"|(?<=\b[ab])-(?=[\s.,;!?)]|$)"
)
_PUNCTUATION = re.compile(rf"(?!(?<=\d)\.\d|(?<![\w)])-\d|{_SIGN})[^\w\s]|_")
_NOT_IN_CHINESE = re.compile(rf"(?!(?<=\d)\.\d|(?<=\d)[%‰]|(?<![0-9a-z)])-\d|{_SIGN})[^\w\s]|_")
_LOOSE_SPACE = re.compile(r"(?<![0-9a-z%]) +| +(?![0-9a-z])")
_CHINESE_TOKEN = re.compile(r"-?\d+(?:\.\d+)?|[a-z]+|\S")


def normalise(text: str, lang: Language | None = None) -> str:
    """The text in the form in which answers are compared; normalising twice changes nothing.

    English: lower case, no accents, articles or punctuation, one space between words; numbers, dates, amounts of
        money and percentages in one form each ("€1,200.50" and "1200.5 euros" -> "1200.5 eur"). Chinese: full-width
        forms narrowed, numerals as digits, no punctuation, no spaces but between Latin words and numbers; traditional
        characters simplified. Without `lang`, the language is found from the script.
    """
    lang = lang or language_of(text)
    return _normalise(text, lang) or " ".join(clean_text(text).split())  # of nothing but signs, as it is


@lru_cache(maxsize=4096)  # one answer is read for each accepted one, one accepted answer for each cell
def plain_form(text: str, lang: Language) -> str:
    """The cleaned text with numbers as digits, dates and money in one form each; all else, case too, as written.

    What reads values and words works on this, so that their places are places in one text.
    """
    text = _INITIALS.sub(r"\1\3\5&\2\4\6", _GLUED.sub(r"\1 ", clean_text(text)))
    text = write_digit_groups(write_dates(write_simplified(text) if lang == "zh" else text, lang))
    if lang == "zh":
        text = write_chinese_forms(write_dates(write_chinese_digits(text), lang))
        text = write_money(write_chinese_digits(text), lang)
    else:
        text = write_money(write_english_digits(text), lang)
    return text


def tokens(text: str, lang: Language | None = None) -> list[str]:
    """The words of the normalised text; Chinese by character, with numbers and Latin words whole."""
    lang = lang or language_of(text)
    normalised = normalise(text, lang)
    return _CHINESE_TOKEN.findall(normalised) if lang == "zh" else normalised.split()


@lru_cache(maxsize=4096)  # one answer is normalised for each figure, one accepted answer for each cell
def _normalise(text: str, lang: Language) -> str:
    text = _DECIMAL.sub(_without_zeros, plain_form(text, lang))
    text = _RANGE.sub(r"\1至\2" if lang == "zh" else r"\1 to \2", fold_letters(text))
    return _finish_chinese(text) if lang == "zh" else _finish_english(text)


def _without_zeros(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 15) : match.start()]
    return match.group() if _NAMED.search(before) else plain_number(Decimal(match.group()))


def fold_letters(text: str) -> str:
    """The text in lower case, Latin letters without accents."""
    text = text.casefold()
    return text if text.isascii() else "".join(_plain_letter(char) for char in text).translate(_LETTERS)


def _plain_letter(char: str) -> str:
    """The letter without its accent, for Latin letters only: elsewhere such marks make another letter."""
    base = unicodedata.normalize("NFKD", char)
    return base[0] if len(base) > 1 and base[0].isascii() and base[0].isalpha() else char


def _finish_english(text: str) -> str:
    for short, long in _NEGATIONS:
        text = text.replace(short, long)
    text = re.sub(r"'s\b", "", text)
    text = _PERCENT.sub(" percent", text)
    text = re.sub(r"°\s?c\b", " celsius", text).replace("°", " degrees ")
    text = _ATTACHED.sub(r"\1 \2", _ORDINAL.sub(r"\1", text))
    text = re.sub(r"(?<=[a-z])\s?/\s?(?=[a-z])", " per ", text) if re.search(r"\d", text) else text
    text = _PER.sub(r"\1 per \2", text)
    return " ".join(_ARTICLES.sub(" ", _PUNCTUATION.sub(" ", text)).split())


def _finish_chinese(text: str) -> str:
    text = _PERCENT.sub("%", text)
    text = " ".join(_NOT_IN_CHINESE.sub(" ", text).split())
    return _LOOSE_SPACE.sub("", text)
