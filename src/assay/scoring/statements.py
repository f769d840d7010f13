"""Two texts side by side: how much of what one states stands in the other. Knows no right and no wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assay.scoring.answer_language import Language
from assay.scoring.claim_amounts import holds
from assay.scoring.clauses import AKIN, Clause, Word, read_clauses
from assay.scoring.values.quantities import Quantity

__all__ = ["Comparison", "Statement", "are_akin", "read_statement"]

_WINDOW = 4  # clauses: what stands further apart does not say one thing
_ASKED = 0.15  # what a word of the question weighs: it was given
_ALMOST = 0.8  # what a word counts that begins like another
_CHARACTERS = 0.5  # and a Chinese one all of whose characters stand somewhere


@dataclass(frozen=True)
class Statement:
    """A text as clauses, and all that they state."""

    clauses: tuple[Clause, ...]
    lang: Language

    @cached_property
    def keys(self) -> frozenset[str]:
        """What its words stand for."""
        return frozenset().union(*(clause.keys for clause in self.clauses))

    @cached_property
    def windows(self) -> list[frozenset[str]]:
        """What the words of neighbouring clauses stand for, place after place."""
        last = max(1, len(self.clauses) - _WINDOW + 1) if self.clauses else 0
        places = (self.clauses[start : start + _WINDOW] for start in range(last))
        return [frozenset().union(*(clause.keys for clause in place)) for place in places]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """All of them, in order."""
        return [one for clause in self.clauses for one in clause.quantities]

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of its names; none in Chinese."""
        return frozenset(name for clause in self.clauses for name in clause.names)


def read_statement(text: str, lang: Language) -> Statement:
    """A text, read."""
    return Statement(read_clauses(text, lang), lang)


@dataclass(frozen=True)
class Comparison:
    """What is said beside what should be, and the question that both answer."""

    said: Statement
    stated: Statement
    asked: Statement
    is_copy: bool = False  # what is said has most of its words from what is stated, in the same order
    _shares: dict[tuple[int, int], float] = field(default_factory=dict, repr=False)

    @property
    def lang(self) -> Language:
        """Of all three."""
        return self.said.lang

    def weigh(self, word: Word) -> float:
        """What a word weighs; little where it stands in the question."""
        return word.weight * (_ASKED if word.keys & self.asked.keys else 1.0)

    def weigh_quantity(self, quantity: Quantity) -> float:
        """What an amount weighs; little where it stands in the question."""
        return _ASKED if holds(quantity, self.asked.quantities) else 1.0

    def share(self, clause: Clause, other: Clause) -> float:
        """How much of the words of a clause stands in another, in 0..1."""
        key = id(clause), id(other)
        if key not in self._shares:
            self._shares[key] = self.share_of(clause.words, other.keys)
        return self._shares[key]

    def share_said(self, claim: Clause) -> float:
        """How much of the words of a claim is said in one place: in clauses that follow each other."""
        return max((self.share_of(claim.words, keys) for keys in self.said.windows), default=0.0)

    def share_of(self, words: Sequence[Word], keys: frozenset[str]) -> float:
        """How much of some words stands among others, in 0..1; 1 where there are none."""
        total = found = 0.0
        for word in words:
            weight = self.weigh(word)
            total += weight
            found += weight * _match(word, keys, self.lang)
        return found / total if total else 1.0

    def nearest(self, clause: Clause, among: Statement, share: float) -> list[tuple[float, Clause]]:
        """The clauses that hold at least so much of one, with how much, in order."""
        found = [(self.share(clause, other), other) for other in among.clauses]
        return [one for one in found if one[0] >= share]


def _match(word: Word, keys: frozenset[str], lang: Language) -> float:
    if word.keys & keys:
        return 1.0
    if lang == "zh":
        return _CHARACTERS * sum(any(char in key for key in keys) for char in word.form) / len(word.form)
    is_akin = f"~{word.form[:AKIN]}" in keys and any(_is_akin(word.form, key) for key in keys)
    return _ALMOST if is_akin else 0.0


def _is_akin(a: str, b: str) -> bool:
    """Whether two English words begin alike for most of their length: internship and intern."""
    shorter, longer = sorted((a, b), key=len)
    common = next((i for i, (x, y) in enumerate(zip(shorter, longer, strict=False)) if x != y), len(shorter))
    return common >= AKIN and common >= 0.6 * len(longer)


def are_akin(a: Sequence[str], b: Sequence[str], lang: Language) -> bool:
    """Whether some word of one is like a word of the other: begins alike, in Chinese has a character in common."""
    if lang == "zh":
        return bool(set("".join(a)) & set("".join(b)))
    return any(_is_akin(x, y) for x in a for y in b)
