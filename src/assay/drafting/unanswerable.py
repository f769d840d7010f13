"""Questions that sound like the others and have no answer: a name, a year or a number of a good one is exchanged.

What can be said for sure is about words: no passage holds the exchanged word together with what else is asked. That
nothing answers in other words is likely, not certain: a person should look.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assay.corpus.document import Corpus, Passage
from assay.scoring import Language
from assay.scoring.answer_terms import terms_of

__all__ = ["Exchange", "Exchanger"]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,%])")
_NAME = re.compile(r"(?<=[a-z] )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
_WORD_BEFORE = re.compile(r"(\w+) $")
_OTHER_NAMES = 12  # names that are tried in the place of one
_MOST_SHARED = 0.5  # share of the question's other terms that a passage with the exchanged word may have


@dataclass(frozen=True)
class Exchange:
    """An unanswerable question. `is_new`: what was put in stands nowhere in the documents."""

    text: str
    removed: str
    added: str
    is_new: bool


class Exchanger:
    """Makes unanswerable questions for one corpus.

    Args:
        corpus: in which nothing may answer them.
        lang: of its documents.
        rng: draws what is put in.
    """

    def __init__(self, corpus: Corpus, lang: Language, rng: np.random.Generator) -> None:
        self._lang, self._rng = lang, rng
        self._passages = [f"{passage.heading}\n{passage.text}\n{passage.document}" for passage in corpus.passages]
        self._names = _names_by_word_before(corpus.passages) if lang == "en" else _chinese_names(corpus.passages)

    def exchange(self, question: str) -> Exchange | None:
        """The question about something else that no passage speaks of in this context; None where none is found."""
        for removed, added in self._options(question):
            text = question.replace(removed, added)
            rest = terms_of(question.replace(removed, " "), self._lang)
            holders = [passage for passage in self._passages if _holds(passage, added)]
            if rest and not any(self._shares(passage, rest) for passage in holders):
                return Exchange(text, removed, added, not holders)
        return None

    def _shares(self, passage: str, rest: set[str]) -> bool:
        return len(rest & terms_of(passage, self._lang, with_singles=True)) > _MOST_SHARED * len(rest)

    def _options(self, question: str) -> Iterator[tuple[str, str]]:
        """What to take out and what to put in, the surest first: names, years, numbers."""
        for name, word in self._named(question):
            others = [other for other in self._names.get(word, ()) if other not in question and name not in other]
            for place in self._rng.permutation(len(others))[:_OTHER_NAMES]:
                yield name, others[place]
        for match in _YEAR.finditer(question):
            for step in self._rng.permutation(np.arange(3, 15)):
                yield match.group(), str(int(match.group()) + int(step) * int(self._rng.choice((-1, 1))))
        for match in _NUMBER.finditer(question):
            for step in self._rng.permutation(np.arange(2, 10)):
                yield match.group(), str(int(match.group()) + int(step) * max(1, 10 ** (len(match.group()) - 1)))

    def _named(self, question: str) -> Iterator[tuple[str, str]]:
        if self._lang == "zh":
            for name in sorted(self._names.get("", ()), key=len, reverse=True):
                if name in question:
                    yield name, ""
            return
        for match in _NAME.finditer(question):
            before = _WORD_BEFORE.search(question[: match.start()])
            yield match.group(), before.group(1).lower() if before else ""


def _holds(passage: str, word: str) -> bool:
    """As a word of its own where it is written in letters or digits."""
    edge = r"(?<!\w)" if word[0].isascii() else ""
    end = r"(?!\w)" if word[-1].isascii() else ""
    return re.search(edge + re.escape(word) + end, passage) is not None


def _names_by_word_before(passages: Sequence[Passage]) -> dict[str, list[str]]:
    """The names of the documents by the word before them: what stands after "in" is mostly a place."""
    names: dict[str, set[str]] = defaultdict(set)
    for passage in passages:
        for match in _NAME.finditer(passage.text):
            before = _WORD_BEFORE.search(passage.text[: match.start()])
            if before:
                names[before.group(1).lower()].add(match.group())
    return {word: sorted(found) for word, found in names.items()}


def _chinese_names(passages: Sequence[Passage]) -> dict[str, list[str]]:
    from assay.drafting.spans import find_spans

    names = {span.text for passage in passages for span in find_spans(passage, "zh") if span.kind == "name"}
    return {"": sorted(names)}
