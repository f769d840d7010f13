"""New texts from a file, and into one with what was said of them. Knows no model."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.errors import InputError
from assay.labelling.example import Task
from assay.labelling.finished import Tagged
from assay.labelling.reading import by_meaning, parse_body, read_bytes
from assay.questions.rows import Row, list_problems, load_lines, load_rows
from assay.questions.writing import write_rows

__all__ = ["TextFile", "as_file", "read_texts", "write_tagged"]


@dataclass(frozen=True)
class TextFile:
    """The rows of a file, in order, and the text of each."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    texts: tuple[str, ...]


def read_texts(path: Path) -> TextFile:
    """The texts of a JSONL, JSON, CSV or XLSX file with a column "text", or the lines of a .txt file.

    Raises:
        InputError: it holds no texts, or problems; they are listed with their rows.
    """
    data = read_bytes(path)
    file = load_lines(path, data) if path.suffix.lower() == ".txt" else load_rows(path, data)
    texts, problems = [], list(file.problems)
    values = [by_meaning(row) for row in file.rows]
    if values and not any("text" in one for one in values):
        raise InputError(f"{path}: there is no column text; it has {', '.join(file.columns)}")
    for row, one in zip(file.rows, values, strict=True):
        try:
            texts.append(parse_body(one.get("text", "")))
        except ValueError as error:
            problems.append(f"{file.unit} {row.number}: {error}")
    if problems:
        raise InputError(list_problems(path, problems))
    if not texts:
        raise InputError(f"{path} holds no texts")
    return TextFile(file.columns, file.rows, tuple(texts))


def as_file(texts: Sequence[str]) -> TextFile:
    """Texts that come from no file, as if they did."""
    rows = tuple(Row(number, {"text": text}) for number, text in enumerate(texts, start=1))
    return TextFile(("text",), rows, tuple(texts))


def write_tagged(file: TextFile, tagged: Sequence[Tagged], task: Task, path: Path) -> None:
    """The rows of the file with two more columns, label or entities and probability, as .csv or .jsonl.

    It can be read as labelled texts. Where the file has a column of such a name already, that of what was said is
    called label_said, and so on.

    Raises:
        InputError: see `assay.questions.writing.check_target`.
    """
    said = [_said(one, task) for one in tagged]
    names = {name: _free(name, file.columns) for name in said[0]}
    rows = [
        row.values | {names[name]: value for name, value in one.items()}
        for row, one in zip(file.rows, said, strict=True)
    ]
    write_rows(rows, [*file.columns, *names.values()], path)


def _said(one: Tagged, task: Task) -> dict[str, Any]:
    found = [{"start": e.start, "end": e.end, "type": e.type, "text": one.text[e.start : e.end]} for e in one.entities]
    sure = None if one.probability is None else round(one.probability, 4)
    return {"label": one.label, "probability": sure} if task == "labels" else {"entities": found, "probability": sure}


def _free(name: str, columns: Sequence[str]) -> str:
    taken = {column.strip().lower() for column in columns}
    while name in taken:
        name += "_said"
    return name
