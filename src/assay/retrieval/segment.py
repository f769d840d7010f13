"""Text to space-separated terms that a word-based full-text index can hold. Knows no index and no query language."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Any

from assay.corpus.language import CJK

__all__ = ["segment"]

UNSPACED = re.compile(f"[{CJK}]+")


def segment(text: str) -> str:
    """The text with every Chinese run cut into words, overlapping ones included; the rest as it is.

    Mixed texts therefore need no language: the index's own tokeniser handles what is already spaced. Half surrogates,
    which no index can store, become question marks.
    """
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    return UNSPACED.sub(lambda run: f" {' '.join(_cutter().cut_for_search(run.group()))} ", whole)


@cache
def _cutter() -> Any:
    """jieba with its dictionary read, in silence; under a second, once."""
    import logging
    import warnings

    with warnings.catch_warnings():  # it asks for pkg_resources, which warns that it is deprecated
        warnings.simplefilter("ignore")
        jieba: Any = import_module("jieba")  # not typed
        jieba.setLogLevel(logging.WARNING)
        cutter = jieba.Tokenizer()
        cutter.initialize()
    return cutter
