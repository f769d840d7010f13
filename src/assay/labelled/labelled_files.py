"""A file or a folder of labelled texts to a checked LabelledSet. All that is wrong with it is told at once."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assay.errors import InputError
from assay.labelled.labelled_text import Items, LabelledSet, LabelledText, Notice
from assay.labelled.row_form import RowForm
from assay.questions.columns import parse_split, parse_text
from assay.questions.question import Split
from assay.questions.rows import Row, RowFile, list_problems, load_rows

__all__ = ["read_bytes", "read_labelled"]

_JOINS = re.compile(r"[;；|,，、]")
_SUFFIXES = (".jsonl", ".ndjson", ".csv", ".xlsx")


@dataclass
class _Reading:
    """What was read so far, and what is to be told."""

    forms: Mapping[str, RowForm]
    texts: list[LabelledText] = field(default_factory=list)
    places: list[str] = field(default_factory=list)  # "train.jsonl line 12" of each text
    problems: list[str] = field(default_factory=list)
    mended: dict[str, list[str]] = field(default_factory=dict)  # key of the message -> places
    tasks: set[str] = field(default_factory=set)


def read_labelled(path: Path, forms: Mapping[str, RowForm]) -> LabelledSet:
    """The texts of a JSONL, CSV or XLSX file, or of a folder that holds one, or train, validation and test.

    Args:
        path: of the file or the folder.
        forms: name of a task -> how its rows look. Each row is read by the last form that knows one of its columns;
            where there is one form only, by that.

    Raises:
        InputError: there is nothing that can be read, or it holds problems; they are listed with their rows.
    """
    reading, digest = _Reading(forms), hashlib.sha256()
    for file, split in _find_files(path):
        data = read_bytes(file)
        digest.update(data)
        _read_file(load_rows(file, data), file, split, reading)
    tasks = [name for name in forms if name in reading.tasks]
    if len(tasks) > 1:
        reading.problems.append(f"some rows have {tasks[0]} and others {' and '.join(tasks[1:])}: give two files")
    reading.problems += _check_duplicates(reading)
    if reading.problems:
        raise InputError(list_problems(path, reading.problems))
    if not reading.texts:
        raise InputError(f"{path} holds no texts: give a column text and a column label, or tokens and tags")
    read = LabelledSet(tasks[0], tuple(reading.texts), str(path), digest.hexdigest())
    if held := _why_alike(read, forms[read.task].least_names):
        raise InputError(f"{path}: there is nothing to tell apart: {held}")
    return replace(read, notices=_notices(read, reading))


def _why_alike(read: LabelledSet, least_names: int) -> str | None:
    """Why there is nothing to tell apart, or None."""
    if not read.names:
        return "it holds no label or entity"
    if len(read.names) < least_names:
        return f'"{read.names[0]}" is the only label'
    if len(read.texts) > 1 and len({one.items for one in read.texts}) == 1:
        return "the same labels are right of all texts"
    return None


def read_bytes(file: Path) -> bytes:
    """What a file of texts holds.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: the texts cannot be opened ({error.strerror or error})") from error


def _find_files(path: Path) -> list[tuple[Path, Split | None]]:
    """The files to read, each with the split that its name tells."""
    if not path.is_dir():
        return [(path, None)]
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _SUFFIXES)
    splits = {file: split for file in files if (split := _split_of_name(file.stem))}
    if set(splits.values()) >= {"train", "test"}:
        return list(splits.items())
    if len(files) == 1:
        return [(files[0], None)]
    found = ", ".join(file.name for file in files) or "nothing of the kind"
    raise InputError(
        f"{path}: a folder must hold one file of texts (JSONL, CSV, XLSX), or files named train and test, and perhaps "
        f"validation; it holds {found}"
    )


def _split_of_name(stem: str) -> Split | None:
    try:
        return parse_split(stem)
    except ValueError:
        return None


def _read_file(file: RowFile, path: Path, split: Split | None, reading: _Reading) -> None:
    reading.problems += [f"{path.name} {problem}" for problem in file.problems]
    usual = _find_task(dict.fromkeys(file.columns, ""), reading.forms)
    if usual is None:
        reading.problems += [_unknown(file, path, reading.forms)] if file.rows else []
        return
    for row in file.rows:
        place = f"{path.name} {file.unit} {row.number}"
        try:
            text = _parse_row(row, usual, f"t{len(reading.texts) + 1:05d}", place, reading)
        except ValueError as error:
            reading.problems.append(f"{place}: {error}")
            continue
        reading.texts.append(replace(text, split=split or text.split))
        reading.places.append(place)


def _unknown(file: RowFile, path: Path, forms: Mapping[str, RowForm]) -> str:
    *names, last = dict.fromkeys(name for form in forms.values() for name in form.known_by)
    return f"{path.name}: there is no column {', '.join(names)} or {last}; it has {', '.join(file.columns)}"


def _find_task(row: Mapping[str, Any], forms: Mapping[str, RowForm]) -> str | None:
    """The last task that knows the row; the only one there is, whatever the row holds."""
    known = [name for name, form in forms.items() if len(forms) == 1 or form.knows(row)]
    return known[-1] if known else None


def _parse_row(row: Row, usual: str, default_id: str, place: str, reading: _Reading) -> LabelledText:
    """One text; a row that no task knows is read like the rest of its file.

    Raises:
        ValueError: something of it is missing or wrong.
    """
    task = _find_task(row.values, reading.forms) or usual
    reading.tasks.add(task)
    form = reading.forms[task]
    values = form.values(row.values)
    split = parse_split(values["split"]) if values.get("split") else None
    text = replace(form.parse(values), id=parse_text(values.get("id")) or default_id, split=split)
    mended = form.mended(values)
    if mended is not None:
        reading.mended.setdefault(mended, []).append(place)
    return text


def _check_duplicates(reading: _Reading) -> list[str]:
    first: dict[str, int] = {}
    problems = []
    for number, one in enumerate(reading.texts):
        earlier = first.setdefault(one.id, number)
        if earlier != number:
            problems.append(f'{reading.places[number]}: the id "{one.id}" is also that of {reading.places[earlier]}')
    return problems


def _notices(read: LabelledSet, reading: _Reading) -> tuple[Notice, ...]:
    """Mended tags, names that may be one, and contradictions."""
    by_text: dict[str, dict[Items, str]] = defaultdict(dict)
    for one, place in zip(read.texts, reading.places, strict=True):
        by_text[" ".join(one.text.split())].setdefault(one.items, place)
    unlike = tuple(" / ".join(places.values()) for places in by_text.values() if len(places) > 1)
    notices = [Notice(key, tuple(places)) for key, places in reading.mended.items()]
    notices += [Notice("notice.alike_names", tuple(alike)) for alike in _alike(read.names)]
    if joined := tuple(f'"{name}"' for name in read.names if _is_joined(name, read.names)):
        notices.append(Notice("notice.joined_names", joined))
    return (*notices, *([Notice("notice.unlike_labels", unlike)] if unlike else []))


def _is_joined(name: str, names: Sequence[str]) -> bool:
    """Whether a name looks like several with a sign between them, of which one is a name by itself."""
    parts = [part.strip() for part in _JOINS.split(name)]
    return len(parts) > 1 and any(part in names for part in parts)


def _alike(names: Sequence[str]) -> list[list[str]]:
    groups = defaultdict(list)
    for name in names:
        groups["".join(filter(str.isalnum, name.casefold()))].append(f'"{name}"')
    return [group for key, group in groups.items() if len(group) > 1 and key]
