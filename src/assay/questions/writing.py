"""Questions, or any rows, to a file: a table that a person edits in a spreadsheet, JSONL, a format to train on."""

import csv
import io
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assay.bench.whole_files import write_whole
from assay.errors import InputError
from assay.questions.formats import Format, render_example
from assay.questions.formulas import guard_text
from assay.questions.question import Question

__all__ = ["ROWS", "TABLES", "check_target", "render_rows", "write_examples", "write_questions", "write_rows"]

TABLES = (".csv", ".xlsx", ".jsonl")  # what question files are written as
ROWS = (".csv", ".jsonl")  # what rows of any kind are written as; a cell of a workbook holds 32,767 characters at most

_COLUMNS = (
    "id",
    "question",
    "answers",
    "document",
    "page",
    "quote",
    "answerable",
    "split",
    "origin",
    "groups",
    "new_answer",
    "type",
    "tolerance",
    "form",
    "notes",
)
_OPTIONAL = ("groups", "new_answer", "type", "tolerance", "form", "notes")  # left out where no question has any
_WIDTHS = {"question": 60, "answers": 30, "document": 30, "quote": 60, "notes": 40}
_ENCODING = "utf-8-sig"  # the mark by which spreadsheets know UTF-8


def check_target(path: Path, kinds: Sequence[str]) -> None:
    """Nothing when a file of this name can be written.

    Raises:
        InputError: it is there already, since somebody may have edited it; it is of another kind, or in a folder that
            is missing or cannot be written to.
    """
    if path.suffix.lower() not in kinds:
        raise InputError(f'{path}: can be written as {", ".join(kinds)}, not as "{path.suffix}"')
    if path.exists():
        raise InputError(f"{path} is there already, and somebody may have edited it: give another name, or delete it")
    folder = path.resolve().parent
    if not folder.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}")
    if not os.access(folder, os.W_OK):
        raise InputError(f"{path}: the folder {path.parent} cannot be written to: give another one")


def write_questions(questions: Sequence[Question], path: Path, notes: Mapping[str, str] | None = None) -> None:
    """A question file that reads back as the same questions, by its suffix: .csv, .xlsx or .jsonl.

    Args:
        questions: in the order of the rows.
        path: what is there is not overwritten.
        notes: question id -> what a person should know; read past when the file is read.

    Raises:
        InputError: see `check_target`; or answers that a table cannot hold.
    """
    check_target(path, TABLES)
    is_table = path.suffix.lower() != ".jsonl"
    if is_table:
        _check_cells(questions, path)
    rows = [_row(question, (notes or {}).get(question.id, ""), is_table) for question in questions]
    extra = dict.fromkeys(name for question in questions for name, _ in question.extra)
    columns = [name for name in _COLUMNS if name not in _OPTIONAL or any(row[name] for row in rows)]
    columns += [name for name in extra if name not in columns]
    write_whole(path, render_rows([dict.fromkeys(extra, "") | row for row in rows], columns, path.suffix))


def write_examples(questions: Sequence[Question], path: Path, name: Format, lang: str) -> None:
    """Training examples in one of the field's formats: a .jsonl, or one list in a .json.

    Raises:
        InputError: see `check_target`.
    """
    check_target(path, (".jsonl", ".json"))
    rows = [render_example(question, name, lang) for question in questions]
    if path.suffix.lower() == ".json":
        text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    else:
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    write_whole(path, text.encode())


def write_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], path: Path) -> None:
    """A file of the kind that its suffix names, of those in `ROWS`; a list in a table is JSON.

    Args:
        rows: what one lacks is left out, or empty in a table.
        columns: in order.
        path: what is there is not overwritten.

    Raises:
        InputError: see `check_target`.
    """
    check_target(path, ROWS)
    write_whole(path, render_rows(rows, columns, path.suffix))


def render_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], suffix: str) -> bytes:
    """What a file of rows with this suffix holds, as `write_rows` writes it."""
    return _RENDERED[suffix.lower()](columns, rows)


def _check_cells(questions: Sequence[Question], path: Path) -> None:
    wrong = [q.id for q in questions if any("|" in text or "\n" in text for text in (*q.answers, *q.new_answers))]
    if wrong:
        shown = ", ".join(wrong[:10]) + (", ..." if len(wrong) > 10 else "")
        raise InputError(
            f'{path}: {len(wrong)} questions have an answer with "|" or a line break, which parts answers in a table: '
            f"write a .jsonl ({shown})"
        )


def _row(question: Question, note: str, is_table: bool) -> dict[str, Any]:
    evidence = question.evidence
    groups = list(question.groups or ())
    return {
        "id": question.id,
        "question": question.text,
        "answers": "|".join(question.answers) if is_table else list(question.answers),
        "document": evidence.document if evidence else None,
        "page": evidence.page if evidence else None,
        "quote": evidence.quote if evidence else None,
        "answerable": question.answerable,
        "split": question.split,
        "origin": question.origin,
        "groups": "|".join(groups) if is_table else groups,
        "new_answer": "|".join(question.new_answers) if is_table else list(question.new_answers),
        "type": question.type,
        "tolerance": question.tolerance,
        "form": question.form,
        "notes": note,
    } | dict(question.extra)


def _cell(value: Any) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and value.is_integer():  # of a workbook, where every number is one
        value = int(value)
    return ("true" if value else "false") if isinstance(value, bool) else "" if value is None else str(value)


def _guarded(value: Any) -> str:
    return guard_text(value) if isinstance(value, str) else _cell(value)


def _csv_bytes(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guard_text(name) for name in columns])
    writer.writerows([_guarded(row.get(name)) for name in columns] for row in rows)
    return text.getvalue().encode(_ENCODING)


def _jsonl_bytes(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    kept = [{name: row[name] for name in columns if name in row} for row in rows]
    lines = [json.dumps(row, ensure_ascii=False, default=str) for row in kept]  # dates of a workbook are no JSON
    return "".join(line + "\n" for line in lines).encode()


def _xlsx_bytes(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Every cell is text, so that no answer turns into a date or a formula."""
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("questions")
        wrap, bold = (
            book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
            book.add_format({"bold": 1}),
        )
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(columns):
            sheet.set_column(place, place, _WIDTHS.get(name, 12), wrap)
            sheet.write_string(0, place, name, bold)
            for number, row in enumerate(rows, start=1):
                sheet.write_string(number, place, _cell(row[name]), wrap)
    return data.getvalue()


_RENDERED: dict[str, Callable[[Sequence[str], Sequence[Mapping[str, Any]]], bytes]] = {
    ".csv": _csv_bytes,
    ".xlsx": _xlsx_bytes,
    ".jsonl": _jsonl_bytes,
}
