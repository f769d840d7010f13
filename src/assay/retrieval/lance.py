"""The index in the workspace: LanceDB tables, vectors and full text side by side. Knows no questions and no cells."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from assay.corpus.document import Corpus
from assay.errors import InputError, NotFound
from assay.retrieval.encoder import Encoder
from assay.retrieval.index import Hit, Mode, indexed_texts, rank_hits, require_vector, search_hybrid
from assay.retrieval.segment import segment
from assay.retrieval.vectors import Progress, encode_cached

__all__ = ["LanceIndex", "build_index", "open_index"]

LAYOUT = 1  # raise when what is stored changes: older indexes are then built anew
FLAT_UP_TO = 20_000  # passages: below, comparing all takes 30 ms at most and is exact
REFINE = 5  # the quantised index's candidates, compared again in full; without it a quarter of the hits was wrong
STALE_S = 3600  # a part-built index untouched for this long belongs to a killed process
DIGITS = 6  # scores closer than this are equal: float32 tells them apart by chance only

Table = Any  # lancedb's table: the package is imported only when an index is opened


class LanceIndex:
    """Passages in a LanceDB table; implements `Index`. A dense search is exact up to FLAT_UP_TO passages, then HNSW."""

    def __init__(self, table: Table):
        self._table = table
        self._size = table.count_rows()
        self._has_vectors = "vector" in table.schema.names
        self._is_flat = len(table.list_indices()) < 2  # the full text has one, the vectors only when many

    def search(self, query_text: str, query_vector: np.ndarray | None, k: int, mode: Mode = "hybrid") -> list[Hit]:
        """At most k hits, best first; see `Index`."""
        if mode == "hybrid":
            return search_hybrid(self, query_text, query_vector if self._has_vectors else None, k)
        if mode == "dense":
            vector = require_vector(query_vector if self._has_vectors else None)
            return self._best(lambda limit: self._dense(vector, limit), k)
        return self._best(lambda limit: self._text(query_text, limit), k)

    def _dense(self, vector: np.ndarray, limit: int) -> list[dict[str, Any]]:
        query = self._table.search(vector, vector_column_name="vector").distance_type("cosine")
        query = query.bypass_vector_index() if self._is_flat else query.refine_factor(REFINE)
        rows = query.select(["row", "passage", "_distance"]).limit(limit).to_list()
        return [row | {"score": 1 - row["_distance"]} for row in rows]

    def _text(self, query_text: str, limit: int) -> list[dict[str, Any]]:
        """Searched as a bag of words: a MatchQuery has no syntax, so quotes and brackets in a question mean nothing."""
        from lancedb.query import MatchQuery

        match = MatchQuery(segment(query_text), "terms")
        query = self._table.search(match, query_type="fts")
        rows = query.select(["row", "passage", "_score"]).limit(limit).to_list()
        return [row | {"score": row["_score"]} for row in rows]

    def _best(self, search: Callable[[int], list[dict[str, Any]]], k: int) -> list[Hit]:
        """The k best in a settled order: where the cut falls among equals, more is fetched until it does not."""
        limit = k + 1
        while True:
            rows = sorted(search(limit), key=lambda row: (-round(row["score"], DIGITS), row["row"]))
            is_cut_clean = len(rows) < limit or round(rows[-1]["score"], DIGITS) < round(rows[k - 1]["score"], DIGITS)
            if is_cut_clean or limit > self._size:
                return rank_hits([(row["passage"], round(row["score"], DIGITS)) for row in rows[:k]])
            limit *= 4


def build_index(corpus: Corpus, encoder: Encoder | None, folder: Path, progress: Progress | None = None) -> LanceIndex:
    """The index of these passages under this encoder, built in `folder` unless it is there already.

    A build happens under another name and is renamed when it is whole: a killed one leaves nothing that could be
    mistaken for an index, and the vectors that it made are kept.

    Args:
        corpus: at least one passage.
        encoder: None for an index of words alone.
        folder: of all indexes of a workspace; made when missing.
        progress: called with passages encoded so far and in all.

    Raises:
        InputError: a corpus without passages, or a disk that cannot be written.
    """
    if not corpus.passages:
        raise InputError("no passages to index: none of the documents had any text")
    try:
        return open_index(corpus, encoder, folder)
    except NotFound:
        pass
    try:
        _build(corpus, encoder, folder, progress or _ignore)
    except (OSError, sqlite3.Error) as error:
        raise InputError(
            f"cannot write the index to {folder}: {error}. Free some space or choose another folder"
        ) from error
    return open_index(corpus, encoder, folder)


def open_index(corpus: Corpus, encoder: Encoder | None, folder: Path) -> LanceIndex:
    """The finished index of these passages under this encoder.

    Raises:
        NotFound: it has not been built in that folder.
    """
    import lancedb

    place = folder / _key(corpus, encoder)
    if not place.is_dir():
        raise NotFound(f"no index of these documents in {folder}: run `assay run` first")
    return LanceIndex(lancedb.connect(str(place)).open_table("passages"))


def _key(corpus: Corpus, encoder: Encoder | None) -> str:
    """The folder's name: the same passages and the same weights make the same index."""
    parts = {"layout": LAYOUT, "corpus": corpus.sha256, "encoder": encoder.name if encoder else None}
    return "index-" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _build(corpus: Corpus, encoder: Encoder | None, folder: Path, progress: Progress) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _remove_stale(folder)
    texts = indexed_texts(corpus)
    vectors = encode_cached(texts, encoder, folder / "vectors.sqlite", progress) if encoder else None
    part = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
    try:
        _write(part, corpus, texts, vectors)
        part.rename(folder / _key(corpus, encoder))
    except (OSError, RuntimeError) as error:
        shutil.rmtree(part, ignore_errors=True)  # on a full disk it would stay in the way
        if (folder / _key(corpus, encoder)).is_dir():  # somebody else built it meanwhile
            return
        raise OSError(str(error)) from error  # LanceDB says RuntimeError when a file cannot be written


def _write(place: Path, corpus: Corpus, texts: list[str], vectors: np.ndarray | None) -> None:
    import lancedb
    from lancedb.index import FTS, HnswSq

    pa: Any = import_module("pyarrow")  # its types are incomplete
    columns: dict[str, Any] = {
        "row": pa.array(range(len(texts)), pa.int32()),
        "passage": pa.array([passage.id for passage in corpus.passages]),
        "terms": pa.array([segment(text) for text in texts]),
    }
    if vectors is not None:
        flat = pa.array(vectors.ravel(), pa.float32())
        columns["vector"] = pa.FixedSizeListArray.from_arrays(flat, vectors.shape[1])
    table = lancedb.connect(str(place)).create_table("passages", pa.table(columns))
    table.create_index("terms", config=FTS(with_position=False, stem=True, lower_case=True, remove_stop_words=False))
    if vectors is not None and len(texts) > FLAT_UP_TO:
        table.create_index("vector", config=HnswSq(distance_type="cosine"))


def _remove_stale(folder: Path) -> None:
    for part in folder.glob(".building-*"):
        if time.time() - part.stat().st_mtime > STALE_S:
            shutil.rmtree(part, ignore_errors=True)


def _ignore(done: int, total: int) -> None:
    pass
