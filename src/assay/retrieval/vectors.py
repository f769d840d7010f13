"""Passage vectors kept between builds, by encoder and text. Knows no index."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from assay.retrieval.encoder import Encoder

__all__ = ["Progress", "encode_cached"]

Progress = Callable[[int, int], None]  # done, total

CHUNK = 256  # texts between two commits: what a killed build loses at most

TABLE = """
CREATE TABLE IF NOT EXISTS vectors (encoder TEXT, text BLOB, vector BLOB, PRIMARY KEY (encoder, text)) WITHOUT ROWID
"""


def encode_cached(texts: Sequence[str], encoder: Encoder, path: Path, progress: Progress) -> np.ndarray:
    """The passages' vectors N×D, encoding only the texts that the SQLite file at `path` does not hold yet.

    Each chunk is committed as it is made, so a killed build goes on where it stopped.
    """
    keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
    with closing(sqlite3.connect(path, timeout=60)) as store:
        store.execute(TABLE)
        known = _read(store, encoder.name)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        progress(len(texts) - len(missing), len(texts))
        for chunk in _chunks(missing):
            known |= _encode(store, encoder, chunk)
            progress(len(texts) - len(missing) + sum(key in known for key in missing), len(texts))
    return np.stack([known[key] for key in keys]) if keys else np.zeros((0, encoder.dimension), dtype=np.float32)


def _read(store: sqlite3.Connection, encoder_name: str) -> dict[bytes, np.ndarray]:
    rows = store.execute("SELECT text, vector FROM vectors WHERE encoder = ?", (encoder_name,))
    return {key: np.frombuffer(vector, dtype="<f4") for key, vector in rows}


def _chunks(missing: dict[bytes, str]) -> list[dict[bytes, str]]:
    """Longest texts first: time left is then overestimated rather than underestimated, and batches pad little."""
    items = sorted(missing.items(), key=lambda item: -len(item[1]))
    return [dict(items[start : start + CHUNK]) for start in range(0, len(items), CHUNK)]


def _encode(store: sqlite3.Connection, encoder: Encoder, chunk: dict[bytes, str]) -> dict[bytes, np.ndarray]:
    vectors = encoder.encode_passages(list(chunk.values()))
    made = dict(zip(chunk, vectors, strict=True))
    rows = [(encoder.name, key, vector.astype("<f4").tobytes()) for key, vector in made.items()]
    with store:
        store.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
    return made
