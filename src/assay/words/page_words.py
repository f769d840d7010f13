"""The reports' words: each page's own variant of a sentence before the one that all share. Knows no layout."""

from assay.words.catalogue import has_message, message

__all__ = ["base_word", "compare_word", "drill_word", "has_word", "label_word", "sentence_start", "word"]


def word(key: str, lang: str, **values: object) -> str:
    """The sentence of a key as a report says it: its own, under page., else the one that the console says too."""
    return message(_own("page", key), lang, **values)


def has_word(key: str) -> bool:
    """Whether there are words for a key: names, reasons and counts may be newer than the catalogue."""
    return has_message(_own("page", key))


def label_word(key: str, lang: str, **values: object) -> str:
    """Like `word`, for the report on labels: its own word of that name where it has one."""
    return word(_own("labels", key), lang, **values)


def drill_word(key: str, lang: str, **values: object) -> str:
    """Like `word`, for the report on a drill."""
    return word(_own("drill", key), lang, **values)


def compare_word(key: str, lang: str, **values: object) -> str:
    """Like `word`, for the page on two runs."""
    return word(_own("compare", key), lang, **values)


def base_word(key: str, lang: str, **values: object) -> str:
    """Like `word`, for the report on base models."""
    return word(_own("bases", key), lang, **values)


def sentence_start(text: str) -> str:
    """The text with a capital first letter, where it has one."""
    return text[:1].upper() + text[1:]


def _own(page: str, key: str) -> str:
    own = f"{page}.{key}"
    return own if has_message(own) else key
