"""Labels: each text has exactly one of a closed list of names."""

import re
import unicodedata
from collections.abc import Mapping, Sequence, Set
from typing import Any

from assay.corpus.language import CJK
from assay.labelled.labelled_text import Items, LabelledText
from assay.labelled.row_form import RowForm, Values, parse_body, parse_word
from assay.questions.columns import list_in
from assay.questions.normalising import words_of
from assay.tasks.task import Task
from assay.training.encoder_heads import TextHead
from assay.words import catalogued

__all__ = ["LABELS", "find_labels", "match_label", "read_label", "write_label"]

_SIGN = re.compile(r"[^\w\s]")
_PART = re.compile(rf"[{CJK}]|[^\W_{CJK}]+|[^\w\s]")


def write_label(text: LabelledText, lang: str) -> str:
    """The label alone."""
    return text.label


def read_label(reply: str, text: str, names: Sequence[str]) -> Items:
    """The label that a reply gives; nothing where it names none, or several."""
    label = match_label(reply, names)
    return frozenset() if label is None else frozenset([label])


def match_label(reply: str, names: Sequence[str]) -> str | None:
    """The label that a reply gives: the whole of it, or the only one of the longest that stand in it; else None."""
    found = find_labels(reply, names)
    return found[0] if len(found) == 1 else None


def find_labels(reply: str, names: Sequence[str]) -> list[str]:
    """The labels that a reply gives: the whole of it, or the longest that stand in it."""
    if reply.strip() in names:  # though another may differ by case or signs alone
        return [reply.strip()]
    signs = {sign for name in names for sign in _SIGN.findall(unicodedata.normalize("NFKC", name))}
    with_signs = _find(_signed(reply, signs), {tuple(_signed(name, signs)): name for name in names})
    by_words = {tuple(words_of(name)): name for name in names}
    if len(with_signs) == 1 or len(by_words) < len(names):
        return with_signs
    return _find(words_of(reply), by_words)


def _signed(text: str, signs: Set[str]) -> list[str]:
    """The words, and those signs among them that some name has: they tell A+ from A-."""
    parts = _PART.findall(unicodedata.normalize("NFKC", text).casefold())
    return [part for part in parts if not _SIGN.fullmatch(part) or part in signs]


def _find(said: Sequence[str], by_words: Mapping[tuple[str, ...], str]) -> list[str]:
    if tuple(said) in by_words:
        return [by_words[tuple(said)]]
    held = [words for words in by_words if words and _holds(said, words)]
    return [by_words[words] for words in held if not any(words != other and _holds(other, words) for other in held)]


def _holds(words: Sequence[str], part: Sequence[str]) -> bool:
    """Whether the part stands among the words in one piece: "card" does not stand in "discard"."""
    return any(tuple(words[i : i + len(part)]) == tuple(part) for i in range(len(words) - len(part) + 1))


def _parse(values: Values) -> LabelledText:
    if list_in(values.get("label")) is not None:
        raise ValueError("label is a list: call the column labels, in all rows, where a text can have several")
    return LabelledText("", parse_body(values), parse_word(values, "label"))


def _row(text: LabelledText) -> dict[str, Any]:
    return {"label": text.label or None}


LABELS = Task(
    name="labels",
    title=catalogued("task.labels"),
    place=1,
    rows=RowForm(known_by=("label",), aliases={"intent": "label", "category": "label"}, parse=_parse, write=_row),
    instruction={
        "en": "Classify the text. Answer with its label and nothing else.",
        "zh": "给文本分类。只回答它的类别。",
    },
    reminder={"en": "Label the text.", "zh": "给文本分类。"},
    listing={"en": "Labels: {names}", "zh": "类别：{names}"},
    question={"en": "Text: {text}", "zh": "文本：{text}"},
    write=write_label,
    read=read_label,
    one_name=True,
    head=TextHead(),
    right=catalogued("right.labels"),
    metric=catalogued("metric.labels"),
    compared_by=catalogued("labels.method.by.labels"),
    nothing=catalogued("tag.no_label"),
    announcement=catalogued("plan.labels"),
)
