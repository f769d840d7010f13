"""All parts that are known, by kind: built in and from outside."""

import os
from collections.abc import Sequence
from typing import Any

from assay.bench.parts import Part, Parts, load_parts
from assay.grid.column import Column
from assay.grid.row import Row
from assay.retrieval.step import SearchStep
from assay.scoring.scorer import Scorer
from assay.settings import load_settings
from assay.studies.labels.way import Way
from assay.tasks import Task

__all__ = ["KINDS", "known_parts"]

KINDS: dict[str, type[Any]] = {
    "row": Row, "column": Column, "step": SearchStep, "scorer": Scorer, "task": Task, "way": Way,
}  # fmt: skip


def known_parts(files: Sequence[str] = (), **settings: Any) -> tuple[dict[str, list[Part]], Parts]:
    """Kind -> its parts in order of place, with those of `files` or of the settings; and where those come from.

    Raises:
        InputError: a file with parts that cannot be used.
    """
    chosen = load_settings(settings | {"parts": list(files) or None}, environ=os.environ)
    known = load_parts(chosen.parts)
    return {name: list(known.of(kind).values()) for name, kind in KINDS.items()}, known
