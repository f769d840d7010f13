"""The field's formats of training data, to rows of a question file and back. Knows no columns of a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from assay.questions.question import REFUSAL_TEXT, Question
from assay.questions.rows import Row, RowFile

__all__ = ["FORMATS", "Format", "Turns", "detect_format", "render_example", "translate_rows"]

Format = Literal["alpaca", "messages", "sharegpt", "prompt-completion"]

# What names a format: the keys that its rows have.
FORMATS: dict[Format, tuple[str, ...]] = {
    "alpaca": ("instruction", "output"),
    "messages": ("messages",),
    "sharegpt": ("conversations",),
    "prompt-completion": ("prompt", "completion"),
}
_ROLES = {"user": "user", "human": "user", "assistant": "assistant", "gpt": "assistant", "system": "system"}
_KEPT = (
    "id",
    "document",
    "page",
    "quote",
    "groups",
    "split",
    "origin",
    "type",
    "tolerance",
    "form",
)  # columns of ours that such a row may carry


class Turns(NamedTuple):
    """One exchange of a conversation, and whether it went on."""

    question: str
    answer: str
    goes_on: bool


def detect_format(columns: tuple[str, ...]) -> Format | None:
    """The format of a file's columns; None for a question file."""
    if "question" in columns:
        return None
    return next((name for name, keys in FORMATS.items() if set(keys) <= set(columns)), None)


def translate_rows(file: RowFile, name: Format, extra: Sequence[str] = ()) -> tuple[RowFile, frozenset[int]]:
    """The rows as a question file has them, with these further columns, and the numbers of those that went on.

    Of a conversation the first question and its answer are taken: a later one may not stand for itself. System prompts
    are left out. An answer that is our refusal makes the question unanswerable.
    """
    rows: list[Row] = []
    problems = list(file.problems)
    first_turns = set()
    for row in file.rows:
        try:
            turns = _READERS[name](row.values)
        except ValueError as error:
            problems.append(f"{file.unit} {row.number}: {error}")
            continue
        rows.append(Row(row.number, _question_row(turns, row.values, (*_KEPT, *extra))))
        if turns.goes_on:
            first_turns.add(row.number)
    columns = tuple(dict.fromkeys(name for row in rows for name in row.values))
    return replace(file, rows=tuple(rows), columns=columns, problems=tuple(problems), is_table=False), frozenset(
        first_turns
    )


def render_example(question: Question, name: Format, lang: str) -> dict[str, Any]:
    """One question and its first accepted answer in a format; an unanswerable one is answered by our refusal."""
    answer = question.model_answer(lang)
    if name == "alpaca":
        return {"instruction": question.text, "input": "", "output": answer}
    if name == "prompt-completion":
        return {"prompt": question.text, "completion": answer}
    if name == "sharegpt":
        turns = (("human", question.text), ("gpt", answer))
        return {"conversations": [{"from": role, "value": text} for role, text in turns]}
    return {"messages": [{"role": "user", "content": question.text}, {"role": "assistant", "content": answer}]}


def _question_row(turns: Turns, values: Mapping[str, Any], kept: Sequence[str]) -> dict[str, Any]:
    is_refusal = turns.answer in REFUSAL_TEXT.values()
    row: dict[str, Any] = {"question": turns.question, "answers": [] if is_refusal else [turns.answer]}
    if is_refusal:
        row["answerable"] = False
    return row | {name: values[name] for name in kept if name in values}


def _read_alpaca(values: Mapping[str, Any]) -> Turns:
    if values.get("history"):
        raise ValueError("earlier turns (history) cannot be used: write a question that stands for itself")
    instruction, more = _text(values, "instruction"), _text(values, "input", may_be_empty=True)
    return Turns(f"{instruction}\n\n{more}" if more else instruction, _text(values, "output"), False)


def _read_messages(values: Mapping[str, Any]) -> Turns:
    return _first_exchange(values.get("messages"), "messages")


def _read_sharegpt(values: Mapping[str, Any]) -> Turns:
    return _first_exchange(values.get("conversations"), "conversations")


def _read_prompt(values: Mapping[str, Any]) -> Turns:
    prompt, completion = values.get("prompt"), values.get("completion")
    if isinstance(prompt, list) and isinstance(completion, list):
        return _first_exchange([*prompt, *completion], "prompt and completion")
    return Turns(_text(values, "prompt"), _text(values, "completion"), False)


def _first_exchange(turns: Any, key: str) -> Turns:
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise ValueError(f"{key} must be a list of turns such as {{'role': 'user', 'content': '...'}}")
    said = [(role, text) for role, text in map(_turn, turns) if role != "system"]
    roles = [role for role, _ in said]
    if roles[:2] != ["user", "assistant"]:
        shown = ", ".join(roles) or "nothing"
        raise ValueError(f"{key} must begin with a turn of the user and one of the assistant, got {shown}")
    if any(not text for _, text in said[:2]):
        raise ValueError(f"{key}: the {'question' if not said[0][1] else 'answer'} is empty")
    return Turns(said[0][1], said[1][1], len(said) > 2)


def _turn(turn: Mapping[str, Any]) -> tuple[str, str]:
    role, content = turn.get("role", turn.get("from")), turn.get("content", turn.get("value"))
    if role not in _ROLES:
        raise ValueError(f'unknown role "{role}": known are {", ".join(_ROLES)}')
    if isinstance(content, list):  # OpenAI's parts
        parts = [part.get("text") if isinstance(part, dict) else None for part in content]
        if not all(isinstance(part, str) for part in parts):
            raise ValueError("only parts of text can be read, no pictures or sounds")
        content = "".join(part for part in parts if part)
    if not isinstance(content, str | None):
        raise ValueError(f"the content of a turn must be text, got {type(content).__name__}")
    return _ROLES[role], (content or "").strip()


def _text(values: Mapping[str, Any], key: str, may_be_empty: bool = False) -> str:
    value = values.get(key)
    if not isinstance(value, str | None):
        raise ValueError(f"{key} must be text, got {type(value).__name__}")
    text = (value or "").strip()
    if not text and not may_be_empty:
        raise ValueError(f"{key} is empty")
    return text


_READERS: dict[Format, Callable[[Mapping[str, Any]], Turns]] = {
    "alpaca": _read_alpaca,
    "messages": _read_messages,
    "sharegpt": _read_sharegpt,
    "prompt-completion": _read_prompt,
}
