"""What people see of what was drawn, and the workbook to mark it in. Tells neither cell nor the scorer's mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.errors import InputError
from assay.marks.drawing import Draw
from assay.verdict.result import QuestionView, RunResult
from assay.words import message

__all__ = ["COLUMNS", "SheetRow", "sheet_rows", "write_workbook"]

COLUMNS = ("row", "question", "accepted", "evidence", "answer", "mark", "remark")
_WIDTHS = {"row": 10, "question": 38, "accepted": 26, "evidence": 44, "answer": 44, "mark": 12, "remark": 24}
_LONGEST = 32_000  # characters that a cell of a workbook takes


@dataclass(frozen=True)
class SheetRow:
    """One answer to be marked; `accepted` is empty where it is right to say that the documents do not tell."""

    row: str
    question: str
    accepted: tuple[str, ...]
    answer: str
    quote: str
    source: str  # file and page of the evidence


def sheet_rows(draw: Draw, result: RunResult, lang: str) -> list[SheetRow]:
    """The rows of a draw, in its order."""
    questions = {question.id: question for question in result.questions}
    return [_row(row.row, row.text, questions[row.question], lang) for row in draw.rows]


def _row(id: str, text: str, question: QuestionView, lang: str) -> SheetRow:
    if not question.answerable:  # what it names as its document does not hold an answer
        return SheetRow(id, question.text, (), text, "", "")
    return SheetRow(id, question.text, tuple(question.answers), text, question.quote or "", _source(question, lang))


def _source(question: QuestionView, lang: str) -> str:
    if not question.document or question.page is None:
        return question.document or ""
    return message("sheet.source", lang, document=question.document, page=question.page)


def write_workbook(rows: Sequence[SheetRow], run: str, path: Path, lang: str) -> None:
    """An XLSX with a row an answer, a list to choose the mark from, and a field for the name of whoever marks.

    Every cell is text, so that no answer turns into a date or a formula.

    Raises:
        InputError: the file cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    try:
        with xlsxwriter.Workbook(path) as book:
            _fill(book, rows, run, lang)
    except (OSError, XlsxWriterException) as error:
        raise InputError(f"cannot write {path}: {error}. Give another file with --to") from error


def _fill(book: Any, rows: Sequence[SheetRow], run: str, lang: str) -> None:
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    field = book.add_format({"num_format": "@", "bg_color": "#FFF7D6", "border": 1, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top", "bottom": 1})
    sheet = book.add_worksheet(message("sheet.tab", lang))
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, message("sheet.how", lang), text)
    sheet.set_row(0, 64)
    for place, (name, value) in enumerate((("person", ""), ("run", run)), start=1):
        sheet.write_string(place, 0, message(f"sheet.{name}", lang), bold)
        sheet.write_string(place, 1, value, field if name == "person" else text)
    for place, name in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDTHS[name])
        sheet.write_string(3, place, message(f"sheet.{name}", lang), bold)
    for number, row in enumerate(rows, start=4):
        for place, value in enumerate(_cells(row, lang)):
            sheet.write_string(number, place, value[:_LONGEST], text)
        sheet.write_blank(number, COLUMNS.index("mark"), None, field)
        sheet.write_blank(number, COLUMNS.index("remark"), None, text)
    said = [message(f"sheet.said.{mark}", lang) for mark in ("y", "n", "u")]
    mark = COLUMNS.index("mark")
    sheet.data_validation(4, mark, 3 + len(rows), mark, {"validate": "list", "source": said, "error_type": "warning"})
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)


def _cells(row: SheetRow, lang: str) -> list[str]:
    accepted = "\n".join(row.accepted) or message("sheet.none_accepted", lang)
    evidence = "\n".join(one for one in (row.quote, row.source) if one)
    return [row.row, row.question, accepted, evidence, row.answer or message("sheet.empty", lang)]
