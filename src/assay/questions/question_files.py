"""A file of questions to a checked QuestionSet. All that is wrong with the file is told at once."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from assay.errors import InputError
from assay.questions.column_matching import Matched, match_columns
from assay.questions.columns import (
    is_empty,
    parse_answers,
    parse_flag,
    parse_origin,
    parse_page,
    parse_quote,
    parse_split,
    parse_text,
    parse_tolerance,
    parse_type,
)
from assay.questions.formats import Translated, detect_format, translate_rows
from assay.questions.in_memory import Source, describe_source, in_memory_rows
from assay.questions.normalising import squash, squash_signed
from assay.questions.question import Evidence, Question, QuestionSet, Reading
from assay.questions.reading_lines import reading_lines
from assay.questions.rows import Row, RowFile, list_problems, load_rows
from assay.questions.sets.known_sets import detect_tool, translate_set

__all__ = ["read_questions"]


T = TypeVar("T")


def read_questions(
    source: Source,
    extra: Sequence[str] = (),
    check: Callable[[Question], None] | None = None,
    named: Mapping[str, str] = MappingProxyType({}),
) -> QuestionSet:
    """The questions of a file, a list of dicts or a frame, in order, with ids q0001, ... where none are given.

    Columns are known by their meaning, see `assay.questions.column_matching`; question sets of other tools and
    training data by their keys, see `assay.questions.sets` and `assay.questions.formats`.

    Args:
        source: a JSONL, JSON, YAML, CSV or XLSX file; or questions in memory, see `assay.questions.in_memory`.
        extra: further columns that must be there and are kept.
        check: raises ValueError for a question that is not as it should be.
        named: meaning -> the column that holds it, where a person says so; the rest is found by meaning.

    Raises:
        InputError: the file is missing, of another kind or empty, or holds problems; they are listed with their rows.
    """
    rows, data = _open(source)
    translated, reading = _as_question_file(rows, extra) if not named else (Translated(rows), None)
    file = translated.file
    matched = match_columns(file, extra, named)
    reading = reading or matched.reading
    missing = _check_extra(file, extra)
    problems = [*file.problems, *matched.problems, *missing]
    numbered: list[tuple[int, Question]] = []
    if "question" in matched.columns and {"answers", "answerable"} & set(matched.columns):
        for position, row in enumerate(file.rows, start=1):
            question, found = _parse_row(row, position, file, matched, extra)
            problems += found
            if question:
                numbered.append((row.number, question))
                problems += _check_question(question, None if missing else check, f"{file.unit} {row.number}")
        problems += _check_duplicates(numbered, file.unit)
    name = describe_source(source)
    if problems:
        listed = list_problems(name, sorted(problems, key=_line_of))  # whatever check found them
        raise InputError("\n".join([listed, *reading_lines(reading, "en")]))
    if not numbered:
        raise InputError(f"{name} holds no questions: give at least a column question and a column answers")
    went_on = tuple(question.id for number, question in numbered if number in translated.went_on)
    questions = tuple(question for _, question in numbered)
    digest = hashlib.sha256(data).hexdigest()
    return QuestionSet(questions, name, digest, went_on, reading, len(translated.left_out))


def _open(source: Source) -> tuple[RowFile, bytes]:
    """The rows, and the bytes that they are told apart by."""
    if not isinstance(source, str | Path):
        return in_memory_rows(source)
    path = Path(source)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: the questions cannot be opened ({error.strerror or error})") from error
    return load_rows(path, data), data


def _as_question_file(file: RowFile, extra: Sequence[str]) -> tuple[Translated, Reading | None]:
    """The rows under our names, and how they were read where they are another tool's."""
    tool = detect_tool(file.columns)
    if tool:
        translated, reading = translate_set(file, tool, extra)
        return Translated(translated), reading
    name = detect_format(file.columns)
    return (translate_rows(file, name, extra), Reading()) if name else (Translated(file), None)


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


def _parse_row(
    row: Row, position: int, file: RowFile, matched: Matched, extra: Sequence[str]
) -> tuple[Question | None, list[str]]:
    """The question of one row, or None with what is wrong with it."""
    problems: list[str] = []

    def parsed(meaning: str, parse: Callable[[Any], T], default: T) -> T:
        for name in matched.columns.get(meaning, ()):
            value = row.values.get(name)
            if not is_empty(value):
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
        parsed("document", parse_text, None), parsed("page", parse_page, None), parsed("quote", parse_quote, None)
    )
    split = parsed("split", parse_split, None)
    groups = parsed("groups", lambda value: parse_answers(value, file.is_table), nothing) or None
    origin = parsed("origin", parse_origin, None) or "written"
    new_answers = parsed("new_answer", lambda value: parse_answers(value, file.is_table), nothing)
    kind, tolerance = parsed("type", parse_type, ""), parsed("tolerance", parse_tolerance, "")
    form = parsed("form", parse_text, None) or ""
    told_more = tuple((name, cell) for name in extra if (cell := parsed(name.lower(), parse_text, None)))
    question_id = parsed("id", parse_text, None) or f"q{position:04d}"
    if not problems:
        problems += [f"{file.unit} {row.number}: {flaw}" for flaw in _flaws(text, answers, answerable)]
    if problems or text is None:
        return None, problems
    has_evidence = evidence != Evidence()
    told = evidence if has_evidence else None
    is_answerable = answerable is not False
    made = Question(
        question_id,
        text,
        answers,
        is_answerable,
        told,
        split,
        groups,
        origin=origin,
        new_answers=new_answers,
        type=kind,
        tolerance=tolerance,
        form=form,
        extra=told_more,
    )
    return made, []


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
        earlier = first_text.setdefault((squash_signed(question.text), question.groups), number)
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
