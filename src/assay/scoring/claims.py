"""A long accepted answer, claim by claim: covered, contradicted or missing in an answer. Knows no model and no cell.

Words can show that an answer says what the reference says, or that it says otherwise. They cannot show that it does
not say it in other words: such an answer is not judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assay.scoring.answer_language import Language
from assay.scoring.claim_conflicts import (
    Conflict,
    Statement,
    exchanges,
    find_conflict,
    holds,
    is_denied_too,
    read_statement,
    required,
    share_of,
    shuffles,
    weigh,
)
from assay.scoring.clauses import Clause, leading_word
from assay.scoring.lexicon import load_lexicon
from assay.scoring.normalise import tokens

__all__ = ["ClaimMark", "ClaimMarks", "is_long", "judge_claims"]

Standing = Literal["covered", "contradicted", "missing"]

_LONG = {"en": 12, "zh": 20}  # words; characters
_SAID = 0.6  # share of a claim from which on it is covered
_LEAST = 0.45  # and of every claim, for an answer to be right
_RIGHT = 0.6  # share of the reference that an answer has to cover to be right
_WEIGHTY = 1.5  # a claim that weighs less is next to nothing
_LACKING = 0.4  # the most that a claim without one of its amounts is covered
_NEW = 0.3  # what a word weighs at most that says nothing new


@dataclass(frozen=True)
class ClaimMark:
    """One claim of the reference. `share` (0..1) is how much of what it states the answer states."""

    text: str
    standing: Standing
    share: float
    weight: float  # its words and amounts, those of the question counting less
    denies: bool
    conflict: Conflict | None = None


@dataclass(frozen=True)
class ClaimMarks:
    """What came of an answer: `complete` and `supported` in 0..1; `correct` is None where words cannot tell."""

    claims: tuple[ClaimMark, ...]
    complete: float
    correct: bool | None
    supported: float | None  # share of its clauses that reference or evidence support; None where it states nothing


def is_long(answer: str, lang: Language) -> bool:
    """Whether an accepted answer is judged by claims: over 12 words, in Chinese over 20 characters."""
    return len(tokens(answer, lang)) > _LONG[lang]


def judge_claims(text: str, reference: str, question: str, evidence: str, lang: Language) -> ClaimMarks:
    """An answer against one reference; `evidence` is a text that may support it, or ""."""
    said, stated, asked = (read_statement(one, lang) for one in (text, reference, question))
    marks = tuple(_mark(claim, said, stated, asked) for claim in stated.clauses)
    total = sum(mark.weight for mark in marks)
    complete = sum(mark.share * mark.weight for mark in marks) / total if total else 0.0
    words = leading_word(text), leading_word(reference)
    correct = False if None not in words and words[0] != words[1] else _decide(marks, complete, said, stated, asked)
    return ClaimMarks(marks, complete, correct, _supported(said, stated, asked, evidence))


def _decide(
    marks: Sequence[ClaimMark], complete: float, said: Statement, stated: Statement, asked: Statement
) -> bool | None:
    if any(mark.standing == "contradicted" for mark in marks) or exchanges(said, stated):
        return False
    if not any(_says_more(clause, asked) or clause.is_denied for clause in said.clauses):
        return False
    is_whole = complete >= _RIGHT and all(mark.share >= _LEAST for mark in marks if mark.weight >= _WEIGHTY or mark.denies)
    return True if is_whole and not _opposes(said, stated) and not shuffles(said, stated) else None


def _says_more(clause: Clause, asked: Statement) -> bool:
    """Whether a clause says anything that the question does not."""
    return bool(clause.quantities) or any(weigh(word, asked) > _NEW for word in clause.words)


def _mark(claim: Clause, said: Statement, stated: Statement, asked: Statement) -> ClaimMark:
    needed = required(claim)
    words = sum(weigh(word, asked) for word in claim.words)
    weight = words + len(needed)
    conflict = find_conflict(claim, said, stated, asked)
    if conflict:
        return ClaimMark(claim.text, "contradicted", 0.0, weight, claim.is_denied, conflict)
    held = sum(holds(one, said.quantities) for one in needed)
    share = share_of(claim.words, said.keys, asked)
    whole = (share * words + held) / weight if weight else 1.0
    if held < len(needed) or not is_denied_too(claim, said, asked):
        return ClaimMark(claim.text, "missing", min(whole, _LACKING), weight, claim.is_denied)
    return ClaimMark(claim.text, "covered" if whole >= _SAID else "missing", whole, weight, claim.is_denied)


def _opposes(said: Statement, stated: Statement) -> bool:
    """Whether an answer has a word that the reference lacks, and the reference its opposite."""
    opposites = load_lexicon(said.lang).opposites
    return any(other in stated.keys for key in said.keys - stated.keys for other in opposites.get(key, ()))


def _supported(said: Statement, stated: Statement, asked: Statement, evidence: str) -> float | None:
    support = Statement((*stated.clauses, *read_statement(evidence, said.lang).clauses), said.lang)
    marks = [_mark(clause, support, said, asked) for clause in said.clauses if _says_more(clause, asked)]
    return sum(mark.standing == "covered" for mark in marks) / len(marks) if marks else None
