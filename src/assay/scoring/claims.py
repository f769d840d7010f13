"""A long accepted answer, claim by claim: covered, contradicted or missing in an answer. Knows no model and no cell.

Words can show that an answer says what the reference says, or that it says otherwise. They cannot show that it does
not say it in other words: such an answer is not judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal

from assay.scoring.answer_language import Language
from assay.scoring.clauses import Clause, Word, read_clauses
from assay.scoring.lexicon import load_lexicon
from assay.scoring.normalise import tokens
from assay.scoring.quantities import Quantity, same_amount

__all__ = ["ClaimMark", "ClaimMarks", "is_long", "judge_claims"]

Standing = Literal["covered", "contradicted", "missing", "unclear"]

_LONG = {"en": 12, "zh": 20}  # words; characters
_ASKED = 0.3  # what a word of the question weighs: it was given
_SAID = 0.6  # share of a claim's words that an answer has to have for the claim to be covered
_RIGHT = 0.6  # share of the reference that an answer has to cover to be right
_ALIKE = 0.5  # share of a claim's words from which on a clause is about the same
_AKIN = 0.8  # what a word counts that begins like another


@dataclass(frozen=True)
class ClaimMark:
    """One claim of the reference. `share` (0..1) is how much of what it states the answer states."""

    text: str
    standing: Standing
    share: float


@dataclass(frozen=True)
class ClaimMarks:
    """What came of an answer: `complete` and `supported` in 0..1; `correct` is None where words cannot tell."""

    claims: tuple[ClaimMark, ...]
    complete: float
    correct: bool | None
    supported: float | None  # share of its clauses that reference or evidence support; None where it states nothing


@dataclass(frozen=True)
class _Text:
    """Clauses, and all that they state."""

    clauses: tuple[Clause, ...]
    lang: Language

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(key for clause in self.clauses for word in clause.words for key in word.keys)

    @cached_property
    def quantities(self) -> list[Quantity]:
        return [one for clause in self.clauses for one in clause.quantities]

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(name for clause in self.clauses for name in clause.names)


def is_long(answer: str, lang: Language) -> bool:
    """Whether an accepted answer is judged by claims: over 12 words, in Chinese over 20 characters."""
    return len(tokens(answer, lang)) > _LONG[lang]


def judge_claims(text: str, reference: str, question: str, evidence: str, lang: Language) -> ClaimMarks:
    """An answer against one reference; `evidence` is a text that may support it, or ""."""
    said, stated, asked = (_read(one, lang) for one in (text, reference, question))
    marks = tuple(_mark(claim, said, stated, asked) for claim in stated.clauses)
    complete = sum(mark.share for mark in marks) / len(marks) if marks else 0.0
    return ClaimMarks(marks, complete, _decide(marks, complete, said, stated, asked), _supported(said, stated, asked, evidence))


def _read(text: str, lang: Language) -> _Text:
    return _Text(read_clauses(text, lang), lang)


def _decide(marks: Sequence[ClaimMark], complete: float, said: _Text, stated: _Text, asked: _Text) -> bool | None:
    if any(mark.standing == "contradicted" for mark in marks):
        return False
    if not _adds(said, asked):
        return False
    if crosses(said, stated):
        return False
    if complete >= _RIGHT and not any(mark.standing == "unclear" and mark.share < 0.3 for mark in marks):
        return True
    return None


def _adds(said: _Text, asked: _Text) -> bool:
    """Whether an answer says anything that the question does not."""
    return any(_adds_word(word, asked) for clause in said.clauses for word in clause.words) or bool(said.quantities)


def _adds_word(word: Word, asked: _Text) -> bool:
    return word.weight > _ASKED and not word.keys & asked.keys


def _mark(claim: Clause, said: _Text, stated: _Text, asked: _Text) -> ClaimMark:
    share = _share(claim, said.keys, said.lang, asked)
    missing = [one for one in claim.quantities if not _holds(one, said.quantities)]
    if _denies(claim, said, stated, asked) or any(_has_another(one, claim, said, stated, asked) for one in missing):
        return ClaimMark(claim.text, "contradicted", 0.0)
    if _opposes(claim, said, stated):
        return ClaimMark(claim.text, "unclear", share * 0.3)
    if _names_another(claim, said, stated, asked):
        return ClaimMark(claim.text, "contradicted", 0.0)
    n = len(claim.quantities)
    whole = share if not n else (share * _words_weight(claim, asked) + (n - len(missing))) / (_words_weight(claim, asked) + n)
    if missing:
        return ClaimMark(claim.text, "missing", whole)
    return ClaimMark(claim.text, "covered" if share >= _SAID else "unclear", 1.0 if share >= 0.9 else whole)


def _weigh(word: Word, asked: _Text) -> float:
    return word.weight * (_ASKED if word.keys & asked.keys else 1.0)


def _words_weight(claim: Clause, asked: _Text) -> float:
    return sum(_weigh(word, asked) for word in claim.words)


def _share(claim: Clause, keys: frozenset[str], lang: Language, asked: _Text) -> float:
    """How much of a claim's words stands among others, in 0..1; 1 for a claim without words."""
    total = _words_weight(claim, asked)
    return sum(_weigh(word, asked) * _match(word, keys, lang) for word in claim.words) / total if total else 1.0


def _match(word: Word, keys: frozenset[str], lang: Language) -> float:
    if word.keys & keys:
        return 1.0
    if lang == "zh":
        return _match_characters(word.form, keys)
    return _AKIN if any(_is_akin(word.form, key) for key in keys) else 0.0


def _is_akin(a: str, b: str) -> bool:
    """Whether two English words begin alike for most of their length: internship and intern."""
    shorter, longer = sorted((a, b), key=len)
    common = next((i for i, (x, y) in enumerate(zip(shorter, longer, strict=False)) if x != y), len(shorter))
    return common >= 5 and common >= 0.6 * len(longer)


def _match_characters(form: str, keys: frozenset[str]) -> float:
    """The share of its characters that stand in words, and that halved: a Chinese word often shares one with its like."""
    return 0.5 * sum(any(char in key for key in keys) for char in form) / len(form)


def _holds(quantity: Quantity, among: Sequence[Quantity]) -> bool:
    return any(same_amount(quantity, other) for other in among)


def _has_another(missing: Quantity, claim: Clause, said: _Text, stated: _Text, asked: _Text) -> bool:
    """Whether an answer has another amount where a claim has this one."""
    for clause in said.clauses:
        for one in clause.quantities:
            if _holds(one, stated.quantities) and one.value != missing.value or _holds(one, asked.quantities):
                continue
            if _is_of_its_kind(one, missing) and _share(claim, _keys(clause), said.lang, asked) >= 0.3:
                return True
    return False


def _is_of_its_kind(one: Quantity, other: Quantity) -> bool:
    if one.value == other.value:
        return one.is_known_unit and other.is_known_unit
    return one.unit == other.unit or (one.is_known_unit and other.is_known_unit and "date" not in (one.unit, other.unit))


def _keys(clause: Clause) -> frozenset[str]:
    return frozenset(key for word in clause.words for key in word.keys)


def _denies(claim: Clause, said: _Text, stated: _Text, asked: _Text) -> bool:
    """Whether the clauses of an answer that are most like a claim deny what it affirms, or the other way round."""
    shares = [(_share(claim, _keys(clause), said.lang, asked), clause) for clause in said.clauses]
    best = max((share for share, _ in shares), default=0.0)
    if best < _ALIKE:
        return False
    return all(clause.is_denied != claim.is_denied for share, clause in shares if share >= 0.75 * best)


def _opposes(claim: Clause, said: _Text, stated: _Text) -> bool:
    """Whether an answer has the opposite of a word where it lacks the word."""
    opposites = load_lexicon(said.lang).opposites
    for word in claim.words:
        if word.keys & said.keys:
            continue
        against = {other for key in word.keys for other in opposites.get(key, ())}
        if against & said.keys and not against & stated.keys:
            return True
    return False


def _names_another(claim: Clause, said: _Text, stated: _Text, asked: _Text) -> bool:
    """Whether an answer names somebody where a claim names somebody else."""
    missing = claim.names - said.keys - asked.keys
    foreign = said.names - stated.keys - asked.keys
    return bool(missing and foreign) and len(missing) >= 0.5 * len(claim.names)


def crosses(said: _Text, stated: _Text) -> bool:
    """Whether an answer joins what the reference keeps apart: the price of A with B, and that of B with A."""
    features = [(i, feature) for i, clause in enumerate(stated.clauses) for feature in _features(clause)]
    rows = [[_has(clause, feature) for _, feature in features] for clause in said.clauses]
    masks = [sum(1 << r for r, row in enumerate(rows) if row[f]) for f in range(len(features))]
    for i, j in combinations(range(len(stated.clauses)), 2):
        mine = [f for f, (c, one) in enumerate(features) if c == i and not _has(stated.clauses[j], one)]
        other = [f for f, (c, one) in enumerate(features) if c == j and not _has(stated.clauses[i], one)]
        for a, b in combinations(mine, 2):
            for c, d in combinations(other, 2):
                if masks[a] & masks[b] or masks[c] & masks[d]:
                    continue
                if (masks[a] & masks[c] and masks[b] & masks[d]) or (masks[a] & masks[d] and masks[b] & masks[c]):
                    return True
    return False


_Feature = frozenset[str] | Quantity | bool


def _features(clause: Clause) -> list[_Feature]:
    return [*(word.keys for word in clause.words if word.weight > _ASKED), *clause.quantities, clause.is_denied]


def _has(clause: Clause, feature: _Feature) -> bool:
    if isinstance(feature, bool):
        return clause.is_denied is feature
    if isinstance(feature, Quantity):
        return _holds(feature, clause.quantities)
    return bool(feature & _keys(clause))


def _supported(said: _Text, stated: _Text, asked: _Text, evidence: str) -> float | None:
    support = _Text((*stated.clauses, *_read(evidence, said.lang).clauses), said.lang)
    marks = [_mark(clause, support, said, asked) for clause in said.clauses if _adds(_Text((clause,), said.lang), asked)]
    return sum(mark.standing == "covered" for mark in marks) / len(marks) if marks else None
