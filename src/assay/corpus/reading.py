"""A folder tree to documents. Knows which files to read and what to say of those that it does not."""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath

from assay.bench.workspace import own_names
from assay.corpus.conservation import fill_pages
from assay.corpus.dating import date_document
from assay.corpus.document import Document, SkippedFile
from assay.corpus.extraction import SUFFIXES, UnreadableFile, extract_file
from assay.corpus.pool import Limits, map_in_workers
from assay.corpus.worker import Lost
from assay.errors import InputError
from assay.plain_text import plain_text

__all__ = ["MAX_BYTES", "list_files", "list_unread", "name_of", "read_documents", "read_file", "read_files"]

MAX_BYTES = 200_000_000
_SHOWN_REASONS = 10
_KEPT = 1000  # characters of a piece that is left out: it is only ever shown
_NO_TEXT, _MOST_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]"), 0.05
_ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".xz")

Progress = Callable[[int, int], None]


def read_documents(
    path: Path, progress: Progress | None = None, exclude: Collection[Path] = ()
) -> tuple[list[Document], list[SkippedFile]]:
    """The documents of a file or of a folder tree in path order, and the files that were skipped, each with the reason.

    Hidden files and folders (`.assay` among them) and Office's lock files (`~$...`) are passed over in silence, and so
    are the files in `exclude` and what is made in a workspace of any name: questions and reports among the documents
    would hand the answers to the retriever.
    A document that has pages or attachments that could not be read is among both. `progress(done, total)` is called
    after each file.

    Raises:
        InputError: the path is missing, or nothing could be read.
    """
    root = path if path.is_dir() else path.parent
    files = list_files(path, exclude)
    read: list[Document | SkippedFile] = []
    for one in read_files(files, root):
        read.append(one)
        if progress:
            progress(len(read), len(files))
    documents = [one for one in read if isinstance(one, Document)]
    skipped = [unread for one in read if (unread := list_unread(one))]
    if not documents:
        raise InputError(_nothing_read(path, skipped))
    return documents, skipped


def list_files(path: Path, exclude: Collection[Path] = ()) -> list[Path]:
    """The files that `read_documents` would read, in path order.

    Raises:
        InputError: the path is missing.
    """
    if not path.exists():
        raise InputError(f"no documents at {path}: give a folder or a file")
    left_out = {os.path.realpath(excluded) for excluded in exclude}  # unlike Path.resolve, at home in circles of links
    return [file for file in _walk(path) if os.path.realpath(file) not in left_out]


def name_of(file: Path, root: Path) -> str:
    """What a file below `root` is called: its path with forward slashes; what cannot be shown as \\xe9 or \\x1b."""
    name = os.fsencode(file.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")
    return "".join(char if plain_text(char) else f"\\x{ord(char):02x}" for char in name)


def read_files(files: Sequence[Path], root: Path, limits: Limits | None = None) -> Iterator[Document | SkippedFile]:
    """Each file read, or why it was not, in the order of the files; named by `name_of`.

    Worker processes do it, within `limits` a file: what hangs, crashes or swallows memory is skipped, like what is
    broken.
    """
    jobs = [(file, name_of(file, root)) for file in files]
    with closing(map_in_workers(read_file, jobs, limits)) as results:
        for (_, name), result in zip(jobs, results, strict=True):
            yield SkippedFile(name, result.reason) if isinstance(result, Lost) else result


def read_file(job: tuple[Path, str]) -> Document | SkippedFile:
    """One file under its name, read in this process and without a limit."""
    file, name = job
    try:
        return _read_document(file, name)
    except UnreadableFile as error:
        return SkippedFile(name, str(error))


def list_unread(read: Document | SkippedFile) -> SkippedFile | None:
    """What is listed of a file: all of it that was not read, be it some pages or attachments only."""
    if isinstance(read, SkippedFile):
        return read
    missing = []
    if read.unread_pages:
        missing.append(f"pages with images of text only: {_shorten(map(str, read.unread_pages))} (see assay doctor)")
    if read.unread_parts:
        missing.append(f"attachments: {_shorten(read.unread_parts)}")
    return SkippedFile(read.id, f"read, but for {' and '.join(missing)}") if missing else None


def _shorten(names: Iterable[str]) -> str:
    first = list(islice(names, _SHOWN_REASONS + 1))
    return ", ".join(first[:_SHOWN_REASONS]) + (" and more" if len(first) > _SHOWN_REASONS else "")


def _walk(path: Path) -> Iterator[Path]:
    """All files in path order; folders that are not gone into, too, so that they are listed."""
    if path.is_file():
        yield path
        return
    shut: list[OSError] = []
    found = []
    for folder, folders, names in os.walk(path, onerror=shut.append):
        made = own_names([*folders, *names])
        folders[:] = [name for name in folders if not name.startswith(".") and name not in made]
        linked = [name for name in folders if Path(folder, name).is_symlink()]
        found += [
            Path(folder, name) for name in [*names, *linked] if not name.startswith((".", "~$")) and name not in made
        ]
    found += [Path(error.filename) for error in shut]
    yield from sorted(found, key=lambda file: file.relative_to(path).as_posix())


def _read_document(file: Path, name: str) -> Document:
    data = _read_bytes(file)
    extraction = extract_file(file, data)
    _check_text("\n".join(page.text for page in extraction.pages))
    title = plain_text(extraction.title) or PurePosixPath(name).stem
    digest = hashlib.sha256(data).hexdigest()
    pages = tuple(replace(page, text=plain_text(page.text)) for page in extraction.pages)
    account = None
    if extraction.pieces is not None:
        pieces = [replace(piece, text=plain_text(piece.text)) for piece in extraction.pieces]
        pages, account = fill_pages(title, pages, extraction.left_out, pieces)
    left_out = tuple(replace(one, text=plain_text(one.text)[:_KEPT]) for one in extraction.left_out)
    unread = extraction.unread_pages, tuple(map(plain_text, extraction.unread_parts))
    told = extraction.told
    date = date_document(name, title, told + pages[0].text) if told else ""  # else told of the pages alone, later
    return Document(name, title, digest, pages, date, (), *unread, left_out, account)


def _check_text(text: str) -> None:
    if not any(map(str.isalnum, text)):
        raise UnreadableFile("holds no text")
    if len(_NO_TEXT.findall(text)) > _MOST_NO_TEXT * len(text):
        raise UnreadableFile("the file is broken or not what its name says (its characters make no text)")


def _read_bytes(file: Path) -> bytes:
    try:
        found = file.stat()
        _check_kind(file, found.st_mode)
        if found.st_size > MAX_BYTES:
            raise UnreadableFile(f"too large: {found.st_size / 1e6:.0f} MB, at most {MAX_BYTES / 1e6:.0f} MB are read")
        if found.st_size == 0:
            raise UnreadableFile("empty: 0 bytes")
        return file.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"cannot be opened: {error.strerror or error}") from error


def _check_kind(file: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        link = "a link to a folder is not followed: copy the folder here, or give it by itself"
        raise UnreadableFile(link if file.is_symlink() else "a folder that cannot be opened")
    if not stat.S_ISREG(mode):
        raise UnreadableFile("is a device, a pipe or a socket, not a file")
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        kind = f"{suffix} files are" if suffix else "a file without a suffix is"
        raise UnreadableFile(f"{kind} not read{': unpack it' if suffix in _ARCHIVES else ''}")


def _nothing_read(path: Path, skipped: list[SkippedFile]) -> str:
    if not skipped:
        return f"no files in {path}: put documents there ({' '.join(SUFFIXES)})"
    lines = [f"none of the {len(skipped)} files at {path} could be read:"]
    lines += [f"  {file.path}: {file.reason}" for file in skipped[:_SHOWN_REASONS]]
    if len(skipped) > _SHOWN_REASONS:
        lines.append(f"  and {len(skipped) - _SHOWN_REASONS} more")
    lines.append(f"files of these kinds are read: {' '.join(SUFFIXES)}")
    return "\n".join(lines)
