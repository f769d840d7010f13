"""What in an answer speaks against one claim: another amount, a denial, another name, parts exchanged."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

from assay.scoring.answer_language import Language
from assay.scoring.claim_amounts import are_of_one_kind, holds, required
from assay.scoring.clauses import LITTLE, Clause, Word
from assay.scoring.lexicon import load_lexicon
from assay.scoring.statements import Comparison, Statement, are_akin
from assay.scoring.values.quantities import Quantity
from assay.scoring.voices import turns_round

__all__ = ["Conflict", "brings_opposite", "find_conflict", "has_another_word", "is_denied_too"]

Conflict = Literal["amount", "denial", "name", "roles"]

# shares of a claim's words: from which on a clause may be about it, is about the same, is the claim said again
_HARDLY, _ABOUT, _NEARLY, _ALIKE, _VERBATIM = 0.2, 0.3, 0.4, 0.5, 0.8
_OWN = 1.0  # what a claim's words weigh at least, for a denial to be one of it
_DENIED = 0.65  # and for a denial to be of the same, where an answer has words of its own
_WHOLE = 0.7  # share of the rest of a claim from which on all of the rest is said
_NEAR = 0.6  # of the most alike, from which on others are taken for about the same


def find_conflict(claim: Clause, case: Comparison) -> Conflict | None:
    """What in an answer contradicts one claim of a reference; None where nothing does."""
    missing = [one for one in required(claim.quantities) if not holds(one, case.said.quantities)]
    if any(_has_another(one, claim, case) for one in missing) or _alters(claim, case):
        return "amount"
    if _denies(claim, case):
        return "denial"
    if _names_another(claim, case):
        return "name"
    return "roles" if turns_round(claim, case) else None


def _has_another(missing: Quantity, claim: Clause, case: Comparison) -> bool:
    """Whether an answer has another amount where a claim has this one."""
    return any(
        are_of_one_kind(one, missing)
        and not holds(one, case.asked.quantities)
        and not holds(one, case.stated.quantities)
        for _, clause in case.nearest(claim, case.said, 0.0 if len(case.said.quantities) == 1 else _ABOUT)
        for one in clause.quantities
    )


def _alters(claim: Clause, case: Comparison) -> bool:
    """Whether the clause that has the words of a claim has another amount than the claim."""
    found = case.nearest(claim, case.said, _VERBATIM)
    if not found:
        return False
    _, nearest = max(found, key=lambda one: one[0])
    lacking = [one for one in required(claim.quantities) if not holds(one, nearest.quantities)]
    others = [one for one in nearest.quantities if not holds(one, [*claim.quantities, *case.asked.quantities])]
    return any(are_of_one_kind(one, other) for one in lacking for other in others)


def _denies(claim: Clause, case: Comparison) -> bool:
    """Whether what is most like a claim denies what it affirms, or the other way round.

    A claim that is little but the question's words is denied by too many clauses.
    """
    if sum(case.weigh(word) for word in claim.words) < _OWN:
        return False
    if _disagreeing(claim, case.said, case):
        return True
    return any(
        case.share(clause, claim) >= _ALIKE and any(one is claim for one in _disagreeing(clause, case.stated, case))
        for clause in case.said.clauses
        if clause.is_denied is True
    )


def _disagreeing(clause: Clause, others: Statement, case: Comparison) -> list[Clause]:
    """The clauses most like one, where all of them deny what it affirms, or affirm what it denies."""
    found = case.nearest(clause, others, _ALIKE if case.is_copy else _DENIED)
    best = max((share for share, _ in found), default=0.0)
    near = [other for _, other in case.nearest(clause, others, _NEAR * best)] if found else []
    return near if all(_contradict(other, clause, case.lang) for other in near) else []


def _contradict(clause: Clause, other: Clause, lang: Language) -> bool:
    """Whether one denies and the other does not; but "not allowed alone" is "allowed accompanied"."""
    return {clause.is_denied, other.is_denied} == {True, False} and not _are_opposite(clause, other, lang)


def has_another_word(claim: Clause, case: Comparison) -> bool:
    """Whether the clause most like a claim has something else in the place of one of its words.

    That is the opposite, unless just one of the two denies; or a word that no list knows, where all that the claim
    says besides is there: what is like polonium cannot be told from what it is.
    """
    share, nearest = max(case.nearest(claim, case.said, _NEARLY), key=lambda one: one[0], default=(0.0, claim))
    is_alike = share >= _ALIKE and {claim.is_denied, nearest.is_denied} != {True, False}
    if is_alike and _are_opposite(claim, nearest, case.lang):
        return True
    left, came = _unknown(claim, case.said, case), _unknown(nearest, case.stated, case)
    rest = [word for word in claim.words if word not in left]
    is_said = sum(case.weigh(word) for word in rest) >= 1 and case.share_of(rest, case.said.keys) >= _WHOLE
    return bool(left and came) and is_said


def _unknown(clause: Clause, other: Statement, case: Comparison) -> list[Word]:
    """The words of a clause that no list knows, and that stand neither in the other text nor in the question."""
    lexicon = load_lexicon(case.lang)
    return [
        word
        for word in clause.words
        if word.weight > LITTLE
        and len(word.form) > 1
        and lexicon.sense(word.form) is None
        and not case.share_of([word], other.keys | case.asked.keys)
    ]


def _are_opposite(clause: Clause, other: Clause, lang: Language) -> bool:
    return _have_opposites(clause.keys - other.keys, other.keys - clause.keys, lang)


def brings_opposite(case: Comparison) -> bool:
    """Whether an answer has a word that the reference lacks, and the reference, wherever, its opposite."""
    return _have_opposites(case.stated.keys, case.said.keys - case.stated.keys, case.lang)


def _have_opposites(keys: frozenset[str], others: frozenset[str], lang: Language) -> bool:
    opposites = load_lexicon(lang).opposites
    return any(opposite in others for key in keys for opposite in opposites.get(key, ()))


def is_denied_too(claim: Clause, case: Comparison) -> bool:
    """Whether some clause that is about a claim denies as it does; True for a claim that denies nothing."""
    return not claim.is_denied or any(
        clause.is_denied is not False for _, clause in case.nearest(claim, case.said, _HARDLY)
    )


def _names_another(claim: Clause, case: Comparison) -> bool:
    """Whether an answer names somebody where a claim names somebody else."""
    missing = claim.names - case.said.keys - case.asked.keys
    foreign = case.said.names - case.stated.keys - case.asked.keys
    if missing and 2 * len(missing) >= len(claim.names):
        others = [word for word in claim.words if word.form not in missing]
        if any(case.share_of(others, one.keys) >= _ALIKE for one in case.said.clauses if one.names & foreign):
            return True
    if not case.is_copy:
        return False
    found = [_replaces(claim, clause, case.lang) for _, clause in case.nearest(claim, case.said, _ABOUT)]
    copies = [replaces for replaces in found if replaces is not None]
    return bool(copies) and all(copies)


def _replaces(claim: Clause, clause: Clause, lang: Language) -> bool | None:
    """Whether a clause is the claim, word for word, but for a name, or something that no list of words knows.

    None: it is not the claim word for word at all.
    """
    mine, other = [word.form for word in claim.words], [word.form for word in clause.words]
    matcher = SequenceMatcher(None, mine, other, autojunk=False)
    if matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return None
    return any(
        _is_unknown(claim.words[a:b], claim, clause, lang) and _is_unknown(clause.words[c:d], clause, claim, lang)
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind == "replace" and not are_akin(mine[a:b], other[c:d], lang)
    )


def _is_unknown(words: Sequence[Word], own: Clause, other: Clause, lang: Language) -> bool:
    lexicon, found = load_lexicon(lang), other.keys
    return all((word.form in own.names or lexicon.sense(word.form) is None) and not word.keys & found for word in words)
