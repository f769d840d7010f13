"""The words of a second reading against those of the passages. Knows words; knows no format."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from assay.corpus.conservation.piece import Piece
from assay.corpus.conservation.words import find_words, is_number
from assay.corpus.document import Account, LeftOut, Unaccounted

__all__ = ["account_for"]

_RAISED = re.compile(r"(\d[\d.,]*)\^(\d+)")  # 10^6, which a reading that sees no heights has as 106
TAKEN_FROM = 0.5  # of a piece's words must be missing for it to be put into the passages


def account_for(pieces: Sequence[Piece], texts: Iterable[str], left_out: Iterable[LeftOut]) -> Account:
    """What became of the words of a file.

    A word that is missing by the count, but stands between the same neighbours, was repeated in the file and is held
    once: it counts as read. So does one whose letters stand there together with its neighbours', where the readings
    part words differently; of a number each figure has to be the same.

    Args:
        pieces: of the second reading.
        texts: all that the first reading holds: titles, headings, passages.
        left_out: what it left out on purpose.
    """
    texts = list(texts)
    held = [find_words(text) for text in texts]
    left = Counter(word for words in held for word in words)
    left.update(find_words(" ".join(base + raised for text in texts for base, raised in _RAISED.findall(text))))
    for one in left_out:
        left.update({word: one.n * n for word, n in Counter(find_words(one.text)).items()})
    counted = [(piece, find_words(piece.text)) for piece in pieces if piece.exclusion is None]
    missing = [(piece, words, _missing(words, left)) for piece, words in counted]
    found = [case for case in missing if case[2]]
    context = _Context(held) if found else None
    unaccounted = [
        Unaccounted(tuple(words[at] for at in lost), piece.text, piece.page, len(lost) >= TAKEN_FROM * len(words))
        for piece, words, places in found
        if context and (lost := [at for at in places if not context.holds(words, at)])
    ]
    every = [word for _, words in counted for word in words]
    return Account(len(every), sum(map(is_number, every)), tuple(unaccounted))


def _missing(words: Sequence[str], left: Counter[str]) -> list[int]:
    """The places of the words that are not there any more, by count; the others are taken out of `left`."""
    places = []
    for at, word in enumerate(words):
        if left[word] > 0:
            left[word] -= 1
        else:
            places.append(at)
    return places


class _Context:
    """Which words stand beside which in the passages."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._pairs = {pair for words in texts for pair in pairwise(words)}
        self._letters = "\n".join("".join(words) for words in texts)

    def holds(self, words: Sequence[str], at: int) -> bool:
        """Whether the word at this place stands in the passages among the same neighbours."""
        if any(pair in self._pairs for pair in _pairs_around(words, at)):
            return True
        return not is_number(words[at]) and any(letters in self._letters for letters in _joined(words, at))


def _pairs_around(words: Sequence[str], at: int) -> Iterator[tuple[str, str]]:
    yield from pairwise(words[max(at - 1, 0) : at + 2])


def _joined(words: Sequence[str], at: int) -> Iterator[str]:
    """The letters of a word with those before or behind it; only such as say enough to be no chance."""
    for first, last in ((at - 1, at), (at, at + 1)):
        if first >= 0 and last < len(words) and len(together := words[first] + words[last]) > 4:
            yield together
