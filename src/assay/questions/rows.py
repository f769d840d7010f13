"""A question file to rows, by its kind. Knows file formats; does not know what a question needs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assay.corpus.delimited import UnclosedQuote, guess_delimiter, parse_delimited
from assay.corpus.document import UnreadableFile
from assay.corpus.encoding import decode_text
from assay.corpus.workbooks import read_workbook
from assay.errors import InputError
from assay.plain_text import plain_text
from assay.questions.formulas import unguard_text

__all__ = ["KINDS", "Row", "RowFile", "list_problems", "load_lines", "load_rows", "parse_json", "rows_of_objects"]

KINDS = (".jsonl", ".ndjson", ".json", ".yaml", ".yml", ".csv", ".tsv", ".xlsx", ".xlsm")
_SHOWN_PROBLEMS = 50
_DEEPEST = 50  # lists and objects within each other
_HOLDERS = ("tests", "examples", "goldens", "samples", "questions", "data", "rows")  # what names a list in an object


@dataclass(frozen=True)
class Row:
    """One question as it stands in the file; `number` is what an editor or a spreadsheet shows beside it."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class RowFile:
    """The rows of a file, the names of its columns as written, and the rows that could not be parsed."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    problems: tuple[str, ...]
    is_table: bool  # a cell holds text only, so several answers share one
    unit: str  # "line", "row" or "item"


def load_rows(path: Path, data: bytes) -> RowFile:
    """The rows of a JSONL, JSON, YAML, CSV or XLSX file.

    Raises:
        InputError: of another kind, or not readable at all.
    """
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return _load_jsonl(_decode(path, data))
    if suffix == ".json":
        return _load_json(path, _decode(path, data))
    if suffix in (".yaml", ".yml"):
        return _load_yaml(path, _decode(path, data))
    if suffix in (".csv", ".tsv"):
        return _load_csv(_decode(path, data))
    if suffix in (".xlsx", ".xlsm"):
        return _load_xlsx(path, data)
    raise InputError(f'{path}: rows are read from .jsonl, .json, .yaml, .csv or .xlsx, not from "{suffix}"')


def load_lines(path: Path, data: bytes) -> RowFile:
    """The lines of a plain text, each a row with the one column "text"; empty ones are left out.

    Raises:
        InputError: its encoding is not known.
    """
    lines = enumerate(_decode(path, data).split("\n"), start=1)
    rows = [Row(number, {"text": plain_text(line)}) for number, line in lines if line.strip()]
    return RowFile(tuple(rows), ("text",), (), is_table=True, unit="line")


def _decode(path: Path, data: bytes) -> str:
    try:
        return decode_text(data)
    except UnicodeError as error:
        raise InputError(f"{path}: the text's encoding is not known; save the file as UTF-8") from error


def _load_jsonl(text: str) -> RowFile:
    rows: list[Row] = []
    problems: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = parse_json(line)
        except ValueError as error:
            problems.append(f"line {number}: not valid JSON ({error})")
            continue
        rows.append(Row(number, value))
    return _from_objects(rows, problems, "line")


def _load_json(path: Path, text: str) -> RowFile:
    """The objects of one JSON list, as training data often comes."""
    try:
        items = parse_json(text)
    except ValueError as error:
        raise InputError(f"{path}: not valid JSON ({error}); one object a line belongs into a .jsonl file") from error
    return rows_of_objects(_listed(path, items), "item")


def parse_json(text: str) -> Any:
    """The value that stands there.

    Raises:
        ValueError: it is no JSON, or nested without end.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("lists or objects are nested too deeply") from error


def _load_yaml(path: Path, text: str) -> RowFile:
    """The mappings of a YAML list; every value is the text that stands there: 4.50 is no number, 12:30 no time."""
    import yaml

    try:
        items = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(
            f"{path}: not valid YAML 1.1, in which a text with ? or : stands in quotes ({' '.join(str(error).split())})"
        ) from error
    return rows_of_objects(_listed(path, items), "item")


def _listed(path: Path, items: Any) -> list[Any]:
    """The list that a file holds, alone or under one of the usual names.

    Raises:
        InputError: it holds none.
    """
    if isinstance(items, dict):
        held = [name for name in _HOLDERS if name in items]
        elsewhere = [one for name in held[:1] for one in _as_list(items[name]) if isinstance(one, str)]
        if elsewhere:
            raise InputError(f"{path}: its {held[0]} are in another file, {elsewhere[0]}: give that one")
        items = items[held[0]] if held else items
    if not isinstance(items, list):
        got = f"an object with {', '.join(items) or 'nothing'}" if isinstance(items, dict) else type(items).__name__
        raise InputError(f"{path}: must be a list of objects, or hold one under {' or '.join(_HOLDERS)}, got {got}")
    return items


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def rows_of_objects(items: Sequence[Any], unit: str, is_table: bool = False) -> RowFile:
    """The rows of objects, counted from 1; `is_table`: several answers may share a text, parted by "|"."""
    read = _from_objects([Row(number, item) for number, item in enumerate(items, start=1)], [], unit)
    return replace(read, is_table=is_table)


def _from_objects(rows: list[Row], problems: list[str], unit: str) -> RowFile:
    objects: list[Row] = []
    for row in rows:
        try:
            objects += [Row(row.number, _plain(row.values))] if isinstance(row.values, dict) else []
        except ValueError as error:
            problems.append(f"{unit} {row.number}: {error}")
    wrong = [row for row in rows if not isinstance(row.values, dict)]
    problems += [
        f"{unit} {row.number}: must be a JSON object, with names and values between {{ and }}" for row in wrong
    ]
    columns = dict.fromkeys(str(name) for row in objects for name in row.values)
    return RowFile(tuple(objects), tuple(columns), tuple(problems), is_table=False, unit=unit)


def _plain(value: Any, depth: int = 0) -> Any:
    """A value whose texts can be written and shown.

    Raises:
        ValueError: it is nested too deeply, or holds half a character.
    """
    if isinstance(value, str):
        return _whole(plain_text(value), value)
    if isinstance(value, dict | list) and depth == _DEEPEST:
        raise ValueError("lists or objects are nested too deeply")
    if isinstance(value, dict):
        return {_plain(name, depth): _plain(held, depth + 1) for name, held in value.items()}
    return [_plain(part, depth + 1) for part in value] if isinstance(value, list) else value


def _whole(text: str, written: str) -> str:
    if text.count("\ufffd") > written.count("\ufffd"):
        raise ValueError("a text holds half a character, as exports have it that were cut there: write it again")
    return text


def _load_csv(text: str) -> RowFile:
    cells: list[list[str]] = []
    try:
        for line in parse_delimited(*guess_delimiter(text, "\t;,"), is_strict=True):
            cells.append([unguard_text(cell) for cell in line])
    except UnclosedQuote as error:
        where = f"row {len(cells) + 1}"
        told = f"{where}: a quotation mark opens a cell and is not closed at its end: close it, or double it ({error})"
        return _from_cells(cells, [told])
    return _from_cells(cells)


def _load_xlsx(path: Path, data: bytes) -> RowFile:
    """The cells as they are shown, of sheets that are."""
    try:
        sheets = [sheet.rows for sheet in read_workbook(data).sheets if not sheet.is_hidden]
    except UnreadableFile as error:
        raise InputError(f"{path}: the workbook cannot be read ({error}); save it again without a password") from error
    return _from_cells(_table_of(sheets))


def _table_of(sheets: Sequence[Sequence[Sequence[str]]]) -> Sequence[Sequence[str]]:
    """The first sheet whose first row names columns, past a cover; else the first that holds anything."""
    named = [sheet for sheet in sheets if sheet and _n_filled(sheet[0]) > 1]
    held = [sheet for sheet in sheets if any(map(_n_filled, sheet))]
    return [*named, *held, ()][0]


def _n_filled(line: Sequence[Any]) -> int:
    return sum(bool(str(cell).strip()) for cell in line)


def _from_cells(cells: Sequence[Sequence[Any]], found: Sequence[str] = ()) -> RowFile:
    """The rows below the headings; `found` are problems of the file."""
    header = _told_apart([plain_text(str(cell)).strip() for cell in cells[0]] if cells else [])
    remedy = "quote a text with commas" + ("" if _n_filled(header) > 1 else ", or put the headings into row 1")
    columns = f"{len(header)} {'column' if len(header) == 1 else 'columns'}"
    rows: list[Row] = []
    problems = list(found)
    for number, line in enumerate(cells[1:], start=2):
        if not _n_filled(line):
            continue
        if _n_filled(line[len(header) :]):
            problems.append(f"row {number}: {len(line)} cells, but {columns}; {remedy}")
            continue
        rows.append(Row(number, {name: _plain(cell) for name, cell in zip(header, line, strict=False) if name}))
    names = tuple(dict.fromkeys(name for name in header if name))
    return RowFile(tuple(rows), names, tuple(problems), is_table=True, unit="row")


def _told_apart(names: Sequence[str]) -> list[str]:
    """Names of columns; one that stands there again has its number behind it."""
    return [f"{name} ({n})" if name and (n := names[: i + 1].count(name)) > 1 else name for i, name in enumerate(names)]


def list_problems(path: Path | str, problems: Sequence[str]) -> str:
    """One message of them all, or of the first fifty."""
    n_problems = len(problems)
    lines = [f"{path} has {n_problems} {'problem' if n_problems == 1 else 'problems'}:"]
    lines += [f"  {problem}" for problem in problems[:_SHOWN_PROBLEMS]]
    if n_problems > _SHOWN_PROBLEMS:
        lines.append(f"  and {n_problems - _SHOWN_PROBLEMS} more")
    return "\n".join(lines)
