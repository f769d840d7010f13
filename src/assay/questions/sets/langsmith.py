"""LangSmith: examples, as JSON, JSONL or CSV."""

import re
from collections.abc import Sequence
from typing import Any

from assay.questions.columns import is_empty, list_in, meaning_of, object_in, parse_split
from assay.questions.sets.question_set import Tool, Values, answers_in, named, picked

__all__ = ["LANGSMITH"]

_FLAT = re.compile(r"(input|output)s?[._](.+)")


def _read_langsmith(values: Values) -> dict[str, Any]:
    inputs, outputs = _part(values, "input"), _part(values, "output")
    more = {**(object_in(values.get("metadata")) or {}), **outputs}
    row: dict[str, Any] = {"question": picked(inputs, "question", "inputs")}
    row["answers"] = answers_in(picked(outputs, "answers", "outputs")) if outputs else []
    row |= {ours: value for ours in ("document", "page", "quote") if (value := named(more, ours)) is not None}
    return row | {"split": _split(values.get("split"), more.get("dataset_split"))}


def _part(values: Values, name: str) -> dict[str, Any]:
    """ "inputs" or "outputs": an object, or columns such as inputs.question, input_question."""
    whole = values.get(f"{name}s")
    if not is_empty(whole):
        return object_in(whole) or {name: whole}
    return {found[2]: values[found[0]] for column in values if (found := _FLAT.fullmatch(column)) and found[1] == name}


def _split(*told: Any) -> str | None:
    """The first that is one of our splits; a set's own splits ("base") tell nothing."""
    for name in [name for value in told for name in list_in(value) or [value]]:
        try:
            split = parse_split(name)
        except ValueError:
            continue
        if split:
            return split
    return None


def _is_langsmith(columns: Sequence[str]) -> bool:
    names = set(columns)
    flat = {found[1] for name in columns if (found := _FLAT.fullmatch(name))}
    return {"inputs", "outputs"} <= names or (flat == {"input", "output"} and "question" not in names)


def _taken_langsmith(columns: Sequence[str]) -> list[tuple[str, str]]:
    flat = [(found[0], meaning_of(found[2])) for name in columns if (found := _FLAT.fullmatch(name))]
    whole = {"inputs": "question", "outputs": "answers"}
    return [(name, whole[name]) for name in columns if name in whole] + [(name, ours) for name, ours in flat if ours]


LANGSMITH = Tool("LangSmith", _is_langsmith, _read_langsmith, _taken_langsmith)
