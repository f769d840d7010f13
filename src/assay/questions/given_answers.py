"""Answers that another system gave to questions: read from a file or rows, and matched with the questions.

Knows files, columns and questions. Does not know what is right. All that is wrong is told at once, with its rows.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from assay.bench.keys import key_of
from assay.errors import InputError
from assay.questions.columns import is_empty, meaning_of, parse_text
from assay.questions.in_memory import Source, in_memory_rows
from assay.questions.normalising import squash
from assay.questions.question import Question, QuestionSet
from assay.questions.rows import RowFile, list_problems, load_rows, parse_json

__all__ = ["GivenAnswer", "GivenAnswers", "read_answers"]

T = TypeVar("T")

_MEANINGS = {
    "id": ("id", "question_id", "编号", "题号"),
    "question": ("question", "query", "input", "user_input", "问题"),
    "answer": ("answer", "response", "reply", "output", "actual_output", "回答", "答案", "答复"),
    "seconds": ("seconds", "latency", "latency_s", "秒", "秒数", "耗时"),
    "price": ("price", "cost", "价格", "费用", "成本"),
    "tokens": ("tokens", "total_tokens", "n_tokens", "词元数"),
    "passages": ("passages", "contexts", "retrieved_contexts", "retrieval_context", "段落", "上下文"),
}
_COLUMNS = {name: meaning for meaning, names in _MEANINGS.items() for name in names}


@dataclass(frozen=True)
class GivenAnswer:
    """What another system said to one question, and what it took as far as that is told."""

    text: str
    seconds: float | None = None
    price: float | None = None  # in whatever money the others are told in
    n_tokens: float | None = None  # read and written, together
    passages: tuple[str, ...] = ()  # the texts that it read, in order


@dataclass(frozen=True)
class GivenAnswers:
    """The answers of one other system, by question id; where it gave none there is no entry."""

    answers: Mapping[str, GivenAnswer]
    source: str  # the file, or what stands for one in messages

    @cached_property
    def key(self) -> str:
        """Changes with anything that was answered or told."""
        return key_of(answers=[[id, asdict(answer)] for id, answer in sorted(self.answers.items())])


def read_answers(source: Source, asked: QuestionSet) -> GivenAnswers:
    """The answers of a JSONL, JSON, CSV or XLSX file, or of rows, to these questions.

    A row names its question by id or by its text; where it gives both, they must belong together. Further columns are
    read past.

    Raises:
        InputError: the file is missing or of another kind, no question is named, or rows are wrong: ids or questions
            that are not asked, that come twice, answers that are empty, costs that are no numbers.
    """
    file, shown = _load(source, asked)
    columns = _find_columns(file, shown)
    _check_order(file, asked, shown)
    match = _Match(asked)
    found: dict[str, GivenAnswer] = {}
    first_row: dict[str, int] = {}
    problems = list(file.problems)
    for row in file.rows:
        where = f"{file.unit} {row.number}"
        try:
            values = {meaning: row.values.get(name) for meaning, name in columns.items()}
            id = match.find(values).id
            answer = _parse(values)
        except ValueError as error:
            problems.append(f"{where}: {error}")
            continue
        if id in found:
            problems.append(f'{where}: "{id}" is answered in {file.unit} {first_row[id]} already: keep one of them')
        found.setdefault(id, answer)
        first_row.setdefault(id, row.number)
    if match.n_found == 0 and file.rows and not file.problems:
        raise InputError(
            f"{shown}: none of its {len(file.rows)} rows answers a question of {asked.path} "
            f"({file.unit} {file.rows[0].number}: {match.first_problem}): is it of another exam?"
        )
    if problems:
        raise InputError(list_problems(Path(shown), problems))
    if not found:
        raise InputError(f"{shown} holds no answers: give a column id or question, and a column answer")
    return GivenAnswers(found, shown)


def _load(source: Source, asked: QuestionSet) -> tuple[RowFile, str]:
    if not isinstance(source, str | Path):
        return in_memory_rows(source)[0], "answers"
    path = Path(source)
    if path.resolve() == Path(asked.path).resolve():
        raise InputError(f"{path} is the file of the questions: give one of what was answered to them")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: the answers cannot be opened ({error.strerror or error})") from error
    return load_rows(path, data), str(path)


def _find_columns(file: RowFile, shown: str) -> dict[str, str]:
    """Meaning -> column as it is written."""
    found: dict[str, str] = {}
    for name in file.columns:
        meaning = _COLUMNS.get(name.strip().casefold().replace(" ", "_"))
        if meaning in found:
            raise InputError(f"{shown}: {found[meaning]} and {name} both look like the {meaning}: rename one of them")
        if meaning:
            found[meaning] = name
    if file.rows and ("answer" not in found or not found.keys() & {"id", "question"}):
        lacking = "answer" if "answer" not in found else "id or question"
        order = "; questions come first, then answers" if "answers" in map(meaning_of, file.columns) else ""
        raise InputError(f"{shown}: there is no column {lacking}; it has {', '.join(file.columns)}{order}")
    return found


def _check_order(file: RowFile, asked: QuestionSet, shown: str) -> None:
    """Nothing unless only the answers have a column that tells of questions."""
    meanings = set(map(meaning_of, file.columns))
    splits = "split" in meanings and not any(question.split for question in asked.questions)
    flags = "answerable" in meanings and all(question.answerable for question in asked.questions)
    if splits or flags:
        which = "splits" if splits else "unanswerable questions"
        raise InputError(f"questions come first, then answers: swap the two (the {which} stand in {shown})")


class _Match:
    """Finds the question that a row answers; what cannot be told is a ValueError."""

    def __init__(self, asked: QuestionSet) -> None:
        self._path = asked.path
        self._by_id = {question.id: question for question in asked.questions}
        self._by_text: dict[str, list[Question]] = {}
        for question in asked.questions:
            self._by_text.setdefault(squash(question.text), []).append(question)
        self.n_found, self.first_problem = 0, ""

    def find(self, values: Mapping[str, Any]) -> Question:
        """The question of a row."""
        try:
            question = self._find(parse_text(values.get("id")), parse_text(values.get("question")))
        except ValueError as error:
            self.first_problem = self.first_problem or str(error)
            raise
        self.n_found += 1
        return question

    def _find(self, id: str | None, text: str | None) -> Question:
        if id is None and text is None:
            raise ValueError("there is neither an id nor a question")
        if id is None:
            return self._of_text(text or "")
        if id not in self._by_id:
            raise ValueError(f'the id "{id}" is in no question of {self._path}')
        question = self._by_id[id]
        if text is not None and squash(text) != squash(question.text):
            raise ValueError(f'"{id}" asks something else in {self._path}: "{question.text}"')
        return question

    def _of_text(self, text: str) -> Question:
        same = self._by_text.get(squash(text), [])
        if not same:
            raise ValueError(f'the question "{text}" is not in {self._path}')
        if len(same) > 1:
            ids = ", ".join(question.id for question in same)
            raise ValueError(f'the question "{text}" is asked for several groups: give its id ({ids})')
        return same[0]


def _parse(values: Mapping[str, Any]) -> GivenAnswer:
    text = parse_text(values.get("answer"))
    if text is None:
        raise ValueError("the answer is empty: take the row out where nothing was answered, or write what was shown")
    return GivenAnswer(
        text,
        seconds=_optional(values, "seconds", _parse_amount),
        price=_optional(values, "price", _parse_amount),
        n_tokens=_optional(values, "tokens", _parse_amount),
        passages=_optional(values, "passages", _parse_passages) or (),
    )


def _optional(values: Mapping[str, Any], name: str, parse: Callable[[Any], T]) -> T | None:
    value = values.get(name)
    if _is_missing(value):
        return None
    try:
        return parse(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} {error}") from error


def _is_missing(value: Any) -> bool:
    """Whether nothing stands there, white space aside."""
    return is_empty(value.strip() if isinstance(value, str) else value)


def _parse_amount(value: Any) -> float:
    try:
        amount = float(value)
    except (TypeError, ValueError):
        amount = -1.0
    if isinstance(value, bool) or not 0 <= amount < math.inf:
        raise ValueError(f'must be a number of 0 or more, got "{value}"')
    return amount


def _parse_passages(value: Any) -> tuple[str, ...]:
    """A list of texts; in a table also one written as JSON, or a single text."""
    if isinstance(value, str):
        try:
            listed = parse_json(value) if value.lstrip().startswith("[") else [value]
        except ValueError:
            listed = [value]
    else:
        listed = value
    if not isinstance(listed, list | tuple) or not all(isinstance(text, str) for text in listed):
        raise ValueError("must be a list of texts")
    return tuple(text.strip() for text in listed if text.strip())
