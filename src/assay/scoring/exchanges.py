"""What in a whole answer speaks against a reference: parts that have changed places."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from assay.scoring.claim_amounts import holds, required
from assay.scoring.clauses import LITTLE, Clause, Word
from assay.scoring.statements import Comparison, Statement
from assay.scoring.values.quantities import Quantity
from assay.scoring.voices import is_passive

__all__ = ["adds", "excepts", "exchanges", "reorders", "shuffles"]

_SEQUENCE = re.compile(r"\b(?:then|after that|afterwards|next|finally|first|subsequently)\b|先|再|然后|最后|接着|随后")
_EXCEPTION = re.compile(r"(?:but |and )?(?:unless|except)\b|除非")
_STEP = 0.6  # share of a step's words from which on it is told
_KNOWN = 0.6  # share of what a clause says that has to be known, for it to be no addition
_COPIED = 0.85  # share of common words from which on one text is a copy of the other
_Anchor = Quantity | bool


def shuffles(said: Statement, stated: Statement) -> bool:
    """Whether an answer has the very words of the reference, in another order within a claim and the same voice."""
    mine = [word.form for clause in said.clauses for word in clause.words]
    other = [word.form for clause in stated.clauses for word in clause.words]
    common = (Counter(mine) & Counter(other)).total()
    if common < _COPIED * max(len(mine), len(other)):
        return False
    if any(is_passive(clause, said.lang) for clause in said.clauses) != any(
        is_passive(clause, said.lang) for clause in stated.clauses
    ):
        return False
    for claim in stated.clauses:
        places = [mine.index(word.form) for word in claim.words if mine.count(word.form) == 1 == other.count(word.form)]
        if places != sorted(places):
            return True
    return False


def reorders(case: Comparison) -> bool:
    """Whether an answer has the steps of the reference, which says that they follow each other, in another order."""
    if not any(_SEQUENCE.search(clause.text.lower()) for clause in case.stated.clauses):
        return False
    order = {id(clause): place for place, clause in enumerate(case.said.clauses)}
    found = [
        max(case.nearest(claim, case.said, _STEP), key=lambda one: one[0], default=None)
        for claim in case.stated.clauses
    ]
    places = [order[id(one[1])] for one in found if one]
    return places != sorted(places)


def adds(case: Comparison, evidence: Statement) -> bool:
    """Whether an answer states an amount, or a condition, of which neither reference, evidence nor question knows."""
    known = [*case.stated.quantities, *evidence.quantities, *case.asked.quantities]
    keys = case.stated.keys | evidence.keys | case.asked.keys
    return any(
        not all(holds(one, known) for one in required(clause.quantities))
        or (clause.is_condition and case.share_of(clause.words, keys) < _KNOWN)
        or (bool(evidence.clauses) and case.share_of(clause.words, keys) < _KNOWN)
        for clause in case.said.clauses
    )


def excepts(case: Comparison, evidence: Statement) -> bool:
    """Whether an answer makes an exception of which neither reference, evidence nor question knows."""
    keys = case.stated.keys | evidence.keys | case.asked.keys
    return any(
        _EXCEPTION.match(clause.text.lower()) and case.share_of(clause.words, keys) < _KNOWN
        for clause in case.said.clauses
    )


def exchanges(said: Statement, stated: Statement) -> bool:
    """Whether an answer joins what the reference keeps apart: A with the price of B, and B with that of A."""
    for first, second in combinations(stated.clauses, 2):
        for a, its in _own(first, second):
            for b, other in _own(second, first):
                with_own = _together(a, its, said) or _together(b, other, said)
                if not with_own and _together(a, other, said) and _together(b, its, said):
                    return True
    return False


def _own(clause: Clause, other: Clause) -> Iterator[tuple[Word, _Anchor]]:
    """The words of one clause that another lacks, each with every amount, or denial, that the other lacks."""
    words = [word for word in clause.words if word.weight > LITTLE and not word.keys & other.keys]
    anchors: list[_Anchor] = [one for one in clause.quantities if not holds(one, other.quantities)]
    if {clause.is_denied, other.is_denied} == {True, False}:
        anchors.append(clause.is_denied is True)
    return ((word, anchor) for word in words for anchor in anchors)


def _together(word: Word, anchor: _Anchor, said: Statement) -> bool:
    return any(word.keys & clause.keys and _has(clause, anchor) for clause in said.clauses)


def _has(clause: Clause, anchor: _Anchor) -> bool:
    return clause.is_denied is anchor if isinstance(anchor, bool) else holds(anchor, clause.quantities)
