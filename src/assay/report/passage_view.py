"""The appendix of passages: each text once, with the quotes that answers cite marked in it. Knows no page."""

import re
from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup, escape

from assay.questions.question import quote_parts
from assay.verdict.result import PassageView, RunResult
from assay.words.page_words import word

__all__ = ["PassageEntry", "PassageRef", "mark_quotes", "passage_entries", "passage_refs", "place_label"]


@dataclass(frozen=True)
class PassageRef:
    """A way to a passage from an answer; `anchor` is "" where its text was not stored."""

    anchor: str
    label: str


@dataclass(frozen=True)
class PassageEntry:
    """One passage of the appendix."""

    anchor: str
    label: str
    heading: str
    text: Markup


def passage_refs(result: RunResult, lang: str) -> dict[str, PassageRef]:
    """A reference for every passage id that a question names. Anchors are numbers: ids may hold anything."""
    named = dict.fromkeys(
        pid
        for question in result.questions
        for answer in question.cells
        for pid in [*answer.passages, *(one.passage for one in answer.citations)]
        if pid
    )
    stored = sorted((result.passages[pid] for pid in named if pid in result.passages), key=_place)
    refs = {
        passage.id: PassageRef(f"p-{i}", place_label(passage.document, passage.page, lang))
        for i, passage in enumerate(stored)
    }
    missing = (pid for pid in named if pid not in refs)
    return refs | {pid: PassageRef("", word("passages.unknown", lang, id=pid)) for pid in missing}


def passage_entries(result: RunResult, refs: dict[str, PassageRef]) -> list[PassageEntry]:
    """The stored passages by document and page."""
    quotes = defaultdict(set)
    for question in result.questions:
        for answer in question.cells:
            for one in answer.citations:
                if one.passage and one.quote:
                    quotes[one.passage].add(one.quote)
        for pid in question.gold_passages:
            quotes[pid].update(quote_parts(question.quote or ""))
    return [
        PassageEntry(
            ref.anchor, ref.label, result.passages[pid].heading, mark_quotes(result.passages[pid].text, quotes[pid])
        )
        for pid, ref in refs.items()
        if ref.anchor
    ]


def mark_quotes(text: str, quotes: set[str]) -> Markup:
    """The text, escaped, with every quote found in it inside <mark>; line breaks and spaces may differ."""
    parts = []
    end = 0
    for start, stop in _spans(text, quotes):
        parts += [escape(text[end:start]), Markup("<mark>{}</mark>").format(text[start:stop])]
        end = stop
    return Markup("").join([*parts, escape(text[end:])])


def place_label(document: str | None, page: int | None, lang: str) -> str:
    """A file and a page as people write them: "policies/leave.pdf, p. 3"."""
    if document is None:
        return ""
    return document if page is None else f"{document}, {word('questions.page', lang, page=page)}"


def _spans(text: str, quotes: set[str]) -> list[tuple[int, int]]:
    """Where the quotes stand, in order, those that touch or overlap made one."""
    found = [match.span() for quote in quotes if quote.strip() for match in [_pattern(quote).search(text)] if match]
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _pattern(quote: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(part) for part in quote.split()))


def _place(passage: PassageView) -> tuple[str, int, str]:
    return passage.document, passage.page or 0, passage.id
