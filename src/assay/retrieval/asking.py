"""What of a question is searched for by words. Knows no index."""

from __future__ import annotations

import re

from assay.retrieval.segment import segment

__all__ = ["words_to_find"]

_WORD = re.compile(r"\w+")

# Words of grammar: they stand in most passages, so finding them tells nothing and takes most of the time.
_ENGLISH = """
    a an the this that these those there here of in on at to for from by with about into than as and or if then so
    is are was were be been being am do does did has have had can could will would shall should might must not no
    it its he she his her him they them their we our you your i my me
    who whom whose which what when where why how s t
"""
_CHINESE = """
    的 了 是 在 和 与 有 为 被 对 从 到 于 这 那 之 其 而 也 都 就 及 或 个
    什么 哪 哪个 哪些 谁 吗 呢 几 多少 怎么 如何
"""
_GRAMMAR = frozenset((_ENGLISH + _CHINESE).split())


def words_to_find(question: str) -> str:
    """The question's words, Chinese ones cut apart, without those of grammar; all of them where there are no others.

    Words in capitals are kept: "IT" and "US" are no grammar.
    """
    whole = segment(question)
    words = _WORD.findall(whole)
    telling = [word for word in words if word.lower() not in _GRAMMAR or (len(word) > 1 and word.isupper())]
    return " ".join(telling) or whole
