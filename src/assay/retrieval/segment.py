"""Text to space-separated terms that a word-based full-text index can hold. Knows no index and no query language."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any

from assay.corpus.language import CJK
from assay.models.cache import kept_in

__all__ = ["keep_dictionary", "segment"]

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
        keep_dictionary(cutter)
        cutter.initialize()
    return cutter


def keep_dictionary(cutter: Any) -> None:
    """Have jieba keep what it reads of its dictionary in our cache folder; where that cannot be, nowhere."""
    folder = kept_in("jieba")
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    cutter.tmp_dir = str(folder)
