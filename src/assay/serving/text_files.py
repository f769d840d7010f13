"""New texts from a file, and into one with what was said of them. Knows no model and no task."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assay.bench.parts import blaming_parts
from assay.errors import InputError
from assay.labelled.labelled_files import read_bytes
from assay.labelled.row_form import RowForm
from assay.questions.rows import Row, list_problems, load_lines, load_rows
from assay.questions.writing import write_rows
from assay.serving.tagging import Tagged

__all__ = ["TextFile", "as_file", "read_texts", "write_tagged"]


@dataclass(frozen=True)
class TextFile:
    """The rows of a file, in order, and the text of each."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    texts: tuple[str, ...]


@blaming_parts()
def read_texts(path: Path, form: RowForm) -> TextFile:
    """The texts of a JSONL, JSON, CSV or XLSX file with the columns of the task, or the lines of a .txt file.

    Raises:
        InputError: it holds no texts, or problems; they are listed with their rows.
    """
    data = read_bytes(path)
    file = load_lines(path, data) if path.suffix.lower() == ".txt" else load_rows(path, data)
    texts, problems = [], list(file.problems)
    values = [form.values(row.values) for row in file.rows]
    if values and not any(column in one for one in values for column in form.new_columns):
        raise InputError(
            f"{path}: there is no column {' or '.join(form.new_columns)}; it has {', '.join(file.columns)}"
        )
    for row, one in zip(file.rows, values, strict=True):
        try:
            texts.append(form.parse_new(one))
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


def write_tagged(file: TextFile, tagged: Sequence[Tagged], form: RowForm, path: Path) -> None:
    """The rows of the file with more columns, what the task writes and the probability, as .csv or .jsonl.

    It can be read as labelled texts. Where the file has a column of such a name already, that of what was said is
    called label_said, and so on.

    Raises:
        InputError: see `assay.questions.writing.check_target`.
    """
    said = [form.write(one.labelled) | {"probability": _rounded(one.probability)} for one in tagged]
    names = {name: _free(name, file.columns) for name in said[0]}
    rows = [
        row.values | {names[name]: value for name, value in one.items()}
        for row, one in zip(file.rows, said, strict=True)
    ]
    write_rows(rows, [*file.columns, *names.values()], path)


def _rounded(probability: float | None) -> float | None:
    return None if probability is None else round(probability, 4)


def _free(name: str, columns: Sequence[str]) -> str:
    taken = {column.strip().lower() for column in columns}
    while name in taken:
        name += "_said"
    return name
