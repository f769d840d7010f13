"""Answers kept for questions that mean the same. Knows words and vectors of questions, not what an answer says.

A false hit is worse than a miss: what is kept is served only to a question with the same words in the same order, save
for words that ask and for a clause moved from one end to the other, and whose vector is near enough besides.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from assay.bench.keys import key_of
from assay.bench.store import CachedAnswer, Store
from assay.scoring import Language, language_of, tokens

__all__ = ["AnswerCache", "meaning_of"]

_MOST = 10_000  # answers of all runs together; the oldest go first

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]

# Words that ask, and say nothing about what is asked. No preposition that can be turned round (to, from, before), no
# modal, no quantifier, no past tense ("who was" is not "who is"), nothing that may be a name (US, IT, Annex I).
_ASKING_WORDS = (
    "a an the is are am be do does have has get gets me my we our you your please tell of in on at for there kindly "
    "hello hi thanks and would like s"
)
_ASKING = frozenset(_ASKING_WORDS.split())
_ASKING_CHINESE = re.compile(r"请问|请告诉我|我想知道|[的了吗呢啊吧请我您你]")
_SYMBOL = re.compile(r"[+#@&/\\=<>*^~$€£¥%°]|(?<=\s)A(?=\s)")  # and the A of "grade A", which is no article
_LEAST_TO_TURN = 3  # of two words, each order is the other one turned round


class AnswerCache:
    """Answers by scope and meaning.

    Args:
        store: where they are kept.
        encode: questions -> vectors of unit length (N, D); None where there is no encoder: then only questions with the
            same words get a kept answer.
        least_similarity: the least cosine of two questions that are given one answer.
        most: how many answers are kept; beyond that the oldest go.
    """

    def __init__(self, store: Store, encode: Encode | None, least_similarity: float, most: int = _MOST) -> None:
        self._store, self._encode = store, encode
        self._least, self._most = least_similarity, most

    def find(self, scope: str, question: str) -> dict[str, Any] | None:
        """What was kept in this scope for a question of the same meaning: the same words first, else the most alike.

        A scope names everything else that an answer depends on: run, cell, documents, groups, settings.
        """
        kept = self._store.cached_answers(scope, meaning_of(question))
        same = next((one for one in kept if _same_words(one.question, question)), None)
        if same is not None:
            return same.payload
        if self._encode is None or not kept:
            return None
        V = self._encode([question, *(one.question for one in kept)])  # 1+N D
        similarity = V[1:] @ V[0]
        best = int(np.argmax(similarity))
        return kept[best].payload if similarity[best] >= self._least else None

    def save(self, scope: str, question: str, payload: dict[str, Any]) -> None:
        """Keep an answer, in place of an earlier one to the very same question."""
        self._store.cache_answer(scope, CachedAnswer(meaning_of(question), question, payload), self._most)


def meaning_of(question: str) -> str:
    """A key that two questions share only if they have the same words and numbers in the same order.

    Words that ask do not count, nor case, plural and punctuation; and a clause may move from one end to the other. A
    word more, a negation, another number or name, or two names exchanged make another key.
    """
    lang = language_of(question)
    words = _chinese_words(question) if lang == "zh" else _english_words(question)
    if len(words) >= _LEAST_TO_TURN:
        words = min(words[i:] + words[:i] for i in range(len(words)))
    return key_of(words=words, symbols=sorted(_SYMBOL.findall(question)))


def _english_words(question: str) -> list[str]:
    said = [word for word in tokens(question, "en") if word not in _ASKING]
    return [word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word for word in said]


def _chinese_words(question: str) -> list[str]:
    lang: Language = "zh"
    return tokens(_ASKING_CHINESE.sub("", question), lang)


def _same_words(a: str, b: str) -> bool:
    return _plain(a) == _plain(b)


def _plain(question: str) -> str:
    """Without regard to case, width, spaces and the mark at the end."""
    return " ".join(unicodedata.normalize("NFKC", question).casefold().split()).rstrip(" ?.!。")
