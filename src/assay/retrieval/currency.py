"""Of several dated versions of one thing the one in force. Knows rankings and dates, no index."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from assay.corpus.dating import find_dates, tells_time
from assay.corpus.document import Corpus, Passage
from assay.corpus.versions import Versions, find_versions
from assay.retrieval.retriever import Order

__all__ = ["asked_dates", "in_force", "prefer_in_force"]

_ASKS_FOR_ALL = re.compile(
    r"\b(?:old|older|earlier|previous|former|outdated|superseded)\s+(?:\w+\s+)?"
    r"(?:version|edition|polic|rule|handbook|guide|list|law|act\b|regulation|limit|rate|price|amount)"
    r"|\bused to be\b|\bwhat (?:has )?changed\b|\bchanges? (?:between|since|from)\b"
    r"|旧版|旧法|以前的|之前的(?:版本|规定)|修[订正]前|原来的|有(?:什么|哪些)(?:变化|改变|修改)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|prior to|until|up to)\s*$", re.IGNORECASE)
_BEFORE_AFTER = re.compile(r"^\s*(?:以前|之前|前)")


def in_force(corpus: Corpus) -> Order | None:
    """`prefer_in_force` among the documents of a corpus; None where none of them has versions."""
    versions = find_versions(corpus)
    return partial(_in_force, versions) if versions.families else None


def _in_force(versions: Versions, question: str, ranked: Sequence[Passage]) -> list[Passage]:
    return prefer_in_force(ranked, question, versions)


def asked_dates(question: str) -> list[str]:
    """The dates for which a question asks: "in 2023" is 2023, "before 2025" the last day of 2024."""
    found = []
    for told, start, end in find_dates(question):
        if not tells_time(question, start, end):
            continue
        is_before = _BEFORE.search(question[:start]) or _BEFORE_AFTER.search(question[end:])
        found.append(_day_before(told) if is_before else told)
    return found


def prefer_in_force(ranked: Sequence[Passage], question: str, versions: Versions) -> list[Passage]:
    """The ranking, best first, without passages of versions that are not in force.

    In force is the newest version, or what held on the dates that the question names; a question about former versions
    or changes gets all of them. Where the newest amends an older one both are in force, and no passage of the older
    comes before the newer one's first.
    """
    dates = asked_dates(question)
    if not dates and _ASKS_FOR_ALL.search(question):
        return list(ranked)
    kept: dict[str, Passage] = {}
    for passage in ranked:
        in_force = versions.in_force(passage.document, dates)
        if in_force and passage.document not in in_force:
            continue
        newer = in_force[: in_force.index(passage.document)] if in_force and len(dates) < 2 else ()
        for document in newer:
            first = next((other for other in ranked if other.document == document), None)
            if first is not None:
                kept.setdefault(first.id, first)
        kept.setdefault(passage.id, passage)
    return list(kept.values())


def _day_before(told: str) -> str:
    first = date.fromisoformat(told + "-01-01"[3 * told.count("-") :])
    return (first - timedelta(days=1)).isoformat()
