"""Files of marks, read back: the workbook, what the page saves, CSV. Knows their forms; knows no run."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.corpus.encoding import decode_text
from assay.errors import InputError
from assay.marks.kept_marks import Said
from assay.words import languages, message

__all__ = ["FORM", "MarkedFile", "MarkedRow", "read_marks"]

FORM = "assay marks"  # what the file that the page saves says of itself
_HEADER_WITHIN = 20  # rows
_SAID: dict[Said, tuple[str, ...]] = {
    "y": ("y", "yes", "r", "right", "correct", "true", "1", "✓", "✔", "对", "是", "正确"),
    "n": ("n", "no", "w", "wrong", "incorrect", "false", "0", "✗", "✘", "错", "否", "不对", "错误", "不正确"),
    "u": ("u", "unsure", "?", "not sure", "不确定", "不清楚"),
}
_MEANING = {word: said for said, words in _SAID.items() for word in words}


@dataclass(frozen=True)
class MarkedRow:
    """A mark and where it stands: "row 7" of a table, "row kfzmnt" of what the page saved. `person` may be empty."""

    place: str
    row: str
    person: str
    said: Said


@dataclass(frozen=True)
class MarkedFile:
    """What a file holds: its run where it names one, its marks, rows without a mark, and what is wrong with it."""

    path: Path
    run: str
    marks: tuple[MarkedRow, ...]
    n_blank: int
    problems: tuple[str, ...]


def read_marks(path: Path) -> MarkedFile:
    """The marks of a file; one row's mark that is none is a problem of it, told with its row.

    Whose they are: as the file says, else the file's own name.

    Raises:
        InputError: no such file, or not one of marks at all.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such file: give the sheet that was marked")
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise InputError(
            f'{path}: marks are read from .xlsx, .csv and the .json that the page saves, not from "{suffix}"'
        )
    return _READERS[suffix](path)


def _read_page(path: Path) -> MarkedFile:
    try:
        held = json.loads(decode_text(path.read_bytes()))
        if held["form"] != FORM:
            raise ValueError
        run, person, marks = str(held["run"]), str(held["person"]).strip(), dict(held["marks"])
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: this is no file of marks: give what the page saved, as it was saved") from error
    lines = [(f"row {row}", str(row), "", said) for row, said in marks.items()]
    return _collect(path, run, person, lines, int(held.get("open", 0)))


def _read_csv(path: Path) -> MarkedFile:
    try:
        text = decode_text(path.read_bytes())
    except UnicodeError as error:
        raise InputError(f"{path}: the text's encoding is not known; save the file as UTF-8") from error
    best = max(",;\t", key=text[:2000].count)
    return _read_table(path, list(csv.reader(io.StringIO(text, newline=""), delimiter=best)))


def _read_workbook(path: Path) -> MarkedFile:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with path.open("rb") as file:
            sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
            return _read_table(path, sheet.to_python(skip_empty_area=False))
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise InputError(f"{path}: the workbook cannot be read ({error}); save it again without a password") from error


_READERS = {".json": _read_page, ".csv": _read_csv, ".tsv": _read_csv, ".xlsx": _read_workbook, ".xlsm": _read_workbook}


def _read_table(path: Path, lines: Sequence[Sequence[Any]]) -> MarkedFile:
    """The rows below the headings, wherever these are; above them the name and the run, beside what names them."""
    cells = [[_text(cell) for cell in line] for line in lines]
    place, columns = _headings(path, cells)
    person, run = (_beside(cells[:place], name) for name in ("person", "run"))
    rows = []
    for number, line in enumerate(cells[place + 1 :], start=place + 2):
        values = {name: line[i] if i < len(line) else "" for name, i in columns.items()}
        if values["row"] or values["mark"]:
            rows.append((f"row {number}", values["row"], values.get("person", ""), values["mark"]))
            run = run or values.get("run", "")
    return _collect(path, run, person, rows, 0)


def _headings(path: Path, cells: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    for place, line in enumerate(cells[:_HEADER_WITHIN]):
        found = {name: i for i, cell in enumerate(line) for name in ("row", "mark", "person", "run") if _is(cell, name)}
        if {"row", "mark"} <= found.keys():
            return place, found
    raise InputError(
        f'{path}: there is no line of headings with "row" and "mark": give the sheet that assay marks draw wrote'
    )


def _beside(cells: Sequence[Sequence[str]], name: str) -> str:
    return next((line[1].strip() for line in cells if len(line) > 1 and _is(line[0], name)), "")


def _is(cell: str, name: str) -> bool:
    """Whether a heading is this one, in any language."""
    return _plain(cell) in {name, *(_plain(message(f"sheet.{name}", lang)) for lang in languages())}


def _collect(
    path: Path, run: str, person: str, rows: Sequence[tuple[str, str, str, object]], n_open: int
) -> MarkedFile:
    marks, problems = [], []
    owner = person or path.stem
    known = _MEANING | dict(_translated())
    blank = [row for row in rows if not _text(row[3]).strip()]
    first: dict[tuple[str, str], str] = {}  # whose mark of which row -> its place
    for place, row, own, value in rows:
        word = _plain(_text(value))
        if word in known:
            mark = MarkedRow(place, row.strip(), own.strip() or owner, known[word])
            marks.append(mark)
            before = first.setdefault((mark.person, mark.row), place)
            if before != place:
                problems.append(f'{place}: "{mark.row}" is marked in {before} already: keep one of them')
        elif word:
            problems.append(f'{place}: the mark "{_text(value)}" is none: use y (right), n (wrong) or u (unsure)')
    return MarkedFile(path, run, tuple(marks), len(blank) + n_open, tuple(problems))


def _translated() -> Iterator[tuple[str, Said]]:
    for said in _SAID:
        for lang in languages():
            yield _plain(message(f"sheet.said.{said}", lang)), said


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _text(cell: object) -> str:
    """A cell of a workbook as it reads there: numbers and booleans are typed by it."""
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
