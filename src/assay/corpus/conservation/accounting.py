"""The words of a second reading against those of the passages. Knows words; knows no format."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from assay.corpus.conservation.compared_words import find_words, is_number
from assay.corpus.conservation.piece import Piece
from assay.corpus.document import Account, Exclusion, LeftOut, Unaccounted

__all__ = ["account_for"]

_RAISED = re.compile(r"(\d[\d.,]*)\^(\d+)")  # 10^6, which a reading that sees no heights has as 106
_TAKEN_FROM = 0.5  # of a piece's words must be missing for it to be put into the passages
_STRAY = 2  # letters


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
    left.update(_only_first(left_out, pieces))
    counted = [(piece, find_words(piece.text)) for piece in pieces if piece.exclusion is None]
    every = [word for _, words in counted for word in words]
    places = _missing(every, left)
    context = _Context(held) if places else None
    lost = {at for at in places if context and not context.holds(every, at)}
    return Account(len(every), sum(map(is_number, every)), tuple(_by_piece(counted, lost)))


def _only_first(left_out: Iterable[LeftOut], pieces: Iterable[Piece]) -> Counter[str]:
    """The words that the first reading left out for a reason for which the second one did not leave them out too."""
    words: Counter[tuple[Exclusion | None, str]] = Counter()
    for one in left_out:
        words.update({(one.reason, word): one.n * n for word, n in Counter(find_words(one.text)).items()})
    words.subtract((piece.exclusion, word) for piece in pieces if piece.exclusion for word in find_words(piece.text))
    found: Counter[str] = Counter()
    for (_, word), n in words.items():
        found[word] += max(n, 0)
    return found


def _by_piece(counted: Iterable[tuple[Piece, list[str]]], lost: Collection[int]) -> Iterator[Unaccounted]:
    """The pieces with words that are at the places `lost` of all words."""
    start = 0
    for piece, words in counted if lost else ():
        own = tuple(word for at, word in enumerate(words, start) if at in lost)
        start += len(words)
        if own:
            yield Unaccounted(own, piece.text, piece.page, _is_taken(own, len(words)))


def _is_taken(lost: Sequence[str], n_words: int) -> bool:
    """Whether a piece is put into the passages: most of it is missing, and this is more than a stray letter."""
    says_something = any(map(is_number, lost)) or sum(map(len, lost)) > _STRAY
    return says_something and len(lost) >= _TAKEN_FROM * n_words


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
    """The letters of a word, and with those before or behind it; only such as say enough to be no chance."""
    for first, last in ((at, at), (at - 1, at), (at, at + 1)):
        together = "".join(words[max(first, 0) : last + 1])
        if len(together) > 4:
            yield together
