"""Zipped office files made ready for the parser. Knows their parts; knows nothing of what comes out."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable

from assay.corpus.document import UnreadableFile

__all__ = [
    "MAX_UNPACKED_BYTES",
    "check_archive",
    "remove_pictures",
]

MAX_UNPACKED_BYTES = 500_000_000
_MAX_PARTS = 100_000

_SLIDE = re.compile(r"ppt/slides/[^/]+\.xml")
_PICTURE = re.compile(rb"<p:pic>.*?</p:pic>|<p:pic [^>]*>.*?</p:pic>", re.DOTALL)


def check_archive(data: bytes) -> None:
    """Nothing for what is no archive or a modest one.

    Raises:
        UnreadableFile: it would unpack to more than `MAX_UNPACKED_BYTES`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError):
        return  # the parser may make something of it, and says what is wrong if not
    n_bytes = sum(part.file_size for part in parts)
    if n_bytes > MAX_UNPACKED_BYTES or len(parts) > _MAX_PARTS:
        raise UnreadableFile(
            f"too large: {len(data) / 1e6:.1f} MB that unpack to {n_bytes / 1e6:.0f} MB in {len(parts)} parts, "
            f"at most {MAX_UNPACKED_BYTES / 1e6:.0f} MB are read"
        )


def remove_pictures(data: bytes) -> bytes:
    """A PPTX without its pictures, which the parser fails on where they are linked and not embedded."""
    return _rewrite(data, _SLIDE, lambda xml: _PICTURE.sub(b"", xml))


def _rewrite(data: bytes, names: re.Pattern[str], change: Callable[[bytes], bytes]) -> bytes:
    """The archive with its named parts changed; the same bytes where nothing changes or it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            changed = {}
            for part in archive.infolist():
                if names.fullmatch(part.filename):
                    xml = archive.read(part)
                    if (new := change(xml)) != xml:
                        changed[part.filename] = new
            return _replace_parts(archive, changed) if changed else data
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError, zlib.error):
        return data


def _replace_parts(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for part in archive.infolist():
            content = changed[part.filename] if part.filename in changed else archive.read(part)
            copy.writestr(part.filename, content)
    return target.getvalue()
