"""A long accepted answer, claim by claim: covered, contradicted or missing in an answer. Knows no model and no cell.

Words can show that an answer says what the reference says, or that it says otherwise. They cannot show that it does
not say it in other words: such an answer is not judged.
"""

from dataclasses import dataclass
from typing import Literal

from assay.scoring.answer_language import Language, language_of
from assay.scoring.claim_amounts import holds, required
from assay.scoring.claim_conflicts import Conflict, brings_opposite, find_conflict, has_another_word, is_denied_too
from assay.scoring.clauses import LITTLE, Clause, leading_word
from assay.scoring.edits import copied_share, is_edited
from assay.scoring.exchanges import adds, excepts, exchanges, reorders, shuffles
from assay.scoring.normalise import tokens
from assay.scoring.statements import Comparison, Statement, read_statement

__all__ = ["ClaimMark", "ClaimMarks", "is_long", "judge_claims"]

Standing = Literal["covered", "contradicted", "missing"]

_LONG = {"en": 12, "zh": 20}  # words; characters
_SAID = 0.6  # share of a claim from which on it is covered
# share that an answer has to cover of the reference, and of every claim, to be right: a rewording has other words for
# some things, a copy has not: what differs there was changed
_COPIED = (0.85, 0.8)
_REWORDED = {"en": (0.45, 0.3), "zh": (0.45, 0.35)}  # Chinese words have characters in common by chance
_COPY = {"en": 0.6, "zh": 0.75}  # share of common tokens in the same order from which on an answer is a copy
_WEIGHTY = 1.5  # a claim that weighs less is next to nothing
_LACKING = 0.15  # the most that a claim is covered without one of its amounts, or with a word changed
_NOTHING, _MUCH = 0.1, 8.0  # less than that covered, of a reference of that weight, is no paraphrase


@dataclass(frozen=True)
class ClaimMark:
    """One claim of the reference. `share` (0..1) is how much of what it states the answer states."""

    text: str
    standing: Standing
    share: float
    weight: float  # its words and amounts, those of the question counting less
    is_needed: bool  # an answer that leaves it out is not right
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
    case = Comparison(said, stated, asked, is_copy=copied_share(text, reference, lang) >= _COPY[lang])
    marks = tuple(_mark(claim, case) for claim in stated.clauses)
    weight = sum(mark.weight for mark in marks)
    complete = sum(mark.share * mark.weight for mark in marks) / weight if weight else 0.0
    is_against = any(mark.conflict for mark in marks) or exchanges(said, stated) or _differ(text, reference)
    is_elsewhere = (complete < _NOTHING and weight >= _MUCH) or not _says_anything(case)
    is_altered = _is_altered(case, read_statement(evidence, lang))
    whole, each = _COPIED if case.is_copy else _REWORDED[lang]
    is_whole = complete >= whole and all(mark.share >= each for mark in marks if mark.is_needed)
    correct = False if is_against or is_elsewhere else True if is_whole and not is_altered else None
    return ClaimMarks(marks, complete, correct, is_against, _supported(case, evidence))


def _is_altered(case: Comparison, evidence: Statement) -> bool:
    """Whether an answer has something, besides its claims one by one, that may make it say otherwise."""
    if reorders(case) or excepts(case, evidence):
        return True
    return case.is_copy and (shuffles(case.said, case.stated) or brings_opposite(case) or adds(case, evidence))


def _differ(text: str, reference: str) -> bool:
    """Whether one begins with yes and the other with no."""
    return {leading_word(text), leading_word(reference)} == {"yes", "no"}


def _says_anything(case: Comparison) -> bool:
    """Whether an answer is more than the question said again."""
    return any(clause.is_denied is not False or _says_more(clause, case) for clause in case.said.clauses)


def _says_more(clause: Clause, case: Comparison) -> bool:
    """Whether a clause says anything that the question does not."""
    return bool(clause.quantities) or any(case.weigh(word) > LITTLE for word in clause.words)


def _mark(claim: Clause, case: Comparison) -> ClaimMark:
    needed = required(claim.quantities)
    words = sum(case.weigh(word) for word in claim.words)
    weight = words + sum(case.weigh_quantity(one) for one in needed)
    conflict = find_conflict(claim, case)
    if conflict:
        return ClaimMark(claim.text, "contradicted", 0.0, weight, True, conflict)
    is_changed = has_another_word(claim, case) or (case.is_copy and is_edited(claim, case))
    is_needed = weight >= _WEIGHTY or claim.is_denied is True or claim.is_condition or is_changed
    held = [one for one in needed if holds(one, case.said.quantities)]
    found = case.share_said(claim) * words + sum(case.weigh_quantity(one) for one in held)
    share = found / weight if weight else 1.0
    if len(held) < len(needed) or is_changed or not is_denied_too(claim, case):
        return ClaimMark(claim.text, "missing", min(share, _LACKING), weight, is_needed)
    return ClaimMark(claim.text, "covered" if share >= _SAID else "missing", share, weight, is_needed)


def _supported(case: Comparison, evidence: str) -> float | None:
    clauses = [clause for clause in case.said.clauses if _says_more(clause, case)]
    support = Statement((*case.stated.clauses, *read_statement(evidence, case.lang).clauses), case.lang)
    turned = Comparison(said=support, stated=case.said, asked=case.asked)
    return sum(_mark(clause, turned).standing == "covered" for clause in clauses) / len(clauses) if clauses else None
