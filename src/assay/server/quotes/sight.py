"""Pages and quotes as they are asked for again and again: drawn and located once for the content of a file."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import TypeVar

from assay.corpus.document import Document, Passage
from assay.errors import InputError, NotFound
from assay.server.quotes.page_process import PageProcess
from assay.server.quotes.shown_page import (
    DrawnPage,
    DrawPage,
    LocatedQuote,
    LocateQuote,
    draw_page,
    locate_quote,
)

__all__ = ["Sight", "has_pages"]

_SHOWN = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp")
_DRAWN_KEPT, _LOCATED_KEPT = 64, 4096

T = TypeVar("T")


def has_pages(document: str) -> bool:
    """Whether a document's pages can be shown as they look."""
    return Path(document).suffix.lower() in _SHOWN


class Sight:
    """Pages of a documents folder, as images, and where quotes stand on them. Rights are the caller's to check.

    Args:
        folder: the documents, or the only one.
        process: what draws.
    """

    def __init__(self, folder: Path, process: PageProcess) -> None:
        self.folder, self._process = folder, process
        self._drawn: _Recent[DrawnPage] = _Recent(_DRAWN_KEPT)
        self._located: _Recent[LocatedQuote] = _Recent(_LOCATED_KEPT)
        self._hashes: _Recent[str] = _Recent(_LOCATED_KEPT)

    def draw(self, document: Document, page: int, width: int) -> DrawnPage:
        """A page of a document, `page` from 1, so many pixels wide.

        Raises:
            NotFound: its file is gone.
            InputError: its file is another one now than was read, or cannot be drawn.
        """
        asked = DrawPage(self._file(document), page, width)
        key = (document.sha256, page, width)
        return self._drawn.once(key, lambda: self._process.ask(draw_page, asked))

    def locate(self, document: Document, passage: Passage, quote: str) -> LocatedQuote:
        """Where a quote of a passage stands on its page; no boxes where it is not found. Raises as `draw` does."""
        at = passage.text.find(quote)
        before, after = (passage.text[:at], passage.text[at + len(quote) :]) if at >= 0 else ("", "")
        asked = LocateQuote(self._file(document), passage.page or 1, quote, before, after)
        key = (document.sha256, passage.id, quote)
        return self._located.once(key, lambda: self._process.ask(locate_quote, asked))

    def _file(self, document: Document) -> Path:
        file = self.folder / document.id if self.folder.is_dir() else self.folder
        try:
            stat = file.stat()
            key = (str(file), stat.st_mtime_ns, stat.st_size, stat.st_ino)
            found = self._hashes.once(key, lambda: hashlib.sha256(file.read_bytes()).hexdigest())
        except OSError as error:
            raise NotFound(f"{document.id} is not in the documents folder any more: sync the folder") from error
        if found != document.sha256:
            raise InputError(f"{document.id} has changed since it was read: sync the folder to see its pages")
        return file


class _Recent(OrderedDict[Hashable, T]):
    """The last values that were made, by key."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._lock = most, Lock()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self:
                self.move_to_end(key)
                return self[key]
        value = make()
        with self._lock:
            self[key] = value
            while len(self) > self._most:
                self.popitem(last=False)
        return value
