"""One table an encoder, one tagged version of it a corpus: indexes are grown, not built anew. Knows no search.

The tag is the commit. What a killed process leaves behind is an untagged version, which nobody opens and from which
the next build goes on.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from assay.corpus.document import Corpus
from assay.errors import InputError, NotFound
from assay.retrieval.encoder import Encoder
from assay.retrieval.index import Index, indexed_texts
from assay.retrieval.lance import FLAT_UP_TO, LanceIndex, Table, quote_all
from assay.retrieval.segment import segment
from assay.retrieval.unstored import build_unstored
from assay.retrieval.vectors import Progress, encode_missing, load_vectors

__all__ = ["build_index", "open_index"]

LAYOUT = 2  # raise when what is stored changes: older indexes are then built anew
REBUILT_UP_TO = 50_000  # passages: below, the full-text index is built anew (3 s at most), and scores are a new one's
WAITING_UP_TO = 500  # passages that a large table's indexes may lack: LanceDB compares them one by one
PARTS = 8  # of an HNSW index, one for each time that what was waiting was taken in; above, it is built anew
EDGES, BEAM = 20, 200  # of the HNSW graph: LanceDB's own beam of 300 takes half as long again for 0.1 points of recall
FRAGMENTS = 16  # files of a table, one a sync; above, they are joined
KEPT = 20  # tagged versions; an older corpus is indexed again from the kept vectors when it is asked for
ROWS = 8192  # written at a time
NAME = "passages"
FOR_EVER = timedelta(days=36_500)
SLACK = timedelta(minutes=10)  # cleaning up fails when it meets a tagged version, so it stays clear of the oldest

Row = tuple[str, str, str]  # passage id, document id, indexed text


def build_index(corpus: Corpus, encoder: Encoder | None, folder: Path, progress: Progress | None = None) -> Index:
    """The index of these passages under this encoder: opened, or grown from the newest one in `folder`.

    Only texts that were never encoded are encoded; one grown passage by passage finds what one built at once finds.
    Without LanceDB it is not kept but made anew: see `build_unstored`.

    Args:
        corpus: at least one passage.
        encoder: None for an index of words alone.
        folder: of all indexes of a workspace; made when missing.
        progress: called with passages encoded so far and in all.

    Raises:
        InputError: a corpus without passages, or a disk that cannot be written.
        MissingExtra: more passages than can be searched without LanceDB.
    """
    if not corpus.passages:
        raise InputError("no passages to index: none of the documents had any text")
    try:
        if find_spec("lancedb") is None:
            folder.mkdir(parents=True, exist_ok=True)
            return build_unstored(corpus, encoder, folder / "vectors.sqlite", progress or _ignore)
        return _open_or_grow(corpus, encoder, folder, progress or _ignore)
    except (OSError, RuntimeError, sqlite3.Error) as error:  # LanceDB says RuntimeError when a file cannot be written
        raise InputError(
            f"cannot write the index to {folder}: {error}. Free some space or choose another folder"
        ) from error


def _open_or_grow(corpus: Corpus, encoder: Encoder | None, folder: Path, progress: Progress) -> LanceIndex:
    try:
        return open_index(corpus, encoder, folder)
    except NotFound:
        pass
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / _key(corpus, encoder)
    with _alone(place):
        _grow(place, corpus, encoder, folder / "vectors.sqlite", progress)
    return open_index(corpus, encoder, folder)


def open_index(corpus: Corpus, encoder: Encoder | None, folder: Path) -> LanceIndex:
    """The finished index of these passages under this encoder.

    Raises:
        NotFound: it has not been built in that folder.
    """
    table = _open(folder / _key(corpus, encoder))
    if table is None or _tag(corpus) not in table.tags.list():
        raise NotFound(f"no index of these documents in {folder}: run `assay run` first")
    table.checkout(_tag(corpus))
    return LanceIndex(table, corpus)


def _key(corpus: Corpus, encoder: Encoder | None) -> str:
    """The table's folder: one for everything that has the same weights and the same readers."""
    parts = {"layout": LAYOUT, "encoder": encoder.name if encoder else None, "view": corpus.view}
    return "index-" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _tag(corpus: Corpus) -> str:
    return f"corpus-{corpus.sha256}"


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Hold a table for writing; whoever comes second waits."""
    with place.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _open(place: Path) -> Table | None:
    if not (place / f"{NAME}.lance").is_dir():
        return None
    import lancedb

    try:
        return lancedb.connect(str(place)).open_table(NAME)
    except ValueError:  # killed before its first version was whole
        return None


def _grow(place: Path, corpus: Corpus, encoder: Encoder | None, vectors: Path, progress: Progress) -> None:
    """A version with exactly the corpus's passages, tagged when its indexes are up to date."""
    table = _open(place)
    tags = {} if table is None else table.tags.list()
    if _tag(corpus) in tags:  # built by another process while this one waited
        return
    try:
        wanted = {
            p.id: (p.id, p.document, text) for p, text in zip(corpus.passages, indexed_texts(corpus), strict=True)
        }
        gone, added = _compare({} if table is None else _stored(table), wanted)
        if encoder is not None:
            encode_missing([text for _, _, text in added], encoder, vectors, progress)
        table = _store(place, table, gone, added, wanted, encoder, vectors)
        _refresh(table)
        table.tags.create(_tag(corpus), table.version)
        _prune(table)
    except (OSError, RuntimeError):
        if not tags:
            shutil.rmtree(place, ignore_errors=True)  # on a full disk it would stay in the way
        raise


def _stored(table: Table) -> dict[str, str]:
    """Passage id -> digest of the newest version."""
    rows = table.search().select(["passage", "digest"]).limit(None).to_arrow()
    return dict(zip(rows["passage"].to_pylist(), rows["digest"].to_pylist(), strict=True))


def _compare(stored: Mapping[str, str], wanted: Mapping[str, Row]) -> tuple[list[str], list[Row]]:
    """Ids that are to go, and rows that are to come; a passage with another text or title is both."""
    same = {id for id, row in wanted.items() if stored.get(id) == _digest(row)}
    return [id for id in stored if id not in same], [row for id, row in wanted.items() if id not in same]


def _store(
    place: Path,
    table: Table | None,
    gone: Sequence[str],
    added: Sequence[Row],
    wanted: Mapping[str, Row],
    encoder: Encoder | None,
    vectors: Path,
) -> Table:
    import lancedb

    if table is None:
        shutil.rmtree(place, ignore_errors=True)  # of a build killed before its first version
        rows = _read_batches(list(wanted.values()), encoder, vectors)
        return lancedb.connect(str(place)).create_table(NAME, rows)
    if len(gone) + len(added) > len(wanted):  # another corpus: written anew, which leaves no holes
        if encoder is not None:
            encode_missing([text for _, _, text in wanted.values()], encoder, vectors, _ignore)
        table.add(_read_batches(list(wanted.values()), encoder, vectors), mode="overwrite")
        return table
    for start in range(0, len(gone), ROWS):
        table.delete(f"passage IN ({quote_all(gone[start : start + ROWS])})")
    if added:
        table.add(_read_batches(added, encoder, vectors))
    return table


def _read_batches(rows: Sequence[Row], encoder: Encoder | None, vectors: Path) -> Any:
    """A reader of the rows, ROWS at a time, so that never all vectors are in memory."""
    pa: Any = import_module("pyarrow")  # its types are incomplete
    names = ["passage", "document", "digest", "terms"]
    fields = [pa.field(name, pa.string()) for name in names]
    if encoder is not None:
        fields.append(pa.field("vector", pa.list_(pa.float32(), encoder.dimension)))

    def batches() -> Iterator[Any]:
        for start in range(0, len(rows), ROWS):
            some = rows[start : start + ROWS]
            columns = [[id, document, _digest(row), segment(row[2])] for row in some for id, document, _ in [row]]
            arrays = [pa.array(column, pa.string()) for column in zip(*columns, strict=True)]
            if encoder is not None:
                flat = pa.array(load_vectors([text for _, _, text in some], encoder, vectors).ravel())
                arrays.append(pa.FixedSizeListArray.from_arrays(flat, encoder.dimension))
            yield pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))

    return pa.RecordBatchReader.from_batches(pa.schema(fields), batches())


def _digest(row: Row) -> str:
    text = "\0".join(row[1:]).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()[:32]


def _refresh(table: Table) -> None:
    """Both indexes cover the table, but for the few passages that LanceDB compares one by one."""
    from lancedb.index import FTS, HnswSq

    n = table.count_rows()
    waiting = max((index.num_unindexed_rows for index in table.list_indices()), default=0)
    is_full = n > FLAT_UP_TO and waiting > WAITING_UP_TO
    if is_full or table.stats()["fragment_stats"]["num_fragments"] > FRAGMENTS:
        table.optimize(cleanup_older_than=FOR_EVER)  # by default it drops versions, and fails on a tagged one
    parts = {index.columns[0]: index.num_segments for index in table.list_indices()}
    if n <= REBUILT_UP_TO or "terms" not in parts:
        words = FTS(with_position=False, stem=True, lower_case=True, remove_stop_words=False)
        table.create_index("terms", config=words, replace=True)
    if "vector" in table.schema.names and n > FLAT_UP_TO and not 0 < parts.get("vector", 0) <= PARTS:
        graph = HnswSq(distance_type="cosine", m=EDGES, ef_construction=BEAM)
        table.create_index("vector", config=graph, replace=True)


def _prune(table: Table) -> None:
    """Forget all but the KEPT newest tagged versions, and what only they needed."""
    versions = sorted((tag["version"], name) for name, tag in table.tags.list().items())
    if len(versions) <= KEPT:
        return
    for _, name in versions[:-KEPT]:
        table.tags.delete(name)
    kept = versions[-KEPT][0]
    made = next(one["timestamp"] for one in table.list_versions() if one["version"] == kept)
    age = datetime.now(made.tzinfo) - made + SLACK
    table.optimize(cleanup_older_than=age, delete_unverified=False)


def _ignore(done: int, total: int) -> None:
    pass
