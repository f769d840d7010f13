"""A long accepted answer, claim by claim: covered, contradicted or missing in an answer. Knows no model and no cell.

Words can show that an answer says what the reference says, or that it says otherwise. They cannot show that it does
not say it in other words: such an answer is not judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assay.scoring.answer_language import Language, language_of
from assay.scoring.claim_conflicts import (
    Conflict,
    Statement,
    exchanges,
    find_conflict,
    holds,
    is_denied_too,
    opposes,
    read_statement,
    required,
    share_of,
    shuffles,
    weigh,
)
from assay.scoring.clauses import Clause, leading_word
from assay.scoring.normalise import tokens

__all__ = ["ClaimMark", "ClaimMarks", "is_long", "judge_claims"]

Standing = Literal["covered", "contradicted", "missing"]

_LONG = {"en": 12, "zh": 20}  # words; characters
_SAID = 0.6  # share of a claim from which on it is covered
_LEAST = 0.45  # and of every claim, for an answer to be right
_RIGHT = 0.6  # share of the reference that an answer has to cover to be right
_WEIGHTY = 1.5  # a claim that weighs less is next to nothing
_LACKING = 0.4  # the most that a claim without one of its amounts is covered
_NOTHING, _MUCH = 0.1, 8.0  # less than that covered, of a reference of that weight, is no paraphrase
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
    is_contradicted: bool
    supported: float | None  # share of its clauses that reference or evidence support; None where it states nothing


def is_long(answer: str) -> bool:
    """Whether an accepted answer is judged by claims: over 12 words, in Chinese over 20 characters."""
    lang = language_of(answer)
    return len(tokens(answer, lang)) > _LONG[lang]


def judge_claims(text: str, reference: str, question: str, evidence: str, lang: Language) -> ClaimMarks:
    """An answer against one reference; `evidence` is a text that may support it, or ""."""
    said, stated, asked = (read_statement(one, lang) for one in (text, reference, question))
    marks = tuple(_mark(claim, said, stated, asked) for claim in stated.clauses)
    total = sum(mark.weight for mark in marks)
    complete = sum(mark.share * mark.weight for mark in marks) / total if total else 0.0
    is_against = _says_otherwise(text, reference) or any(mark.conflict for mark in marks) or exchanges(said, stated)
    is_elsewhere = complete < _NOTHING and total >= _MUCH
    correct = False if is_against or is_elsewhere or not _says_anything(said, asked) else None
    if correct is None and _is_whole(marks, complete) and not opposes(said, stated) and not shuffles(said, stated):
        correct = True
    return ClaimMarks(marks, complete, correct, is_against, _supported(said, stated, asked, evidence))


def _says_otherwise(text: str, reference: str) -> bool:
    """Whether one begins with yes and the other with no."""
    words = {leading_word(text), leading_word(reference)}
    return words == {"yes", "no"}


def _is_whole(marks: Sequence[ClaimMark], complete: float) -> bool:
    """Whether so much is covered that the answer is right if nothing speaks against it."""
    weighty = [mark for mark in marks if mark.weight >= _WEIGHTY or mark.denies]
    return complete >= _RIGHT and all(mark.share >= _LEAST for mark in weighty)


def _says_anything(said: Statement, asked: Statement) -> bool:
    """Whether a text is more than the question said again."""
    return any(clause.is_denied or _says_more(clause, asked) for clause in said.clauses)


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


def _supported(said: Statement, stated: Statement, asked: Statement, evidence: str) -> float | None:
    support = Statement((*stated.clauses, *read_statement(evidence, said.lang).clauses), said.lang)
    marks = [_mark(clause, support, said, asked) for clause in said.clauses if _says_more(clause, asked)]
    return sum(mark.standing == "covered" for mark in marks) / len(marks) if marks else None
