"""The field's formats of training data, to rows of a question file and back. Knows no columns of a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from assay.questions.question import REFUSAL_TEXT, Question
from assay.questions.refused import declines, greets
from assay.questions.rows import Row, RowFile

__all__ = ["FORMATS", "Format", "Translated", "Turns", "detect_format", "render_example", "translate_rows"]

Format = Literal["alpaca", "messages", "sharegpt", "prompt-completion"]

# What names a format: the keys that its rows have.
FORMATS: dict[Format, tuple[str, ...]] = {
    "alpaca": ("instruction", "output"),
    "messages": ("messages",),
    "sharegpt": ("conversations",),
    "prompt-completion": ("prompt", "completion"),
}
_ROLES = {"user": "user", "human": "user", "assistant": "assistant", "gpt": "assistant", "system": "system"}
_ROLES |= {"developer": "system", "bot": "assistant", "model": "assistant", "chatgpt": "assistant"}
# What a program said: an answer that rests on it cannot be found in documents.
_TOOL_NAMES = "tool function function_call function_response observation tool_call tool_response"
_TOOL_ROLES = frozenset(_TOOL_NAMES.split())
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


class NotAsked(Exception):
    """A row of training data that is sound, and no question about documents."""


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


class Translated(NamedTuple):
    """The rows as a question file has them, and the numbers of those that went on and of those that were left out."""

    file: RowFile
    went_on: frozenset[int] = frozenset()
    left_out: tuple[int, ...] = ()


def translate_rows(file: RowFile, name: Format, extra: Sequence[str] = ()) -> Translated:
    """The rows as a question file has them, with these further columns.

    Of a conversation the first question and its answer are taken, greetings aside: a later one may not stand for
    itself. System prompts are left out, and so are conversations with tools, answers of weight 0 and those that were
    refused by rule. An answer that declines makes the question unanswerable.
    """
    rows: list[Row] = []
    problems = list(file.problems)
    first_turns = set()
    left_out: list[int] = []
    for row in file.rows:
        try:
            turns = _READERS[name](row.values)
        except NotAsked:
            left_out.append(row.number)
            continue
        except ValueError as error:
            problems.append(f"{file.unit} {row.number}: {error}")
            continue
        rows.append(Row(row.number, _question_row(turns, row.values, (*_KEPT, *extra))))
        if turns.goes_on:
            first_turns.add(row.number)
    columns = tuple(dict.fromkeys(name for row in rows for name in row.values))
    read = replace(file, rows=tuple(rows), columns=columns, problems=tuple(problems), is_table=False)
    return Translated(read, frozenset(first_turns), tuple(left_out))


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
    is_refusal = turns.answer in REFUSAL_TEXT.values() or declines(turns.answer)
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
    if any(map(_is_by_a_tool, turns)):
        raise NotAsked
    said = [(role, text) for role, text in map(_turn, turns) if role != "system"]
    while len(said) > 2 and said[0][0] == "user" and said[1][0] == "assistant" and greets(said[0][1]):
        said = said[2:]
    roles = [role for role, _ in said]
    if roles[:2] != ["user", "assistant"]:
        shown = ", ".join(roles) or "nothing"
        raise ValueError(f"{key} must begin with a turn of the user and one of the assistant, got {shown}")
    if greets(said[0][1]) or any(map(_is_not_to_be_learnt, turns)):
        raise NotAsked
    if any(not text for _, text in said[:2]):
        raise ValueError(f"{key}: the {'question' if not said[0][1] else 'answer'} is empty")
    return Turns(said[0][1], said[1][1], len(said) > 2)


def _is_by_a_tool(turn: Mapping[str, Any]) -> bool:
    role = turn.get("role", turn.get("from"))
    return role in _TOOL_ROLES or bool(turn.get("tool_calls") or turn.get("function_call"))


def _is_not_to_be_learnt(turn: Mapping[str, Any]) -> bool:
    """Whether an answer has the weight 0, or was refused by a rule of its maker."""
    is_answer = _ROLES.get(str(turn.get("role", turn.get("from")))) == "assistant"
    return is_answer and (turn.get("weight") in (0, False, "0") or bool(turn.get("refusal")))


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
