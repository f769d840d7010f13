"""The report's words in English and Chinese: its own over those of the message table. Knows no numbers, no layout."""

from typing import Literal

from assay.words.messages import MESSAGES, message
from assay.words.page_drill import DRILL_WORDS
from assay.words.page_forgetting import FORGETTING_WORDS
from assay.words.page_grid import GRID_WORDS
from assay.words.page_label import LABEL_WORDS
from assay.words.page_method import METHOD_WORDS
from assay.words.page_page import PAGE_WORDS

__all__ = ["WORDS", "Lang", "drill_word", "has_word", "label_word", "word"]

Lang = Literal["en", "zh"]

WORDS: dict[str, dict[Lang, str]] = {
    key: {"en": english, "zh": chinese}
    for table in (PAGE_WORDS, GRID_WORDS, METHOD_WORDS, FORGETTING_WORDS, LABEL_WORDS, DRILL_WORDS)
    for key, (english, chinese) in table.items()
}


def word(key: str, lang: Lang, **values: object) -> str:
    """The text of a key in one language, values filled in: the report's own, else the message table's."""
    return WORDS[key][lang].format(**values) if key in WORDS else message(key, lang, **values)


def has_word(key: str) -> bool:
    """Whether there are words for a key: names, reasons and counts may be newer than the tables."""
    return key in WORDS or key in MESSAGES


def label_word(key: str, lang: Lang, **values: object) -> str:
    """Like `word`, for the report on labels: its own word of that name where it has one."""
    return _own("labels", key, lang, **values)


def drill_word(key: str, lang: Lang, **values: object) -> str:
    """Like `word`, for the report on a drill."""
    return _own("drill", key, lang, **values)


def _own(page: str, key: str, lang: Lang, **values: object) -> str:
    own = f"{page}.{key}"
    return word(own if own in WORDS else key, lang, **values)
