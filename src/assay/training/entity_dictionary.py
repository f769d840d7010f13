"""A dictionary of the entities that were labelled, looked up in new texts: the floor for finding them. Knows no way.

A stretch of words is in it when the texts that were learnt from labelled it more often than not, with the type that
they gave it most often. Words are compared as they are written, and a single Chinese character is a word.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from assay.labelled.entity_spans import find_words
from assay.labelled.labelled_text import Entity, LabelledText

__all__ = ["EntityDictionary", "Found", "build_dictionary", "load_dictionary"]

Floats = npt.NDArray[np.float64]
Words = tuple[str, ...]

_FILE = "dictionary.json"
_PENALTY = 0.05  # on the weights of the probability, so that texts that are all right leave it below 1


@dataclass(frozen=True)
class Found:
    """The entities of a text, in order, and the probability that these are all, and right; None: not known."""

    entities: tuple[Entity, ...]
    probability: float | None


@dataclass(frozen=True)
class EntityDictionary:
    """What is looked up.

    Args:
        types: words -> type, and the share of their occurrences that had it.
        weights: of the probability that all is right, over `_signs`; empty: not known.
    """

    types: Mapping[Words, tuple[str, float]]
    weights: tuple[float, ...] = ()

    def find(self, text: str) -> Found:
        """The longest first, from the left; none overlap."""
        entities, signs = self._look_up(text)
        return Found(entities, float(expit(signs @ np.array(self.weights))) if self.weights else None)

    def with_probability(self, texts: Sequence[LabelledText]) -> "EntityDictionary":
        """The same, with probabilities fitted to how often all is right in texts that it was not made from."""
        if not texts:
            return self
        found = [self._look_up(one.text) for one in texts]
        right = np.array([set(said) == set(one.entities) for (said, _), one in zip(found, texts, strict=True)])
        signs = np.stack([signs for _, signs in found])
        return EntityDictionary(self.types, _fit(signs, right.astype(np.float64)))

    def save(self, folder: Path) -> None:
        """Into a file of a folder."""
        entries = [[*words, type_, share] for words, (type_, share) in self.types.items()]
        kept = {"entries": entries, "weights": self.weights}
        (folder / _FILE).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")

    def _matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, Words]]:
        """First word, the word after the last, and the words, of what is in the dictionary."""
        longest = max(map(len, self.types), default=0)
        place = 0
        while place < len(words):
            lengths = range(min(longest, len(words) - place), 0, -1)
            end = next((place + n for n in lengths if tuple(words[place : place + n]) in self.types), None)
            if end is not None:
                yield place, end, tuple(words[place:end])
            place = end or place + 1

    def _look_up(self, text: str) -> tuple[tuple[Entity, ...], Floats]:
        """The entities, and what the probability that these are right is told by."""
        places = find_words(text)
        found = list(self._matches([text[start:end] for start, end in places]))
        entities = tuple(
            Entity(places[first][0], places[last - 1][1], self.types[words][0]) for first, last, words in found
        )
        return entities, self._signs(len(places), [words for _, _, words in found])

    def _signs(self, n_words: int, found: Sequence[Words]) -> Floats:
        """1, the length of the text, what was found, and how sure that is: what its probability is told by."""
        doubt = sum(1 - self.types[words][1] for words in found)
        return np.array([1.0, math.log1p(n_words), math.log1p(len(found)), doubt])


def build_dictionary(texts: Sequence[LabelledText]) -> EntityDictionary:
    """What these texts labelled. An entity that begins or ends within a word is left away."""
    labelled: dict[Words, Counter[str]] = defaultdict(Counter)
    read = [(one, find_words(one.text)) for one in texts]
    for one, places in read:
        for words, type_ in _labelled(one, places):
            labelled[words][type_] += 1
    plain = _count([_plain(one, places) for one, places in read], labelled)
    types = {}
    for words, counts in sorted(labelled.items()):
        type_, n = min(counts.items(), key=lambda item: (-item[1], item[0]))
        if counts.total() > plain[words]:
            types[words] = (type_, n / (counts.total() + plain[words]))
    return EntityDictionary(types)


def load_dictionary(folder: Path) -> EntityDictionary:
    """What `EntityDictionary.save` wrote."""
    kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    return EntityDictionary({tuple(words): (type_, share) for *words, type_, share in kept["entries"]}, kept["weights"])


def _labelled(one: LabelledText, places: Sequence[tuple[int, int]]) -> Iterator[tuple[Words, str]]:
    """The words of each entity, with its type."""
    first, after = ({place[side]: number for number, place in enumerate(places)} for side in (0, 1))
    for entity in one.entities:
        if entity.start in first and entity.end in after:
            inside = places[first[entity.start] : after[entity.end] + 1]
            yield tuple(one.text[start:end] for start, end in inside), entity.type


def _plain(one: LabelledText, places: Sequence[tuple[int, int]]) -> list[str]:
    """The words, empty where an entity is: York in a labelled New York says nothing of York alone."""
    return [
        "" if any(entity.start < end and start < entity.end for entity in one.entities) else one.text[start:end]
        for start, end in places
    ]


def _count(texts: Sequence[Sequence[str]], wanted: Mapping[Words, object]) -> Counter[Words]:
    """How often the wanted stretches of words stand in the texts."""
    lengths = sorted({len(words) for words in wanted})
    return Counter(
        stretch
        for words in texts
        for n in lengths
        for start in range(len(words) - n + 1)
        if (stretch := tuple(words[start : start + n])) in wanted
    )


def _fit(signs: Floats, right: Floats) -> tuple[float, ...]:
    """The weights of a logistic regression; the penalty is no more than a hint against infinity."""

    def badness(weights: Floats) -> float:
        sums = signs @ weights
        return float(np.sum(np.logaddexp(0, sums) - right * sums) + _PENALTY * np.sum(weights**2))

    return tuple(map(float, minimize(badness, np.zeros(signs.shape[1]), method="BFGS").x))
