"""The language of a text, by its script. Knows English and Chinese, nothing else."""

import re
from typing import Literal

__all__ = ["CJK", "Language", "language_of"]

Language = Literal["en", "zh"]

CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # characters, for a class of a regular expression

_CHARACTER = re.compile(f"[{CJK}]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")


def language_of(*texts: str) -> Language:
    """ "zh" when at least a third of the words are Chinese characters (a Latin word counts as one word), else "en"."""
    joined = " ".join(texts)
    n_cjk = len(_CHARACTER.findall(joined))
    return "zh" if n_cjk and n_cjk * 2 >= len(_LATIN.findall(joined)) else "en"
