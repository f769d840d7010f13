"""Files to a corpus, in one call. Knows the order of the steps and nothing else."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from assay.corpus.chunking import DEFAULT_MAX_TOKENS, split_document
from assay.corpus.dating import date_document
from assay.corpus.document import Corpus, Document, Passage, SkippedFile
from assay.corpus.reading import read_documents
from assay.errors import InputError

__all__ = ["assemble_corpus", "build_corpus", "hash_corpus"]

_LEAST_TOKENS = 32


def build_corpus(
    path: Path,
    max_passage_tokens: int = DEFAULT_MAX_TOKENS,
    progress: Callable[[int, int], None] | None = None,
    exclude: Collection[Path] = (),
) -> Corpus:
    """The corpus of a file or a folder tree; the same files give the same passages, ids and hash.

    Raises:
        InputError: the path is missing, nothing could be read, or the passage length makes no sense.
    """
    documents, skipped = read_documents(path, progress, exclude)
    return assemble_corpus(documents, skipped, max_passage_tokens)


def assemble_corpus(
    documents: Iterable[Document],
    skipped: Iterable[SkippedFile],
    max_passage_tokens: int = DEFAULT_MAX_TOKENS,
    split: Callable[[Document, int], Sequence[Passage]] = split_document,
) -> Corpus:
    """The corpus of documents that have been read.

    Args:
        documents: in path order.
        skipped: what could not be read.
        max_passage_tokens: the longest passage.
        split: cuts a document; give one that remembers where most documents were cut before.

    Raises:
        InputError: the passage length makes no sense.
    """
    if max_passage_tokens < _LEAST_TOKENS:
        raise InputError(
            f"passage length {max_passage_tokens} is too short: max_passage_tokens must be {_LEAST_TOKENS} or more"
        )
    read = tuple(_date(document) for document in documents)
    passages = tuple(passage for document in read for passage in split(document, max_passage_tokens))
    return Corpus(read, passages, tuple(skipped), hash_corpus(read, passages))


def _date(document: Document) -> Document:
    if document.date:
        return document
    beginning = document.pages[0].text if document.pages else ""
    return replace(document, date=date_document(document.id, document.title, beginning))


def hash_corpus(documents: Iterable[Document], passages: Iterable[Passage]) -> str:
    """Changes with every passage, their order, and what holds for whole documents: title, date and readers."""
    about = [[d.id, d.title, d.date, d.groups] for d in documents if d.title or d.date or d.groups]
    digest = hashlib.sha256("\n".join(passage.id for passage in passages).encode())
    digest.update(json.dumps(about).encode())
    return digest.hexdigest()
