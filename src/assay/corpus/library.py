"""The living corpus of a documents folder: what was read of it, and its states. Knows no index and no questions.

Everything is in one SQLite file. A file is read once for its content and name; a state is the list of files with
their hashes, and one transaction makes it the current one.
"""

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

from assay.bench.sqlite_errors import translate
from assay.bench.whole_files import may_write
from assay.corpus.access import ACCESS_FILE, load_access, parse_access
from assay.corpus.building import assemble_corpus
from assay.corpus.chunking import split_document
from assay.corpus.document import Corpus, Document, Passage, SkippedFile
from assay.corpus.reading import MAX_BYTES, list_files, list_unread, name_of, read_documents, read_files
from assay.errors import NotFound

__all__ = ["Changes", "Library", "State", "Use", "compare_states"]

READER_VERSION = 7  # count up when reading or chunking changes: files are then read and cut anew
RACY_S = 2.0  # a file that changed this shortly before it was looked at may have changed again without a trace
KEPT_STATES = 20
COMMIT_EVERY = 32  # files

Progress = Callable[[int, int], None]

_TABLES = """
CREATE TABLE IF NOT EXISTS readings (sha256 TEXT, name TEXT, version TEXT, document TEXT, reason TEXT,
    PRIMARY KEY (sha256, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cuts (sha256 TEXT, path TEXT, max_tokens INTEGER, version TEXT, passages TEXT,
    PRIMARY KEY (sha256, path, max_tokens)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (root TEXT, path TEXT, stamp TEXT, looked_ns INTEGER, sha256 TEXT,
    PRIMARY KEY (root, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS states (root TEXT, number INTEGER, state TEXT, PRIMARY KEY (root, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS uses (root TEXT PRIMARY KEY, use TEXT) WITHOUT ROWID;
"""
_DOCUMENT = TypeAdapter(Document)
_PASSAGES = TypeAdapter(list[Passage])


@dataclass(frozen=True)
class State:
    """What a documents folder held at a moment: which files, by content, and who could read what."""

    created: str  # UTC, ISO
    files: Mapping[str, str]  # path of a document below the root -> SHA-256 of its bytes
    skipped: Mapping[str, str]  # path -> reason
    access: str = ""  # text of the access file
    excluded: tuple[str, ...] = ()  # full paths of question files, which are never documents

    def holds_the_same(self, other: "State | None") -> bool:
        """Whether nothing but the time differs."""
        return other is not None and replace(other, created=self.created) == self


@dataclass(frozen=True)
class Use:
    """How a run cuts and encodes a folder's documents: what a sync makes ready."""

    max_passage_tokens: int
    encoder: str  # as in the settings
    precision: str  # as in the settings
    lang: str  # of the corpus: which embedded encoder it needs; "" for not known yet


@dataclass(frozen=True)
class Changes:
    """What differs between two states, paths in order; a file renamed is neither added nor deleted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]  # from, to
    deleted: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]  # all that cannot be read now
    access: bool  # whether the access file differs
    opened: tuple[str, ...] = ()  # paths, now, of what more people may read: out of a rule's reach, or by another rule

    @property
    def n(self) -> int:
        """How many documents differ."""
        return len(self.added) + len(self.changed) + len(self.renamed) + len(self.deleted)


class Library:
    """The states of one documents folder (or file), kept in a workspace's SQLite file."""

    def __init__(self, file: Path, documents: Path) -> None:
        self.documents = documents.resolve()
        self._file = file
        self._root = self.documents.parent if self.documents.is_file() else self.documents
        self._name = os.fsencode(self.documents).decode("utf-8", "backslashreplace")

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the library for a sync; whoever comes second waits."""
        with may_write(self._file, "give another folder with --out"):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            file = self._file.with_suffix(".lock").open("w")
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def scan(self, exclude: Collection[Path] = (), progress: Progress | None = None) -> State:
        """What the folder holds now; only files that are new in content are read, and what was read is kept.

        Args:
            exclude: question files; they are remembered, and left out of every later scan too.
            progress: called with files read so far and in all.

        Raises:
            InputError: the folder is missing, holds nothing that can be read, or has an access file with mistakes.
        """
        before = self.current()
        questions = {str(path.resolve()) for path in exclude} | set(before.excluded if before else ())
        left_out = [*map(Path, questions), self._root / ACCESS_FILE]
        files = list_files(self.documents, left_out)
        access = self._load_access(files, questions)
        with self._open() as store:
            hashes, outcomes = self._recognise(store, files)
            unread = [file for file in files if name_of(file, self._root) not in outcomes]
            self._read(store, unread, hashes, outcomes, progress or _ignore)
        documents = {path: sha256 for path, (sha256, reason) in outcomes.items() if not reason}
        skipped = {path: reason for path, (_, reason) in outcomes.items() if reason}
        if not documents:
            read_documents(self.documents, exclude=left_out)  # says what is wrong
        now = datetime.now(UTC).isoformat(timespec="seconds")
        in_order = [name_of(file, self._root) for file in files]
        return State(
            now,
            {path: documents[path] for path in in_order if path in documents},
            {path: skipped[path] for path in in_order if path in skipped},
            access,
            tuple(sorted(questions)),
        )

    def _load_access(self, files: Sequence[Path], questions: Collection[str]) -> str:
        """The rules, of which each has to be about a file; those about questions are about nothing else."""
        names = [name_of(file, self._root) for file in files]
        access = load_access(self._root, names)
        if self._root != self.documents:  # one file: the rules are about all of its folder
            names = [name_of(file, self._root) for file in list_files(self._root)] if access else []
        inside = [Path(path) for path in questions if Path(path).is_relative_to(self._root)]
        known = [*names, *(name_of(path, self._root) for path in inside)]
        parse_access(access).check(known, self._root / ACCESS_FILE)
        return access

    def corpus(self, state: State, max_passage_tokens: int) -> Corpus:
        """The corpus of a state, from what was kept; no file is opened.

        Raises:
            InputError: the passage length makes no sense.
        """
        with self._open() as store:
            documents = [_load(store, path, sha256) for path, sha256 in state.files.items()]
            readable = parse_access(state.access, self._root / ACCESS_FILE).apply(documents)
            skipped = [SkippedFile(path, reason) for path, reason in state.skipped.items()]
            skipped += [unread for document in documents if (unread := list_unread(document))]
            with store:
                return assemble_corpus(readable, skipped, max_passage_tokens, partial(_split, store))

    def current(self) -> State | None:
        """The newest state, or None when the folder was never taken in."""
        states = self._states()
        return states[-1][1] if states else None

    def commit(self, state: State) -> None:
        """Make a state the current one, in one transaction; nothing when it holds what the current one holds."""
        states = self._states()
        if states and state.holds_the_same(states[-1][1]):
            return
        number = states[-1][0] + 1 if states else 1
        with self._open() as store:
            with store:
                row = (self._name, number, json.dumps(asdict(state)))
                store.execute("INSERT INTO states VALUES (?, ?, ?)", row)
                store.execute("DELETE FROM states WHERE root = ? AND number <= ?", (self._name, number - KEPT_STATES))
            _forget_unused(store)

    def undo(self) -> State:
        """Go back to the state before, which is returned; the folder itself is not touched.

        Raises:
            NotFound: there is none.
        """
        states = self._states()
        if len(states) < 2:
            raise NotFound(
                f"there is no earlier state of {self.documents} to go back to: assay sync takes in what it holds now"
            )
        with self._open() as store, store:
            store.execute("DELETE FROM states WHERE root = ? AND number = ?", (self._name, states[-1][0]))
        return states[-2][1]

    def last_use(self) -> Use | None:
        """How the newest run used these documents, or None."""
        with self._open() as store:
            row = store.execute("SELECT use FROM uses WHERE root = ?", (self._name,)).fetchone()
        return Use(**json.loads(row[0])) if row else None

    def note_use(self, use: Use) -> None:
        """Remember how a run uses these documents."""
        with self._open() as store, store:
            store.execute("INSERT OR REPLACE INTO uses VALUES (?, ?)", (self._name, json.dumps(asdict(use))))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The database, closed again at the end; a full disk is an OSError like any other, a damaged file is told."""
        with may_write(self._file, "give another folder with --out"):
            self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(sqlite3.connect(self._file, timeout=60)) as store:
                store.executescript(_TABLES)
                yield store
        except sqlite3.DatabaseError as error:
            told = translate(error, self._file)
            if told is None:
                raise
            raise told from error

    def _states(self) -> list[tuple[int, State]]:
        if not self._file.is_file():
            return []
        with self._open() as store:
            rows = store.execute("SELECT number, state FROM states WHERE root = ? ORDER BY number", (self._name,))
            return [(number, _parse_state(text)) for number, text in rows]

    def _recognise(
        self, store: sqlite3.Connection, files: Sequence[Path]
    ) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
        """Path -> hash, and path -> hash and reason ("" when it could be read) of what was read before."""
        rows = store.execute("SELECT path, stamp, looked_ns, sha256 FROM seen WHERE root = ?", (self._name,))
        seen = {path: (stamp, looked_ns, sha256) for path, stamp, looked_ns, sha256 in rows}
        versions = {_version(is_whole) for is_whole in (True, False)}
        known = {
            (sha256, name): reason
            for sha256, name, version, reason in store.execute("SELECT sha256, name, version, reason FROM readings")
            if version in versions
        }
        hashes: dict[str, str] = {}
        noted = []
        for file in files:
            path, looked_ns = name_of(file, self._root), time.time_ns()
            stamp = _stamp(file)
            if stamp is None:
                continue
            is_settled = path in seen and seen[path][0] == stamp and not _is_racy(stamp, seen[path][1])
            hashes[path] = seen[path][2] if is_settled else _hash(file)
            if not is_settled and hashes[path]:
                noted.append((self._name, path, stamp, looked_ns, hashes[path]))
        paths = {name_of(file, self._root) for file in files}
        with store:
            store.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?)", noted)
            gone = [(self._name, path) for path in seen if path not in paths]
            store.executemany("DELETE FROM seen WHERE root = ? AND path = ?", gone)
        keys = {path: (sha256, path.rsplit("/", 1)[-1]) for path, sha256 in hashes.items()}
        return hashes, {path: (key[0], known[key]) for path, key in keys.items() if key in known}

    def _read(
        self,
        store: sqlite3.Connection,
        files: Sequence[Path],
        hashes: Mapping[str, str],
        outcomes: dict[str, tuple[str, str]],
        progress: Progress,
    ) -> None:
        """Read files and keep what they hold; in `outcomes`, under the hash of the very bytes that were read."""
        rows: list[tuple[str, str, str, str, str]] = []
        for done, (file, one) in enumerate(zip(files, read_files(files, self._root), strict=True), start=1):
            path = name_of(file, self._root)
            reason = one.reason if isinstance(one, SkippedFile) else ""
            sha256 = hashes.get(path, "") if isinstance(one, SkippedFile) else one.sha256
            outcomes[path] = (sha256, reason)
            document = "" if isinstance(one, SkippedFile) else _DOCUMENT.dump_json(one).decode()
            if sha256:
                rows.append((sha256, path.rsplit("/", 1)[-1], _version(list_unread(one) is None), document, reason))
            if done % COMMIT_EVERY == 0 or done == len(files):
                with store:
                    store.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?)", rows)
                    store.executemany("DELETE FROM cuts WHERE sha256 = ?", [row[:1] for row in rows])  # of other texts
                rows.clear()
            progress(done, len(files))


def compare_states(before: State | None, after: State) -> Changes:
    """What happened between two states."""
    old = before.files if before else {}
    gone = {path: sha256 for path, sha256 in old.items() if path not in after.files}
    new = {path: sha256 for path, sha256 in after.files.items() if path not in old}
    by_content = {sha256: path for path, sha256 in reversed(gone.items())}
    renamed = [(by_content.pop(sha256), path) for path, sha256 in new.items() if sha256 in by_content]
    for origin, path in renamed:
        del gone[origin], new[path]
    return Changes(
        tuple(new),
        tuple(path for path, sha256 in after.files.items() if path in old and old[path] != sha256),
        tuple(renamed),
        tuple(gone),
        tuple(SkippedFile(path, reason) for path, reason in after.skipped.items()),
        before is not None and before.access != after.access,
        tuple(_opened(before, after, renamed)) if before else (),
    )


def _opened(before: State, after: State, renamed: Collection[tuple[str, str]]) -> Iterator[str]:
    """The documents that somebody may read now who could not before."""
    then, now = parse_access(before.access), parse_access(after.access)
    if not then.rules:
        return
    origins = {path: path for path in before.files} | {path: origin for origin, path in renamed}
    for path in after.files:
        old = then.readers_of(origins[path]) if path in origins else ()
        if old and (not (new := now.readers_of(path)) or set(new) - set(old)):
            yield path


def _stamp(file: Path) -> str | None:
    """Size, time of change and inode; None for what is not read: it is no file, too large, or out of reach."""
    try:
        found = file.stat()
    except OSError:
        return None
    is_read = stat.S_ISREG(found.st_mode) and found.st_size <= MAX_BYTES
    return None if not is_read else f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"


def _is_racy(stamp: str, looked_ns: int) -> bool:
    return int(stamp.split()[1]) > looked_ns - RACY_S * 1e9


def _hash(file: Path) -> str:
    """The SHA-256 of a file, "" when it cannot be opened."""
    try:
        with file.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError:
        return ""


def _version(is_whole: bool) -> str:
    """The reader that a reading comes from; without text recognition it is another one for what was not read whole.

    So such files are read again when Tesseract comes, and none when it goes.
    """
    return f"{READER_VERSION}" if is_whole or shutil.which("tesseract") else f"{READER_VERSION} without Tesseract"


def _load(store: sqlite3.Connection, path: str, sha256: str) -> Document:
    name = path.rsplit("/", 1)[-1]
    (text,) = store.execute("SELECT document FROM readings WHERE sha256 = ? AND name = ?", (sha256, name)).fetchone()
    return replace(_DOCUMENT.validate_json(text), id=path)


def _split(store: sqlite3.Connection, document: Document, max_tokens: int) -> list[Passage]:
    """The document's passages, cut only once."""
    key = (document.sha256, document.id, max_tokens, _version(True))
    where = "sha256 = ? AND path = ? AND max_tokens = ? AND version = ?"
    row = store.execute(f"SELECT passages FROM cuts WHERE {where}", key).fetchone()
    if row:
        return _PASSAGES.validate_json(row[0])
    passages = split_document(document, max_tokens)
    store.execute("INSERT OR REPLACE INTO cuts VALUES (?, ?, ?, ?, ?)", (*key, _PASSAGES.dump_json(passages).decode()))
    return passages


def _parse_state(text: str) -> State:
    values = json.loads(text)
    return State(**values | {"excluded": tuple(values["excluded"])})


def _forget_unused(store: sqlite3.Connection) -> None:
    """Drop the readings that no state of any folder needs."""
    used: set[tuple[str, str]] = set()
    for (text,) in store.execute("SELECT state FROM states"):
        used |= {(sha256, path) for path, sha256 in _parse_state(text).files.items()}
    names = {(sha256, path.rsplit("/", 1)[-1]) for sha256, path in used}
    read = store.execute("SELECT sha256, name FROM readings WHERE reason = ''").fetchall()
    cut = store.execute("SELECT DISTINCT sha256, path FROM cuts").fetchall()
    with store:
        store.executemany("DELETE FROM readings WHERE sha256 = ? AND name = ?", set(read) - names)
        store.executemany("DELETE FROM cuts WHERE sha256 = ? AND path = ?", set(cut) - used)


def _ignore(done: int, total: int) -> None:
    pass
