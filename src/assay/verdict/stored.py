"""Results as files: with the number of their format, whole or not at all."""

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from assay.bench.kept_files import read_kept
from assay.bench.whole_files import write_whole
from assay.errors import InputError, NotFound

__all__ = ["FORMAT", "load_result", "save_result"]

FORMAT = 1  # count up whenever a result of before can no longer be read as one of now

R = TypeVar("R")


def save_result(result: Any, file: Path) -> None:
    """Write a result, a dataclass of plain values."""
    kept = {"format": FORMAT, **TypeAdapter(type(result)).dump_python(result, mode="json")}
    write_whole(file, json.dumps(kept, ensure_ascii=False, indent=1).encode())


def load_result(kind: type[R], file: Path) -> R:
    """The result in a file.

    Raises:
        NotFound: it is damaged, or of an earlier format: the same line makes it anew.
        InputError: it is of a later format, and not to be made anew by this version.
    """
    with read_kept(file) as data:
        kept = json.loads(data)
        found = int(kept.pop("format", 0))
    if found > FORMAT:
        raise InputError(
            f"{file} was made by a later version of Assay (format {found}, this one reads {FORMAT}): read it with that "
            "version, or give another --out"
        )
    if found < FORMAT:
        raise NotFound(
            f"{file} was made by an earlier version of Assay (format {found}, this one reads {FORMAT}): run the same "
            "line again. What was answered and tuned is kept and not done again"
        )
    with read_kept(file):
        return TypeAdapter(kind).validate_python(kept)
