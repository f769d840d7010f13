"""The report's own words in English and Chinese. Knows no numbers and no layout."""

from typing import Literal

from assay.verdict.report.words_grid import GRID_WORDS
from assay.verdict.report.words_method import METHOD_WORDS
from assay.verdict.report.words_page import PAGE_WORDS

__all__ = ["WORDS", "Lang", "has_word", "word"]

Lang = Literal["en", "zh"]

WORDS: dict[str, dict[Lang, str]] = {
    key: {"en": english, "zh": chinese}
    for table in (PAGE_WORDS, GRID_WORDS, METHOD_WORDS)
    for key, (english, chinese) in table.items()
}


def word(key: str, lang: Lang, **values: object) -> str:
    """The text of a key in one language with its values filled in."""
    return WORDS[key][lang].format(**values)


def has_word(key: str) -> bool:
    """Whether the table knows a key: reasons and settings may be newer than it."""
    return key in WORDS
