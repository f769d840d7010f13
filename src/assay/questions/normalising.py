"""Texts made comparable: case, spaces, punctuation and Markdown do not count."""

import re
import unicodedata

from assay.corpus.language import CJK

__all__ = ["squash", "words_of"]

_NOT_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")


def squash(text: str) -> str:
    """Only the letters and digits, in lower case and without spaces: what decides whether one text holds another."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def words_of(text: str) -> list[str]:
    """The words in lower case; every Chinese character is one."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
