"""Which of Assay's two languages a text is in. Knows English and Chinese, nothing finer."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal

__all__ = ["CJK", "corpus_language", "detect_language"]

# Han characters, kana and full-width forms: the scripts written without spaces. For use inside a character class.
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"

MOST_CHINESE = 0.05  # share of Chinese passages that an English encoder may get
_CJK_CHARACTER = re.compile(f"[{CJK}]")
_WORD = re.compile(rf"[^\W\d_{CJK}]+")


def detect_language(texts: Iterable[str]) -> Literal["en", "zh"]:
    """ "zh" if the texts hold more Chinese characters than words of other scripts, else "en"; "en" for no texts."""
    n_cjk = n_words = 0
    for text in texts:
        n_cjk += len(_CJK_CHARACTER.findall(text))
        n_words += len(_WORD.findall(text))
    return "zh" if n_cjk > n_words else "en"


def corpus_language(texts: Iterable[str]) -> Literal["en", "zh"]:
    """Which embedded encoder passages need: "zh", the multilingual one, if more than one in twenty is Chinese."""
    languages = Counter(detect_language([text]) for text in texts)
    return "zh" if languages["zh"] > MOST_CHINESE * languages.total() else "en"
