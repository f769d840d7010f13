"""Text to the words and numbers that are counted. Knows signs and scripts; knows no format.

A number is taken with its sign, point and percent sign, so that one that changed is another word. Chinese is counted
by the character. What a font or a keyboard chose (the kind of a hyphen, a wide form, a capital letter) makes no
difference.
"""

import re
import unicodedata

from assay.corpus.language import CJK

__all__ = ["find_words", "is_number"]

_NUMBER = r"\d+(?:[.,]\d+)*%?"
_WORD = re.compile(
    rf"[{CJK}]|(?<![\w.,%)\]-])[-+]{_NUMBER}(?![^\W_{CJK}])|{_NUMBER}(?![^\W_{CJK}])|(?:(?![{CJK}])[^\W_])+"
)
_IS_NUMBER = re.compile(r"[-+]?\d[\d.,]*%?")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?")
_FRACTION = re.compile(r"([-+]?\d+)\.(\d*?)0*(%?)")
_FOLD = str.maketrans(
    {character: "-" for character in "−–‒‐‑"}
    | {"—": " ", "％": "%"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
)


def find_words(text: str) -> list[str]:
    """The words of a text in order, folded; a number reads the same with and without grouping and closing zeros."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_FOLD)).translate(_FOLD)
    return [word if word[0] > "9" else _plain_number(word) for word in _WORD.findall(text.casefold())]


def is_number(word: str) -> bool:
    """Whether a word is a figure."""
    return word[0] <= "9" and _IS_NUMBER.fullmatch(word) is not None


def _plain_number(number: str) -> str:
    if number.isdecimal():
        return number
    if _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    parts = _FRACTION.fullmatch(number)
    return parts[1] + ("." + parts[2] if parts[2] else "") + parts[3] if parts else number
