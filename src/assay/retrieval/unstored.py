"""An index without a database, for an install that asks endpoints only: made anew each time, from the kept vectors.

It is the reference index with the words reduced as LanceDB reduces them, so that both find the same.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from assay.corpus.document import Corpus
from assay.errors import MissingExtra
from assay.retrieval.encoder import Encoder
from assay.retrieval.exact import ExactIndex, words
from assay.retrieval.index import indexed_texts
from assay.retrieval.vectors import Progress, encode_missing, load_vectors

__all__ = ["build_unstored", "stems"]

MOST = 20_000  # passages: above, counting the words takes too long at every start
LONGEST = 40  # characters of a word that LanceDB indexes


def build_unstored(corpus: Corpus, encoder: Encoder | None, vectors: Path, progress: Progress) -> ExactIndex:
    """The index of these passages under this encoder.

    Args:
        corpus: at least one passage.
        encoder: None for an index of words alone.
        vectors: the SQLite file where vectors are kept.
        progress: called with passages encoded so far and in all.

    Raises:
        MissingExtra: more passages than can be searched without a database.
    """
    if len(corpus.passages) > MOST:
        raise MissingExtra(f'{len(corpus.passages):,} passages need LanceDB to be searched: pip install "assay[index]"')
    if encoder is None:
        return ExactIndex(corpus, None, stems)
    texts = indexed_texts(corpus)
    encode_missing(texts, encoder, vectors, progress)
    return ExactIndex(corpus, load_vectors(texts, encoder, vectors), stems)


def stems(text: str) -> list[str]:
    """The words of a text, those of European languages by their English stems."""
    stemmer: Any = import_module("Stemmer").Stemmer("english", 0)  # one a call: it must not be shared by threads
    return [str(stem) for stem in stemmer.stemWords([word for word in words(text) if len(word) <= LONGEST])]
