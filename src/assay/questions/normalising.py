"""Texts made comparable: case, spaces, punctuation and Markdown do not count."""

import re
import unicodedata

from assay.corpus.language import CJK

__all__ = ["squash", "squash_signed", "words_of"]

_NOT_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
# Points within numbers, a sign before a number, + and # behind a name, and whatever is a sign by itself: °, €, ☺.
_TELLING = re.compile(r"\d+(?:[.,:/]\d+)+|(?<![^\W_])[-+](?=\d)|(?<=[^\W_])[+#]+|[%&@§]|[^\W_]+|[^\w\s]")


def squash(text: str) -> str:
    """Only the letters and digits, in lower case and without spaces: what decides whether one text holds another."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def squash_signed(text: str) -> str:
    """As `squash`, but with the signs that tell two questions apart: 1.11 and 11.1, C++ and C#, -5 and 5."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("−", "-")
    parts = _TELLING.findall(plain)
    return "".join(part for part in parts if len(part) > 1 or part.isalnum() or part in "-+#%&@§" or _is_sign(part))


def _is_sign(part: str) -> bool:
    return unicodedata.category(part) in ("Sm", "Sc", "So")


def words_of(text: str) -> list[str]:
    """The words in lower case; every Chinese character is one."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
