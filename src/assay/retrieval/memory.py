"""Questions whose passages are known, remembered: what a new question resembles, and what is often asked about.

Knows vectors and ids, no index. A question is never told its own passages, nor those of a near-duplicate of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assay.questions.normalising import squash

__all__ = ["MEMORY_FEATURES", "NO_MEMORY", "Memory"]

MEMORY_FEATURES = (
    "resembling",  # cosine of the nearest remembered question on the passage, 0 for an ordinary one to 1
    "asked_passage",  # logarithm of 1 + the remembered questions on the passage
    "asked_document",  # … on its document
)


@dataclass(frozen=True)
class Memory:
    """N remembered questions: texts, near-duplicates under one group name, vectors, ids of the passages of each."""

    texts: tuple[str, ...]
    groups: tuple[str, ...]
    vectors: np.ndarray | None  # N×D at unit length; None without an encoder: then nothing resembles anything
    gold: tuple[frozenset[str], ...]

    def part(self, places: Sequence[int]) -> Memory:
        """The memory of some of its questions."""
        vectors = None if self.vectors is None else self.vectors[list(places)]
        texts, groups = [self.texts[place] for place in places], [self.groups[place] for place in places]
        return Memory(tuple(texts), tuple(groups), vectors, tuple(self.gold[place] for place in places))

    def within(self, ids: Collection[str]) -> Memory:
        """The memory of what stands in the passages `ids` and nowhere else."""
        kept = [place for place, gold in enumerate(self.gold) if all(id in ids for id in gold)]
        return self.part(kept)

    def features(
        self, question: str, vector: np.ndarray | None, ids: Sequence[str], documents: Mapping[str, str]
    ) -> np.ndarray:
        """C×3 for the candidates `ids`; `documents` maps passage to document."""
        own = self._group_of.get(squash(question))
        told = [place for place, group in enumerate(self.groups) if group != own]
        by_passage = Counter(id for place in told for id in self.gold[place])
        by_document = Counter(name for place in told for name in {documents[id] for id in self.gold[place]})
        columns = [
            self._resembling(vector, ids, told),
            np.log1p([by_passage[id] for id in ids]),
            np.log1p([by_document[documents[id]] for id in ids]),
        ]
        return np.array(columns, dtype=np.float64).T

    def _resembling(self, vector: np.ndarray | None, ids: Sequence[str], told: Sequence[int]) -> np.ndarray:
        if self.vectors is None or vector is None or not told:
            return np.zeros(len(ids))
        likeness = (self.vectors[told] @ vector).round(6).astype(np.float64)
        usual = float(np.median(likeness))
        nearest: dict[str, float] = {}
        for place, cosine in zip(told, likeness, strict=True):
            for id in self.gold[place]:
                nearest[id] = max(nearest.get(id, usual), float(cosine))
        return np.array([(nearest.get(id, usual) - usual) / max(1e-6, 1 - usual) for id in ids])

    @cached_property
    def _group_of(self) -> dict[str, str]:
        return {squash(text): group for text, group in zip(self.texts, self.groups, strict=True)}


NO_MEMORY = Memory((), (), None, ())
