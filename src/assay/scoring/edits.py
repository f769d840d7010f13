"""What has been changed in a claim that is said almost word for word. Knows no free rewording."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assay.scoring.answer_language import Language
from assay.scoring.claim_amounts import unit_form
from assay.scoring.clauses import Clause, read_clauses
from assay.scoring.normalise import normalise
from assay.scoring.statements import Comparison

__all__ = ["copied_share", "is_edited"]

_COPY = 0.65  # likeness from which on a clause is a copy of another
_AT_MOST = re.compile(r"\b(?:no more than|not more than|at most|up to|maximum of|only)\b")
_AT_LEAST = re.compile(r"\b(?:no less than|no fewer than|at least|minimum of)\b")
_ENGLISH_TURNING = (
    "atmost atleast all every any each some before after until unless or least most more less than under over first "
    "last both neither either always never sometimes without not no none"
)
_TURNING = {
    "en": frozenset(_ENGLISH_TURNING.split()),
    "zh": frozenset("只仅所有全每任何部前后或至少最多上下先才不没未无非"),
}


def copied_share(text: str, reference: str, lang: Language) -> float:
    """How much of two texts is common and in the same order, in 0..1: 1 for a copy, about a third for a rewording."""
    return SequenceMatcher(None, _tokens(reference, lang), _tokens(text, lang), autojunk=False).ratio()


def is_edited(claim: Clause, case: Comparison) -> bool:
    """Whether every copy of a claim has words in it that are none of the claim's by another name."""
    found = [_differs(claim, clause, case.lang) for _, clause in case.nearest(claim, case.said, _COPY)]
    copies = [differs for differs in found if differs is not None]
    return bool(copies) and all(copies)


def _differs(claim: Clause, clause: Clause, lang: Language) -> bool | None:
    """Whether a copy says something else; None for a clause that is no copy."""
    mine, other = _tokens(claim.text, lang), _tokens(clause.text, lang)
    matcher = SequenceMatcher(None, mine, other, autojunk=False)
    if matcher.ratio() < _COPY:
        return None
    return any(
        _turns(mine[a:b], other[c:d], claim, clause, lang)
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    )


def _turns(left: Sequence[str], came: Sequence[str], claim: Clause, clause: Clause, lang: Language) -> bool:
    """Whether words that left a claim, and those that came in their place, make it say something else."""
    if _TURNING[lang] & (set(left) ^ set(came)):
        return True
    return any(not keys & clause.keys for keys in _keys(left, lang)) and any(
        not keys & claim.keys for keys in _keys(came, lang)
    )


def _keys(tokens: Sequence[str], lang: Language) -> Iterator[frozenset[str]]:
    text = ("" if lang == "zh" else " ").join(tokens)
    return (word.keys for clause in read_clauses(text, lang) for word in clause.words)


def _tokens(text: str, lang: Language) -> list[str]:
    """The characters of a Chinese text; English words with units and bounds in one form each."""
    plain = normalise(text, lang)
    if lang == "zh":
        return list(plain.replace(" ", ""))
    words = _AT_MOST.sub("atmost", _AT_LEAST.sub("atleast", plain)).split()
    return [unit_form(word) for word in words]
