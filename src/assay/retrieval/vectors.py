"""Passage vectors kept between builds, by encoder and text. Knows no index."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from assay.retrieval.encoder import Encoder

__all__ = ["Progress", "encode_missing", "load_vectors"]

Progress = Callable[[int, int], None]  # done, total

CHUNK = 256  # texts between two commits: what a killed build loses at most
LOOKUP = 500  # keys a query: older SQLites take no more than 999 parameters

TABLE = """
CREATE TABLE IF NOT EXISTS vectors (encoder TEXT, text BLOB, vector BLOB, PRIMARY KEY (encoder, text)) WITHOUT ROWID
"""


def encode_missing(texts: Sequence[str], encoder: Encoder, path: Path, progress: Progress) -> None:
    """Encode those texts that the SQLite file at `path` does not hold yet.

    Each chunk is committed as it is made, so a killed build goes on where it stopped.
    """
    by_key = {_key(text): text for text in texts}
    with closing(_open(path)) as store:
        known = set(_read(store, "text", encoder.name, list(by_key)))
        missing = [(key, text) for key, text in by_key.items() if (key,) not in known]
        done = len(texts) - len(missing)
        progress(done, len(texts))
        # Longest first: time left is then overestimated rather than underestimated, and batches pad little.
        missing.sort(key=lambda item: -len(item[1]))
        for start in range(0, len(missing), CHUNK):
            chunk = missing[start : start + CHUNK]
            _encode(store, encoder, chunk)
            done += len(chunk)
            progress(done, len(texts))


def load_vectors(texts: Sequence[str], encoder: Encoder, path: Path) -> np.ndarray:
    """The vectors N×D of texts that have all been encoded."""
    keys = [_key(text) for text in texts]
    with closing(_open(path)) as store:
        known = {key: vector for key, vector in _read(store, "text, vector", encoder.name, keys)}
    vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    for row, key in enumerate(keys):
        vectors[row] = np.frombuffer(known[key], dtype="<f4")
    return vectors


def _open(path: Path) -> sqlite3.Connection:
    store = sqlite3.connect(path, timeout=60)
    store.execute(TABLE)
    return store


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _read(store: sqlite3.Connection, columns: str, encoder: str, keys: Sequence[bytes]) -> Iterator[tuple[bytes, ...]]:
    for start in range(0, len(keys), LOOKUP):
        some = keys[start : start + LOOKUP]
        marks = ",".join("?" * len(some))
        yield from store.execute(
            f"SELECT {columns} FROM vectors WHERE encoder = ? AND text IN ({marks})", (encoder, *some)
        )


def _encode(store: sqlite3.Connection, encoder: Encoder, chunk: Sequence[tuple[bytes, str]]) -> None:
    vectors = encoder.encode_passages([text for _, text in chunk])
    rows = [
        (encoder.name, key, vector.astype("<f4").tobytes()) for (key, _), vector in zip(chunk, vectors, strict=True)
    ]
    with store:
        store.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
