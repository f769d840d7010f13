"""Which questions mean the same. Knows their words and vectors, not their answers."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assay.questions.normalising import words_of
from assay.questions.question import Question
from assay.questions.splitting import group_near_duplicates
from assay.scoring import language_of, parse_quantities
from assay.scoring.answer_terms import names_of, negates, terms_of

__all__ = ["Encode", "alike_pairs", "likeness", "same_words", "says_the_same"]

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]  # texts -> vectors of unit length (N, D)

_OPPOSITES_TEXT = (
    "most/least more/less more/fewer highest/lowest higher/lower longest/shortest largest/smallest oldest/newest "
    "earliest/latest maximum/minimum max/min before/after first/last start/end begin/finish above/below inside/outside "
    "buy/sell send/receive arrive/depart import/export internal/external domestic/international with/without "
    "最多/最少 最高/最低 最长/最短 最大/最小 最早/最晚 以上/以下 之前/之后 以前/以后 开始/结束 第一/最后 国内/国外 "
    "买/卖"
)
_OPPOSITES = [tuple(pair.split("/")) for pair in _OPPOSITES_TEXT.split()]
_LIKENESS = {"minilm": 0.8, "e5": 0.94}
_USUAL_LIKENESS = 0.85
# What a question asks for, where a word says so: a person is no day, and a day no amount. "How many were left when"
# asks for no day, so "when" counts at the beginning and the end only.
_ASKS = {
    "who": re.compile(r"\bwho(?:m|se)?\b|谁", re.IGNORECASE),
    "when": re.compile(
        r"(?:^|[,.:] *)when\b|\bwhen\W*$|\b(?:what|which) (?:year|day|date|month)\b"
        r"|何时|什么时[候间]|哪一?[年天月日]|几[月日号点]",
        re.IGNORECASE,
    ),
    "where": re.compile(
        r"\bwhere\b|\b(?:what|which) (?:city|town|country|place)\b|哪里|哪儿|何处|哪座|哪个城市", re.IGNORECASE
    ),
    "how many": re.compile(r"\bhow (?:many|much|old)\b|\bpercentage\b|多少|多大|几(?![月日号点])", re.IGNORECASE),
    "why": re.compile(r"\bwhy\b|为什么|为何", re.IGNORECASE),
}
_ONE = re.compile(r"一(?![二三四五六七八九十百千万])")
_CHUNK = 1000
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def alike_pairs(
    texts: Sequence[str], encode: Encode | None, least: float, others: Sequence[str] | None = None
) -> list[tuple[int, int, float]]:
    """The pairs of questions that mean the same, as positions and cosine, in order.

    Args:
        texts: questions.
        encode: None: there is no encoder, and only words count.
        least: the least cosine of two that mean the same; see `likeness`.
        others: compared with `texts`; None: each of `texts` with those after it.
    """
    if encode is None or not texts or (others is not None and not others):
        return []
    V = encode(texts)  # N D
    W = V if others is None else encode(others)  # M D
    there = texts if others is None else others
    pairs = []
    for start in range(0, len(texts), _CHUNK):
        cosines = V[start : start + _CHUNK] @ W.T  # n M
        for row, column in zip(*np.nonzero(cosines >= least), strict=True):
            a, b = start + int(row), int(column)
            if (others is not None or a < b) and says_the_same(texts[a], there[b]):
                pairs.append((a, b, float(cosines[row, column])))
    return sorted(pairs)


def likeness(encoder_name: str) -> float:
    """The cosine from which on two questions are alike: encoders differ in what they call alike.

    Measured for the two embedded ones on pairs of hand-written paraphrases and on sets without doubles (docs/LOG.md);
    a middle value for others.
    """
    return next((least for name, least in _LIKENESS.items() if name in encoder_name.lower()), _USUAL_LIKENESS)


def same_words(a: str, b: str) -> bool:
    """Whether two questions ask the same in nearly the same words, in any order."""
    is_near = len(group_near_duplicates([Question("a", a, ()), Question("b", b, ())])) == 1
    return is_near and says_the_same(a, b)


def says_the_same(a: str, b: str) -> bool:
    """Whether no word tells two questions apart that an encoder calls alike.

    Numbers, names, denials, what is asked for, and words of opposite meaning tell apart: vectors hardly see them.
    """
    lang = language_of(a, b)
    if language_of(a) != language_of(b) or negates(a, lang) != negates(b, lang):
        return False
    asks_a, asks_b = _asks(a), _asks(b)
    if asks_a and asks_b and not asks_a & asks_b:
        return False
    return _numbers(a) == _numbers(b) and not _differ_in_names(a, b) and not _are_opposite(a, b)


def _asks(question: str) -> set[str]:
    return {kind for kind, words in _ASKS.items() if words.search(question)}


def _numbers(text: str) -> Counter[str]:
    """Every number, those in names such as C12 included; amounts in one form. 一 is mostly none: 一年, 哪一天."""
    text = _ONE.sub("", text)
    amounts = Counter(str(quantity.value.normalize()) for quantity in parse_quantities(text))
    return amounts or Counter(_NUMBER.findall(text))


def _differ_in_names(a: str, b: str) -> bool:
    """Whether each has a name that is nowhere in the other: another thing is meant."""
    lang = language_of(a, b)
    terms_a, terms_b = terms_of(a, lang), terms_of(b, lang)
    return bool(names_of(a) - terms_b) and bool(names_of(b) - terms_a)


def _are_opposite(a: str, b: str) -> bool:
    said_a, said_b = _said(a), _said(b)
    return any(
        (x in said_a and y in said_b and y not in said_a) or (y in said_a and x in said_b and x not in said_a)
        for x, y in _OPPOSITES
    )


def _said(text: str) -> set[str]:
    """The words; of a Chinese text also every pair of neighbouring characters."""
    words = words_of(text)
    return set(words) | {"".join(pair) for pair in pairwise(words)}
