"""Files to a corpus, in one call. Knows the order of the steps and nothing else."""

import hashlib
from collections.abc import Callable, Collection
from pathlib import Path

from assay.corpus.chunking import DEFAULT_MAX_TOKENS, split_document
from assay.corpus.document import Corpus
from assay.corpus.reading import read_documents
from assay.errors import InputError

__all__ = ["build_corpus"]

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
    if max_passage_tokens < _LEAST_TOKENS:
        raise InputError(
            f"passage length {max_passage_tokens} is too short: max_passage_tokens must be {_LEAST_TOKENS} or more"
        )
    documents, skipped = read_documents(path, progress, exclude)
    passages = tuple(passage for document in documents for passage in split_document(document, max_passage_tokens))
    digest = hashlib.sha256("\n".join(passage.id for passage in passages).encode())
    return Corpus(tuple(documents), passages, tuple(skipped), digest.hexdigest())
