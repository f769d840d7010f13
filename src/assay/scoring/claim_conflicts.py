"""What in an answer speaks against a claim: another amount, a denial, an opposite, another name, parts exchanged."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import combinations
from typing import Literal

from assay.scoring.answer_language import Language
from assay.scoring.clauses import AKIN, Clause, Word, read_clauses
from assay.scoring.lexicon import load_lexicon
from assay.scoring.quantities import Quantity, same_amount
from assay.scoring.units import ENGLISH_UNITS

__all__ = [
    "Conflict",
    "Statement",
    "exchanges",
    "find_conflict",
    "holds",
    "is_denied_too",
    "opposes",
    "read_statement",
    "required",
    "share_of",
    "shuffles",
    "weigh",
]

_ASKED = 0.15  # what a word of the question weighs: it was given
_ABOUT = 0.3  # share of a claim's words from which on a clause may be about it
_VERBATIM = 0.8  # share of a claim's words from which on a clause is the claim said again
_NEAR = 0.6  # of the most alike, from which on others are taken for about the same
_LITTLE = 0.3  # what a word weighs at most that says next to nothing
_ALIKE = 0.5  # share of a claim's words from which on a clause is about the same
_ALMOST = 0.8  # what a word counts that begins like another
Conflict = Literal["amount", "denial", "name", "roles"]

_COPIED = 0.85  # share of common words from which on one text is a copy of the other
_DIMENSIONS = {unit.name: unit.dimension for unit in ENGLISH_UNITS.values()} | {"day": "time", "hour": "time"}
_HOURS = {"hour": 1, "day": 24, "week": 168}
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|got)\s+(?:\w+ly\s+)?\w+\b.*?\bby\b")
_CHINESE_PASSIVE = re.compile(r"被|由|遭")


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


def weigh(word: Word, asked: Statement) -> float:
    """What a word weighs; little where it stands in the question."""
    return word.weight * (_ASKED if word.keys & asked.keys else 1.0)


def share_of(words: Sequence[Word], keys: frozenset[str], asked: Statement) -> float:
    """How much of some words stands among others, in 0..1; 1 where there are none."""
    total = sum(weigh(word, asked) for word in words)
    return sum(weigh(word, asked) * _match(word, keys, asked.lang) for word in words) / total if total else 1.0


def holds(quantity: Quantity, among: Sequence[Quantity]) -> bool:
    """Whether an equal amount is among them; a day is 24 hours."""
    return any(_is_same(quantity, other) for other in among)


def _is_same(a: Quantity, b: Quantity) -> bool:
    is_told_apart = a.per in _DIMENSIONS and b.per in _DIMENSIONS  # "per calendar" is no unit
    a, b = (a, b) if is_told_apart else (replace(a, per=""), replace(b, per=""))
    return same_amount(a, b) or _in_hours(a, b)


def _in_hours(a: Quantity, b: Quantity) -> bool:
    return a.unit in _HOURS and b.unit in _HOURS and a.value * _HOURS[a.unit] == b.value * _HOURS[b.unit]


def _match(word: Word, keys: frozenset[str], lang: Language) -> float:
    if word.keys & keys:
        return 1.0
    if lang == "zh":
        return 0.5 * sum(any(char in key for key in keys) for char in word.form) / len(word.form)
    is_akin = f"~{word.form[:AKIN]}" in keys and any(_is_akin(word.form, key) for key in keys)
    return _ALMOST if is_akin else 0.0


def _is_akin(a: str, b: str) -> bool:
    """Whether two English words begin alike for most of their length: internship and intern."""
    shorter, longer = sorted((a, b), key=len)
    common = next((i for i, (x, y) in enumerate(zip(shorter, longer, strict=False)) if x != y), len(shorter))
    return common >= AKIN and common >= 0.6 * len(longer)


def find_conflict(claim: Clause, said: Statement, stated: Statement, asked: Statement) -> Conflict | None:
    """What in an answer contradicts one claim of a reference; None where nothing does."""
    missing = [one for one in required(claim) if not holds(one, said.quantities)]
    if any(_has_another(one, claim, said, stated, asked) for one in missing) or _alters(claim, said, asked):
        return "amount"
    if _denies(claim, said, stated, asked):
        return "denial"
    if _names_another(claim, said, stated, asked):
        return "name"
    return "roles" if _turns_round(claim, said, asked) else None


def required(claim: Clause) -> list[Quantity]:
    """The quantities that an answer has to have: "one" is often no amount."""
    return [one for one in claim.quantities if one.value != 1 or one.unit == "date"]


def _has_another(missing: Quantity, claim: Clause, said: Statement, stated: Statement, asked: Statement) -> bool:
    """Whether an answer has another amount where a claim has this one."""
    for clause in said.clauses:
        for one in clause.quantities:
            if not _is_of_its_kind(one, missing) or holds(one, asked.quantities) or holds(one, stated.quantities):
                continue
            if share_of(claim.words, clause.keys, asked) >= _ABOUT or len(said.quantities) == 1:
                return True
    return False


def _alters(claim: Clause, said: Statement, asked: Statement) -> bool:
    """Whether the clause that has the words of a claim has another amount than the claim."""
    shares = [(share_of(claim.words, clause.keys, asked), clause) for clause in said.clauses]
    best, nearest = max(shares, key=lambda one: one[0], default=(0.0, claim))
    if best < _VERBATIM:
        return False
    lacking = [one for one in required(claim) if not holds(one, nearest.quantities)]
    others = [one for one in nearest.quantities if not holds(one, claim.quantities)]
    return any(
        _is_of_its_kind(one, other) and not holds(other, asked.quantities) for one in lacking for other in others
    )


def _is_of_its_kind(one: Quantity, other: Quantity) -> bool:
    if one.value == other.value:
        return one.is_known_unit and other.is_known_unit
    if one.unit == other.unit:
        return True
    return _DIMENSIONS.get(one.unit, one.unit) == _DIMENSIONS.get(other.unit, other.unit)


def _denies(claim: Clause, said: Statement, stated: Statement, asked: Statement) -> bool:
    """Whether what is most like a claim denies what it affirms, or the other way round."""
    if _disagrees(claim, said, asked):
        return True
    return any(
        share_of(clause.words, claim.keys, asked) >= 0.6 and _disagrees(clause, stated, asked, by=claim)
        for clause in said.clauses
        if clause.is_denied
    )


def is_denied_too(claim: Clause, said: Statement, asked: Statement) -> bool:
    """Whether some clause that is about a claim denies as it does; True for a claim that denies nothing."""
    return not claim.is_denied or any(
        clause.is_denied and share_of(claim.words, clause.keys, asked) >= _ABOUT for clause in said.clauses
    )


def _disagrees(claim: Clause, others: Statement, asked: Statement, by: Clause | None = None) -> bool:
    shares = [(share_of(claim.words, clause.keys, asked), clause) for clause in others.clauses]
    best = max((share for share, _ in shares), default=0.0)
    if best < _ALIKE:
        return False
    near = [clause for share, clause in shares if share >= _NEAR * best]
    return all(clause.is_denied != claim.is_denied for clause in near) and (by is None or by in near)


def _names_another(claim: Clause, said: Statement, stated: Statement, asked: Statement) -> bool:
    """Whether an answer names somebody where a claim names somebody else."""
    missing = claim.names - said.keys - asked.keys
    foreign = said.names - stated.keys - asked.keys
    if missing and len(missing) >= 0.5 * len(claim.names):
        others = [word for word in claim.words if word.form not in missing]
        if any(share_of(others, one.keys, asked) >= _ALIKE for one in said.clauses if one.names & foreign):
            return True
    return any(_replaces(claim, clause, said.lang) for clause in said.clauses)


def _replaces(claim: Clause, clause: Clause, lang: Language) -> bool:
    """Whether a clause is the claim, word for word, but for a name, or something that no list of words knows."""
    mine, other = [word.form for word in claim.words], [word.form for word in clause.words]
    matcher = SequenceMatcher(None, mine, other, autojunk=False)
    if matcher.quick_ratio() < 0.5 or matcher.ratio() < 0.5:
        return False
    return any(
        _is_unknown(claim.words[a:b], claim, clause, lang) and _is_unknown(clause.words[c:d], clause, claim, lang)
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind == "replace" and not _are_akin(mine[a:b], other[c:d], lang)
    )


def _are_akin(a: Sequence[str], b: Sequence[str], lang: Language) -> bool:
    if lang == "zh":
        return bool(set("".join(a)) & set("".join(b)))
    return any(_is_akin(x, y) for x in a for y in b)


def _is_unknown(words: Sequence[Word], own: Clause, other: Clause, lang: Language) -> bool:
    lexicon, found = load_lexicon(lang), other.keys
    return all((word.form in own.names or lexicon.sense(word.form) is None) and not word.keys & found for word in words)


def _turns_round(claim: Clause, said: Statement, asked: Statement) -> bool:
    """Whether an answer makes the one who acts the one who suffers it: "A was bought by B", "A bought B"."""
    for clause in said.clauses:
        if share_of(claim.words, clause.keys, asked) < 0.6:
            continue
        voices = _is_passive(claim, said.lang), _is_passive(clause, said.lang)
        if voices[0] == voices[1]:
            continue
        passive, active = (claim, clause) if voices[0] else (clause, claim)
        for agent, patient in _actors(passive, said.lang):
            places = [word.form for word in active.words]
            if agent in places and patient in places and places.index(patient) < places.index(agent):
                return True
    return False


def _is_passive(clause: Clause, lang: Language) -> bool:
    return bool(_CHINESE_PASSIVE.search(clause.text) if lang == "zh" else _PASSIVE.search(clause.text.lower()))


def _actors(passive: Clause, lang: Language) -> Iterator[tuple[str, str]]:
    """The word after "by", and each word before it that no list knows."""
    cut = re.split(r"被|由|遭" if lang == "zh" else r"\bby\b", passive.text, maxsplit=1)
    before, after = (read_clauses(part, lang) for part in cut)
    agents = [word.form for clause in after[:1] for word in clause.words][:2]
    lexicon = load_lexicon(lang)
    for clause in before:
        for word in clause.words:
            for agent in agents:
                if lexicon.sense(word.form) is None and word.form != agent:
                    yield agent, word.form


def opposes(said: Statement, stated: Statement) -> bool:
    """Whether an answer has a word that the reference lacks, and the reference its opposite."""
    opposites = load_lexicon(said.lang).opposites
    return any(other in stated.keys for key in said.keys - stated.keys for other in opposites.get(key, ()))


def shuffles(said: Statement, stated: Statement) -> bool:
    """Whether an answer has the very words of the reference, in another order within a claim and the same voice."""
    mine = [word.form for clause in said.clauses for word in clause.words]
    other = [word.form for clause in stated.clauses for word in clause.words]
    common = (Counter(mine) & Counter(other)).total()
    if common < _COPIED * max(len(mine), len(other)):
        return False
    if any(_is_passive(clause, said.lang) for clause in said.clauses) != any(
        _is_passive(clause, said.lang) for clause in stated.clauses
    ):
        return False
    for claim in stated.clauses:
        places = [mine.index(word.form) for word in claim.words if mine.count(word.form) == 1 == other.count(word.form)]
        if places != sorted(places):
            return True
    return False


def exchanges(said: Statement, stated: Statement) -> bool:
    """Whether an answer joins what the reference keeps apart: A with the price of B, and B with that of A."""
    for first, second in combinations(stated.clauses, 2):
        for a, its in _own(first, second):
            for b, other in _own(second, first):
                with_own = _together(a, its, said) or _together(b, other, said)
                if not with_own and _together(a, other, said) and _together(b, its, said):
                    return True
    return False


_Anchor = Quantity | bool


def _own(clause: Clause, other: Clause) -> Iterator[tuple[Word, _Anchor]]:
    """The words of one clause that another lacks, each with every amount, or denial, that the other lacks."""
    words = [word for word in clause.words if word.weight > _LITTLE and not word.keys & other.keys]
    anchors: list[_Anchor] = [one for one in clause.quantities if not holds(one, other.quantities)]
    if clause.is_denied != other.is_denied:
        anchors.append(clause.is_denied)
    return ((word, anchor) for word in words for anchor in anchors)


def _together(word: Word, anchor: _Anchor, said: Statement) -> bool:
    return any(word.keys & clause.keys and _has(clause, anchor) for clause in said.clauses)


def _has(clause: Clause, anchor: _Anchor) -> bool:
    return clause.is_denied is anchor if isinstance(anchor, bool) else holds(anchor, clause.quantities)
