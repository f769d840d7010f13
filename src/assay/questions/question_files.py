"""A file of questions to a checked QuestionSet. All that is wrong with the file is told at once."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from assay.errors import InputError
from assay.questions.columns import (
    COLUMNS,
    describe_unknown,
    parse_answers,
    parse_flag,
    parse_origin,
    parse_page,
    parse_split,
    parse_text,
)
from assay.questions.formats import detect_format, translate_rows
from assay.questions.normalising import squash
from assay.questions.question import Evidence, Question, QuestionSet
from assay.questions.rows import Row, RowFile, list_problems, load_rows

__all__ = ["read_questions"]


T = TypeVar("T")


def read_questions(
    path: Path, extra: Sequence[str] = (), check: Callable[[Question], None] | None = None
) -> QuestionSet:
    """The questions of a JSONL, JSON, CSV or XLSX file in file order, with ids q0001, ... where the file gives none.

    Training data in one of the field's formats is read too, known by its keys: see `assay.questions.formats`.

    Args:
        path: the file.
        extra: further columns that must be there and are kept.
        check: raises ValueError for a question that is not as it should be.

    Raises:
        InputError: the file is missing, of another kind or empty, or holds problems; they are listed with their rows.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: the questions cannot be opened ({error.strerror or error})") from error
    file, first_turns = _as_question_file(load_rows(path, data), extra)
    missing = _check_extra(file, extra)
    problems = [*file.problems, *_check_columns(file, extra), *missing]
    numbered: list[tuple[int, Question]] = []
    if "question" in _meanings(file):
        for position, row in enumerate(file.rows, start=1):
            question, found = _parse_row(row, position, file, extra)
            problems += found
            if question:
                numbered.append((row.number, question))
                problems += _check_question(question, None if missing else check, f"{file.unit} {row.number}")
        problems += _check_duplicates(numbered, file.unit)
    if problems:
        raise InputError(list_problems(path, sorted(problems, key=_line_of)))  # whatever check found them
    if not numbered:
        raise InputError(f"{path} holds no questions: give at least a column question and a column answers")
    went_on = tuple(question.id for number, question in numbered if number in first_turns)
    return QuestionSet(
        tuple(question for _, question in numbered), str(path), hashlib.sha256(data).hexdigest(), went_on
    )


def _as_question_file(file: RowFile, extra: Sequence[str]) -> tuple[RowFile, frozenset[int]]:
    name = detect_format(file.columns)
    return translate_rows(file, name, extra) if name else (file, frozenset())


def _meaning(name: str) -> str | None:
    return COLUMNS.get(name.strip().lower())


def _meanings(file: RowFile) -> set[str | None]:
    return {_meaning(name) for name in file.columns}


def _check_columns(file: RowFile, extra: Sequence[str]) -> list[str]:
    problems = []
    for name in file.columns:
        if _meaning(name) is None and name.strip().lower() not in {wanted.lower() for wanted in extra}:
            number = 1 if file.is_table else next(row.number for row in file.rows if name in row.values)
            problems.append(f"{file.unit} {number}: {describe_unknown(name)}")
    if file.rows and "question" not in _meanings(file):
        number = 1 if file.is_table else file.rows[0].number
        problems.append(f"{file.unit} {number}: there is no column question, and no known format of training data")
    return problems


def _check_extra(file: RowFile, extra: Sequence[str]) -> list[str]:
    there = {name.strip().lower() for name in file.columns}
    missing = [name for name in extra if file.rows and name.lower() not in there]
    number = 1 if file.is_table or not file.rows else file.rows[0].number
    return [f"{file.unit} {number}: there is no column {name}, which the scorer reads" for name in missing]


def _check_question(question: Question, check: Callable[[Question], None] | None, where: str) -> list[str]:
    try:
        if check is not None:
            check(question)
    except ValueError as error:
        return [f"{where}: {error}"]
    return []


def _parse_row(row: Row, position: int, file: RowFile, extra: Sequence[str]) -> tuple[Question | None, list[str]]:
    """The question of one row, or None with what is wrong with it."""
    problems: list[str] = []

    def parsed(meaning: str, parse: Callable[[Any], T], default: T) -> T:
        for name, value in row.values.items():
            if meaning in (_meaning(name), name.strip().lower()) and value not in (None, ""):
                try:
                    return parse(value)
                except ValueError as error:
                    problems.append(f"{file.unit} {row.number}: {name} {error}")
        return default

    nothing: tuple[str, ...] = ()
    text = parsed("question", parse_text, None)
    answers = parsed("answers", lambda value: parse_answers(value, file.is_table), nothing)
    answerable = parsed("answerable", parse_flag, None)
    evidence = Evidence(
        parsed("document", parse_text, None), parsed("page", parse_page, None), parsed("quote", parse_text, None)
    )
    split = parsed("split", parse_split, None)
    groups = parsed("groups", lambda value: parse_answers(value, file.is_table), nothing) or None
    origin = parsed("origin", parse_origin, None) or "written"
    new_answers = parsed("new_answers", lambda value: parse_answers(value, file.is_table), nothing)
    told_more = tuple((name, cell) for name in extra if (cell := parsed(name.lower(), parse_text, None)))
    question_id = parsed("id", parse_text, None) or f"q{position:04d}"
    if not problems:
        problems += [f"{file.unit} {row.number}: {flaw}" for flaw in _flaws(text, answers, answerable)]
    if problems or text is None:
        return None, problems
    has_evidence = evidence != Evidence()
    told = evidence if has_evidence else None
    is_answerable = answerable is not False
    made = Question(question_id, text, answers, is_answerable, told, split, groups, origin=origin)
    return replace(made, new_answers=new_answers, extra=told_more), []


def _flaws(text: str | None, answers: tuple[str, ...], answerable: bool | None) -> list[str]:
    flaws = []
    if text is None or not squash(text):
        flaws.append("there is no question")
    if not answers and answerable is not False:
        flaws.append("there are no accepted answers: give some, or set answerable to false")
    if answers and answerable is False:
        flaws.append("the question is marked as not answerable but has accepted answers: take one of them away")
    return flaws


def _check_duplicates(numbered: list[tuple[int, Question]], unit: str) -> list[str]:
    problems = []
    first_text: dict[tuple[str, tuple[str, ...] | None], int] = {}
    first_id: dict[str, int] = {}
    for number, question in numbered:
        earlier = first_text.setdefault((squash(question.text), question.groups), number)
        if earlier != number:
            problems.append(f"{unit} {number}: the same question as in {unit} {earlier}: keep one of them")
        earlier = first_id.setdefault(question.id, number)
        if earlier != number:
            problems.append(
                f'{unit} {number}: the id "{question.id}" is also that of {unit} {earlier}: ids must differ'
            )
    return problems


def _line_of(problem: str) -> int:
    """The number in "line 12: ..."."""
    return int(problem.split(":", 1)[0].split()[1])
