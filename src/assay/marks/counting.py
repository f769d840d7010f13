"""Marks of several people become one mark a row. Knows rows and marks, no answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from assay.marks.kept_marks import Mark, Said
from assay.statistics.agreement import cohen_kappa
from assay.verdict.peoples_marks import PairOfPeople

__all__ = ["Counted", "count_marks", "pairs_of_people"]


@dataclass(frozen=True)
class Counted:
    """Row -> whether most people call it right; rows of which all were unsure; rows on which they are even."""

    right: dict[str, bool]
    unsure: frozenset[str]
    tied: frozenset[str]


def count_marks(marks: Sequence[Mark]) -> Counted:
    """The majority of those who were sure."""
    votes: dict[str, Counter[Said]] = {}
    for mark in marks:
        votes.setdefault(mark.row, Counter())[mark.said] += 1
    right = {row: n["y"] > n["n"] for row, n in votes.items() if n["y"] != n["n"]}
    even = {row: n["y"] > 0 for row, n in votes.items() if n["y"] == n["n"]}
    return Counted(
        right,
        frozenset(row for row, voted in even.items() if not voted),
        frozenset(row for row, voted in even.items() if voted),
    )


def pairs_of_people(marks: Sequence[Mark]) -> list[PairOfPeople]:
    """Every two people who both called some row right or wrong, by name."""
    said: dict[str, dict[str, bool]] = {}
    for mark in marks:
        if mark.said != "u":
            said.setdefault(mark.person, {})[mark.row] = mark.said == "y"
    return [_pair(a, b, said) for a, b in combinations(sorted(said), 2) if said[a].keys() & said[b].keys()]


def _pair(a: str, b: str, said: dict[str, dict[str, bool]]) -> PairOfPeople:
    rows = [row for row in said[a] if row in said[b]]
    of_a, of_b = (np.array([said[person][row] for row in rows]) for person in (a, b))
    return PairOfPeople(a, b, len(rows), int((of_a != of_b).sum()), cohen_kappa(of_a, of_b))
