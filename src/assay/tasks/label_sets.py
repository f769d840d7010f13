"""Several labels a text: any number of a closed list of names is right, none too."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assay.labelled.labelled_text import Items, LabelledText
from assay.labelled.row_form import RowForm, Values, parse_body, parse_word
from assay.questions.columns import is_empty, list_in, parse_flag, parse_text
from assay.tasks.labels import find_labels
from assay.tasks.task import Task
from assay.training.encoder_heads import SetHead
from assay.words import catalogued

__all__ = ["LABEL_SETS", "read_labels", "write_labels"]

_NONE = {"en": "none", "zh": "无"}
_BETWEEN = re.compile(r"[;；|\n]")  # labels in a cell of a table
_NUMBERED = re.compile(r"label[ _-]?\(?\d+\)?", re.IGNORECASE)  # "label 1", "label_2", "label (2)"
_FLAG = re.compile(r"label\s*:\s*(\S.*)", re.IGNORECASE)  # "label:NAME"
_ONE_NUMBER = re.compile(r"\[\s*(-?\d+)\s*\]")


def write_labels(text: LabelledText, lang: str) -> str:
    """The labels, one a line."""
    return "\n".join(text.labels) or _NONE[lang]


def read_labels(reply: str, text: str, names: Sequence[str]) -> Items:
    """All labels that the lines of a reply give."""
    return frozenset(name for line in reply.splitlines() for name in find_labels(line, names))


def _gather(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Columns with a label each ("label 1", "label 2"), or that say whether a text has one ("label:NAME"), as one."""
    numbered = [name for name in row if _NUMBERED.fullmatch(name.strip())]
    flags = {name: found[1] for name in row if (found := _FLAG.fullmatch(name.strip()))}
    if not numbered and not flags:
        return row
    parts = {name for name in row if name.strip().lower() == "label"} | {*numbered, *flags}
    held: list[Any] = [value for name, value in row.items() if name in parts.difference(flags) and not is_empty(value)]
    rest = {name: value for name, value in row.items() if name not in parts}
    return {"labels": [*held, {label: row[name] for name, label in flags.items()}], **rest}


def _parse(values: Values) -> LabelledText:
    if "labels" not in values:
        raise ValueError("there are no labels: give an empty list where none is right")
    labels = {parse_word({"label": one}, "label") for one in _given(values["labels"])}
    if len(labels) == 1 and next(iter(labels)).casefold() in _NONE.values():
        labels = set()
    if wrong := [name for name in sorted(labels) if name.casefold() in _NONE.values()]:
        raise ValueError(f'"{wrong[0]}" stands beside other labels, but means that none is right')
    return LabelledText("", parse_body(values), labels=tuple(sorted(labels)))


def _given(value: Any) -> list[Any]:
    """What a cell gives: a list, an object of flags, or text with signs between the labels."""
    if isinstance(value, Mapping):
        return [name for name, has_it in value.items() if parse_flag(has_it)]
    listed = list_in(value)
    if listed is not None:
        return [one for part in listed for one in (_given(part) if isinstance(part, Mapping) else [part])]
    text = parse_text(value) or ""
    number = _ONE_NUMBER.fullmatch(text)
    return [number[1]] if number else [part for part in _BETWEEN.split(text) if part.strip()]


def _row(text: LabelledText) -> dict[str, Any]:
    return {"labels": list(text.labels)}


LABEL_SETS = Task(
    name="multi-label",
    title=catalogued("task.multi-label"),
    place=1.5,
    rows=RowForm(known_by=("labels",), gather=_gather, parse=_parse, write=_row, least_names=1),
    instruction={
        "en": "Say which labels fit the text: one, several or none. Answer with the labels, one a line, and nothing "
        "else. If none fits, answer: none",
        "zh": "指出文本属于哪些类别：可以是一个、多个，也可以没有。只回答类别，每行一个。如果都不属于，请回答：无",
    },
    reminder={"en": "List the labels of the text.", "zh": "列出文本的类别。"},
    listing={"en": "Labels: {names}", "zh": "类别：{names}"},
    question={"en": "Text: {text}", "zh": "文本：{text}"},
    write=write_labels,
    read=read_labels,
    any_names=True,
    macro=False,
    decides="f1",
    head=SetHead(),
    right=catalogued("right.multi-label"),
    metric=catalogued("metric.multi-label"),
    compared_by=catalogued("labels.method.by.multi-label"),
    nothing=catalogued("tag.no_label"),
    announcement=catalogued("plan.labels"),
)
