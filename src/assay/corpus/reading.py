"""A folder tree to documents. Knows which files to read and what to say of those that it does not."""

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from assay.corpus.document import Document, SkippedFile
from assay.corpus.extraction import SUFFIXES, UnreadableFile, extract_file
from assay.corpus.pool import Limits, map_in_workers
from assay.corpus.worker import Lost
from assay.errors import InputError

__all__ = ["MAX_BYTES", "list_files", "list_unread", "read_documents", "read_file", "read_files"]

MAX_BYTES = 200_000_000
_SHOWN_REASONS = 10
_ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".xz")

Progress = Callable[[int, int], None]


def read_documents(
    path: Path, progress: Progress | None = None, exclude: Collection[Path] = ()
) -> tuple[list[Document], list[SkippedFile]]:
    """The documents of a file or of a folder tree in path order, and the files that were skipped, each with the reason.

    Hidden files and folders (`.assay` among them) and Office's lock files (`~$...`) are passed over in silence, and so
    are the files in `exclude`: a question file among the documents would hand the answers to the retriever.
    A document that has pages without readable text is among both. `progress(done, total)` is called after each file.

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
    left_out = {excluded.resolve() for excluded in exclude}
    return [file for file in _walk(path) if file.resolve() not in left_out]


def read_files(files: Sequence[Path], root: Path, limits: Limits | None = None) -> Iterator[Document | SkippedFile]:
    """Each file read, or why it was not, in the order of the files; named by their paths below `root`.

    Worker processes do it, within `limits` a file: what hangs, crashes or swallows memory is skipped, like what is
    broken.
    """
    jobs = [(file, file.relative_to(root).as_posix()) for file in files]
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
    """What is listed of a file: all of it that was not read, be it some pages only."""
    if isinstance(read, SkippedFile) or not read.unread_pages:
        return read if isinstance(read, SkippedFile) else None
    numbers = ", ".join(map(str, read.unread_pages[:_SHOWN_REASONS]))
    more = " and more" if len(read.unread_pages) > _SHOWN_REASONS else ""
    return SkippedFile(read.id, f"read, but for pages with images of text only: {numbers}{more} (see assay doctor)")


def _walk(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    found = []
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(folder, name) for name in names if not name.startswith((".", "~$"))]
    yield from sorted(found, key=lambda file: file.relative_to(path).as_posix())


def _read_document(file: Path, name: str) -> Document:
    data = _read_bytes(file)
    extraction = extract_file(file, data)
    if not any(character.isalnum() for page in extraction.pages for character in page.text):
        raise UnreadableFile("holds no text")
    title = extraction.title or file.stem
    digest = hashlib.sha256(data).hexdigest()
    return Document(name, title, digest, extraction.pages, unread_pages=extraction.unread_pages)


def _read_bytes(file: Path) -> bytes:
    if file.suffix.lower() not in SUFFIXES:
        kind = f"{file.suffix.lower()} files are" if file.suffix else "a file without a suffix is"
        hint = ": unpack it" if file.suffix.lower() in _ARCHIVES else ""
        raise UnreadableFile(f"{kind} not read{hint}")
    try:
        n_bytes = file.stat().st_size
        if n_bytes > MAX_BYTES:
            raise UnreadableFile(f"too large: {n_bytes / 1e6:.0f} MB, at most {MAX_BYTES / 1e6:.0f} MB are read")
        if n_bytes == 0:
            raise UnreadableFile("empty: 0 bytes")
        return file.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"cannot be opened: {error.strerror or error}") from error


def _nothing_read(path: Path, skipped: list[SkippedFile]) -> str:
    if not skipped:
        return f"no files in {path}: put documents there ({' '.join(SUFFIXES)})"
    lines = [f"none of the {len(skipped)} files at {path} could be read:"]
    lines += [f"  {file.path}: {file.reason}" for file in skipped[:_SHOWN_REASONS]]
    if len(skipped) > _SHOWN_REASONS:
        lines.append(f"  and {len(skipped) - _SHOWN_REASONS} more")
    lines.append(f"files of these kinds are read: {' '.join(SUFFIXES)}")
    return "\n".join(lines)
