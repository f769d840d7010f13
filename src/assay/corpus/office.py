"""Zipped files that would unpack to more than can be read."""

import io
import zipfile

from assay.corpus.document import UnreadableFile

__all__ = [
    "MAX_UNPACKED_BYTES",
    "check_archive",
]

MAX_UNPACKED_BYTES = 500_000_000
_MAX_PARTS = 100_000


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
