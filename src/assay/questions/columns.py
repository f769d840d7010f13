"""The columns of a question file: their names, and how each kind of cell is understood."""

import difflib
import re
from collections.abc import Iterable
from typing import Any, cast

from assay.questions.question import Origin, Split

__all__ = [
    "COLUMNS",
    "describe_unknown",
    "parse_answers",
    "parse_flag",
    "parse_origin",
    "parse_page",
    "parse_split",
    "parse_text",
]

# Every accepted spelling of a column to its meaning; "" is read past in silence.
COLUMNS = {
    "question": "question",
    "answers": "answers",
    "answer": "answers",
    "id": "id",
    "document": "document",
    "source": "document",
    "page": "page",
    "quote": "quote",
    "evidence": "quote",
    "answerable": "answerable",
    "split": "split",
    "groups": "groups",
    "origin": "origin",
    "new_answer": "new_answers",
    "new_answers": "new_answers",
    "notes": "",
    "type": "",
    "lang": "",
}

_SPLITS = {
    "train": "train",
    "training": "train",
    "validation": "validation",
    "valid": "validation",
    "val": "validation",
    "dev": "validation",
    "test": "test",
}
_ORIGINS = ("written", "drafted", "paraphrased")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_SEPARATOR = re.compile(r"[|\n]")


def describe_unknown(name: str) -> str:
    """What to say of a column that is not known, with the known name that is nearest."""
    near = difflib.get_close_matches(name.lower(), COLUMNS, n=1, cutoff=0.7)
    hint = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(COLUMNS)}"
    return f'unknown column "{name}": {hint}'


def parse_text(value: Any) -> str | None:
    """The text of a cell, None for an empty one; a number is written as a person would, 3.0 as "3".

    Raises:
        ValueError: a list or an object.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list | dict):
        raise ValueError("must be text")
    return str(value).strip() or None


def parse_answers(value: Any, is_table: bool) -> tuple[str, ...]:
    """The accepted answers, each once, in order; a cell of a table holds several between "|" or line breaks.

    Raises:
        ValueError: neither text nor a list of texts.
    """
    if is_table:
        parts: Iterable[Any] = _SEPARATOR.split(parse_text(value) or "")
    elif isinstance(value, list):
        parts = value
    else:
        parts = [value]
    texts = [text for part in parts if (text := parse_text(part))]
    return tuple(dict.fromkeys(texts))


def parse_flag(value: Any) -> bool | None:
    """True or False, None for an empty cell.

    Raises:
        ValueError: none of true, false, yes, no, 1, 0.
    """
    text = parse_text(value)
    if text is None:
        return None
    if text.lower() not in _FLAGS:
        raise ValueError(f'must be true or false, got "{text}"')
    return _FLAGS[text.lower()]


def parse_page(value: Any) -> int | None:
    """The page, counted from 1, None for an empty cell.

    Raises:
        ValueError: not a positive whole number.
    """
    text = parse_text(value)
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,7}", text) or int(text) < 1:
        raise ValueError(f'must be a positive whole number, got "{text}"')
    return int(text)


def parse_split(value: Any) -> Split | None:
    """The split, None for an empty cell.

    Raises:
        ValueError: none of the three.
    """
    text = parse_text(value)
    if text is None:
        return None
    if text.lower() not in _SPLITS:
        raise ValueError(f'must be train, validation or test, got "{text}"')
    return cast(Split, _SPLITS[text.lower()])


def parse_origin(value: Any) -> Origin | None:
    """Who made the question, None for an empty cell.

    Raises:
        ValueError: none of the three.
    """
    text = parse_text(value)
    if text is None:
        return None
    if text.lower() not in _ORIGINS:
        raise ValueError(f'must be written, drafted or paraphrased, got "{text}"')
    return cast(Origin, text.lower())
