"""What would be read of documents: their passages, and what is left out and why. Keeps nothing, knows no model."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from assay.bench.progress import Progress, Silent
from assay.corpus.access import ACCESS_FILE, load_access, parse_access
from assay.corpus.blocks import parse_blocks
from assay.corpus.building import assemble_corpus
from assay.corpus.document import Account, Corpus, Document, LeftOut, Page, Passage, SkippedFile
from assay.corpus.reading import list_files, name_of, read_documents
from assay.corpus.tokens import count_tokens
from assay.settings import load_settings
from assay.words import message

__all__ = ["ReadDocument", "ReadPassage", "Reading", "read"]

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]")
_HEADING_MARK = re.compile(r"^\s{0,3}#{1,6}\s")


@dataclass(frozen=True)
class ReadPassage:
    """A passage as it would be searched for; `n_tokens` is an estimate, the same for every model."""

    page: int | None
    heading: str  # "Leave > Annual leave", or ""
    n_tokens: int
    text: str


@dataclass(frozen=True)
class ReadDocument:
    """A document's passages in reading order, and what of it no passage holds."""

    path: str
    title: str
    date: str  # ISO, as precise as it tells; "" where it does not say
    groups: tuple[str, ...]  # who may read it; empty: everybody
    n_pages: int
    passages: tuple[ReadPassage, ...]
    left_out: tuple[LeftOut, ...]
    account: Account | None = None  # of its words by a second reading; None where there is none

    @property
    def n_tokens(self) -> int:
        """Of all passages together."""
        return sum(passage.n_tokens for passage in self.passages)


@dataclass(frozen=True, repr=False)
class Reading:
    """The documents in path order, and the files and parts of files that cannot be read, each with the reason."""

    documents: tuple[ReadDocument, ...]
    skipped: tuple[SkippedFile, ...]

    def __repr__(self) -> str:
        n_passages = sum(len(document.passages) for document in self.documents)
        return f"Reading({len(self.documents)} documents, {n_passages} passages, {len(self.skipped)} skipped)"


def read(documents: str | Path, *, progress: Progress | None = None, **settings: Any) -> Reading:
    """What a run would read of a file or a folder tree.

    Args:
        documents: a file or a folder tree.
        progress: is told what goes on; silent by default.
        **settings: see `assay.settings.Settings`; `max_passage_tokens` is the one that counts here.

    Raises:
        InputError: nothing of it can be read, or settings or an access file that cannot be used.
    """
    s, path = load_settings(settings, environ=os.environ), Path(documents)
    root = path if path.is_dir() else path.parent
    access = root / ACCESS_FILE
    names = [name_of(file, root) for file in list_files(path, [access])]
    rules = parse_access(load_access(root, names), access)
    if root == path:
        rules.check(names, access)
    step = partial((progress or Silent()).step, message("step.reading", s.lang))
    found, skipped = read_documents(path, step, exclude=[access])
    corpus = assemble_corpus(rules.apply(found), skipped, s.max_passage_tokens)
    return Reading(tuple(_describe(corpus)), corpus.skipped)


def _describe(corpus: Corpus) -> Iterator[ReadDocument]:
    passages: dict[str, list[Passage]] = {document.id: [] for document in corpus.documents}
    for passage in corpus.passages:
        passages[passage.document].append(passage)
    for document in corpus.documents:
        own = passages[document.id]
        yield ReadDocument(
            document.id,
            document.title,
            document.date,
            document.groups,
            len(document.pages),
            tuple(ReadPassage(p.page, p.heading, count_tokens(p.text), p.text) for p in own),
            (*_grouped(document.left_out), *_not_in_passages(document, own)),
            document.account,
        )


def _grouped(left_out: Sequence[LeftOut]) -> Iterator[LeftOut]:
    """Running headers and footers that differ in their numbers alone as one, and how often it stood."""
    groups: dict[tuple[str, str], list[LeftOut]] = {}
    for one in left_out:
        alike = _NUMBER.sub("#", one.text) if one.reason == "repeated" else f"{one.text}\0{one.page}"
        groups.setdefault((one.reason, alike), []).append(one)
    for group in groups.values():
        yield replace(group[0], n=sum(one.n for one in group))


def _not_in_passages(document: Document, passages: Sequence[Passage]) -> Iterator[LeftOut]:
    """Headings that no passage stands under, and what a passage never holds: comments, pieces without a word."""
    under = {name for passage in passages for name in passage.heading.split(" > ")} | {document.title}
    for page in document.pages:
        for block in parse_blocks(page.text):
            if block.kind == "heading" and block.text not in under and _WORD.search(block.text):
                yield LeftOut(block.text, "heading", page.number)
        spans = [(passage.start, passage.end) for passage in passages if passage.page == page.number]
        for piece in _between(page, spans):
            yield LeftOut(piece, "markup", page.number)


def _between(page: Page, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What stands between the passages of a page and has words, but for headings."""
    end = 0
    for start, stop in [*sorted(spans), (len(page.text), len(page.text))]:
        lines = page.text[end : max(start, end)].split("\n")
        piece = "\n".join(line for line in lines if not _HEADING_MARK.match(line)).strip()
        if _WORD.search(piece):
            yield piece
        end = max(end, stop)
