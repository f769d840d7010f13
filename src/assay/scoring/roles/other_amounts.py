"""Whether a text answers with another amount or date, and tells the accepted one of something else. Knows no names."""

import re
from collections.abc import Sequence

from assay.scoring.read_text import FUNCTION_WORDS
from assay.scoring.roles.case import Case, Clause, says_more
from assay.scoring.values.date_values import covers
from assay.scoring.values.quantities import Quantity, same_amount, same_kind

__all__ = ["has_date", "is_of_another_amount"]

_TOTAL = re.compile(r"\b(?:total|sum|altogether|in all|so|hence|making)\b|=|共|总|合计|所以", re.IGNORECASE)
_PART_OF = re.compile(
    r"(?:of|from|out of|with|after|before|compared|unlike|if|when|instead)\b|在.*中|从|与.*相比", re.I
)
_FOR_OTHERS = re.compile(
    r"\b(?:(?:all|the|every) (?:others?|rest)|everyone else|everybody else|otherwise|other (?:employees|staff"
    r"|people|days|cases))\b|其他人|其余|其他员工|否则|平时",
    re.IGNORECASE,
)
_SPANS = frozenset(["minute", "hour", "day", "week", "month", "year"])  # which do not all convert


def has_date(case: Case, clause: Clause) -> bool:
    """Whether a clause has a date that is none of the accepted ones."""
    known = [one for read in case.asked.accepted for one in read.dates]
    dates = [one for one in case.said.dates if clause.start <= one.start < clause.end]
    return any(not any(covers(one, date) or covers(date, one) for date in known) for one in dates)


def is_of_another_amount(case: Case, clauses: Sequence[Clause], own: Clause) -> bool:
    """Whether another amount stands alone first, is told for all others, or where more of the question is said.

    "4 weeks (3 months for managers)", "28 days for managers, 25 for all others", 婴儿有206块，成年人有305块.
    """
    right = next(one for one in case.said.quantities if one.start == case.place.start)
    for clause in clauses:
        text = case.text(clause).strip()
        here = [one for one in _amounts(case, clause) if clause is not own]
        if _FOR_OTHERS.search(text) and case.rest(own) and any(one.value != right.value for one in here):
            return True
        if not any(_rivals(case, one, right) for one in here):
            continue
        if clause is clauses[0] and not case.rest(clause) and case.rest(own) and not _TOTAL.search(case.text(own)):
            return True
        if not right.unit and not _PART_OF.match(text) and says_more(case, clause, own):
            return True
    return False


def _amounts(case: Case, clause: Clause) -> list[Quantity]:
    return [one for one in case.said.quantities if clause.start <= one.start < clause.end]


def _is_share(one: Quantity) -> bool:
    return one.unit == "percent" or 0 < one.value < 1


def _counter(case: Case, one: Quantity) -> str:
    """The word after a bare number: 块 of 206块."""
    after = re.match(r"[\u4e00-\u9fff]| [a-z]+", case.said.text[one.end :])
    return after.group().strip() if after and after.group().strip() not in FUNCTION_WORDS | {"是"} else ""


def _rivals(case: Case, one: Quantity, right: Quantity) -> bool:
    """Whether an amount could be the right one by its unit, and is neither that nor one of the question."""
    known = [*(one for read in case.asked.accepted for one in read.quantities), *case.asked.read.quantities, right]
    is_alike = one.unit == right.unit or (bool(one.unit and right.unit) and same_kind(one, right))
    is_alike = is_alike or ({one.unit, right.unit} == {"", "percent"} and _is_share(one) and _is_share(right))
    is_alike = is_alike or {one.unit, right.unit} <= _SPANS
    if not one.unit and not right.unit:
        is_alike = _counter(case, one) == _counter(case, right) or "" in (_counter(case, one), _counter(case, right))
    return (
        is_alike
        and one.unit != "date"
        and not case.said.text[: one.start].endswith("第")
        and not any(same_amount(one, other) for other in known)
    )
