"""Draws and marks in the folder of their run. Knows files; computes nothing."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter

from assay.bench.whole_files import write_whole
from assay.errors import NotFound
from assay.marks.drawing import Draw

__all__ = ["Mark", "Said", "keep_draw", "keep_marks", "load_draws", "load_marks", "marks_folder"]

FORMAT = 1  # count up whenever what was kept before can no longer be read

Said = Literal["y", "n", "u"]  # right, wrong, unsure
T = TypeVar("T")


@dataclass(frozen=True)
class Mark:
    """What one person says of one row."""

    row: str
    person: str
    said: Said


_DRAW, _MARKS = TypeAdapter(Draw), TypeAdapter(list[Mark])


def marks_folder(run: Path) -> Path:
    """Where the draws, sheets and marks of a run are, below its folder."""
    return run / "marks"


def keep_draw(draw: Draw, run: Path) -> None:
    """Write a draw."""
    _write(_DRAW.dump_python(draw, mode="json"), marks_folder(run) / f"draw-{draw.number}.json")


def load_draws(run: Path) -> list[Draw]:
    """The draws of a run, the first one first; none where nothing was drawn.

    Raises:
        NotFound: one of another format.
    """
    files = marks_folder(run).glob("draw-*.json")
    return sorted((_DRAW.validate_python(_read(file)) for file in files), key=lambda draw: draw.number)


def keep_marks(marks: list[Mark], run: Path) -> None:
    """Write all marks of a run."""
    _write(_MARKS.dump_python(marks, mode="json"), marks_folder(run) / "marks.json")


def load_marks(run: Path) -> list[Mark]:
    """The marks of a run, in the order in which they came; none where none were taken.

    Raises:
        NotFound: they are of another format.
    """
    file = marks_folder(run) / "marks.json"
    return _MARKS.validate_python(_read(file)) if file.is_file() else []


def _write(value: Any, file: Path) -> None:
    write_whole(file, json.dumps({"format": FORMAT, "kept": value}, ensure_ascii=False, indent=1).encode())


def _read(file: Path) -> Any:
    held = json.loads(file.read_bytes())
    if held.get("format") != FORMAT:
        raise NotFound(f"{file} was made by another version of Assay: take that version, or draw and mark anew")
    return held["kept"]
