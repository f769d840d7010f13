"""The columns of a question file: their names, and how each kind of cell is understood."""

import ast
import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, cast

from assay.questions.answer_types import TYPES, type_named
from assay.questions.normalising import squash
from assay.questions.question import OMITTED, Origin, Split

__all__ = [
    "COLUMNS",
    "is_empty",
    "is_own",
    "list_in",
    "meaning_of",
    "object_in",
    "parse_answers",
    "parse_flag",
    "parse_origin",
    "parse_page",
    "parse_quote",
    "parse_split",
    "parse_text",
    "parse_tolerance",
    "parse_type",
]

# Our own spellings of a column to its meaning; "" is read past in silence.
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
    "new_answer": "new_answer",
    "new_answers": "new_answer",
    "notes": "",
    "type": "type",
    "tolerance": "tolerance",
    "form": "form",
    "lang": "",
}

# What others call them. Compared without case, spaces, underscores and punctuation. No word stands here that may as
# well mean what some system answered or retrieved ("response", "output", "contexts"), and none for groups: a wrong
# guess would decide who may read what.
_GUESSED = {
    "question": "questions, query, queries, user input, user query, user question, input, prompt, q, 问题, 提问, 题目, "
    "问句, 题干, 问, 用户问题, 用户提问, 用户输入, 問題, 題目",
    "answers": "expected answer, expected answers, expected output, expected response, expected result, expected, "
    "correct answer, correct answers, right answer, accepted answer, accepted answers, acceptable answers, "
    "reference answer, reference answers, reference, references, ground truth, ground truths, gold answer, "
    "gold answers, golden answer, gold, ideal, ideal answer, target, target answer, solution, a, 答案, 标准答案, "
    "参考答案, 正确答案, 预期答案, 期望答案, 可接受答案, 标准回答, 参考回答, 回答, 答, 參考答案, 標準答案, 正確答案",
    "id": "question id, question no, question number, qid, no, nr, number, 编号, 序号, 题号, 问题编号, 編號",
    "document": "documents, document name, doc, doc name, file, file name, source file, source document, 文档, 文件, "
    "文件名, 文档名, 文档名称, 文件名称, 来源, 来源文档, 来源文件, 出处, 文檔, 來源",
    "page": "pages, page number, page no, page nr, p, 页码, 页, 页数, 页号, 所在页, 頁碼",
    "quote": "quotes, quotation, evidence text, evidence quote, passage, excerpt, supporting text, supporting passage, "
    "reference context, reference contexts, gold context, gold contexts, 原文, 引文, 引用, 证据, 依据, 原文片段, "
    "原文依据, 證據",
    "answerable": "is answerable, has answer, 可回答, 是否可回答, 能否回答, 可否回答, 有答案, 是否有答案",
    "split": "partition, data split, 划分, 数据划分, 数据集划分, 拆分",
    "new_answer": "updated answer, updated answers, 新答案, 更新后答案",
    "type": "answer type, type of answer, 答案类型, 类型, 類型",
    "tolerance": "allowed error, margin of error, 容差, 误差, 允许误差, 公差",
    "form": "answer form, answer format, required form, 答案形式, 答案格式, 回答格式",
    "": "note, comment, comments, remark, remarks, 备注, 说明, 语言, 注释",
}
_BY_NAME = {squash(name): meaning for name, meaning in COLUMNS.items()} | {
    squash(name): meaning for meaning, names in _GUESSED.items() for name in names.split(", ")
}
_PARTS = re.compile(r"[/|()（）\[\]【】／\n]")
_PAGE = re.compile(r"(?:pages?|pp?\.?|第)?\s*([0-9]{1,7})(?:\s*[-–—]\s*[0-9]{1,7})?\s*页?", re.IGNORECASE)

_TOLERANCE = re.compile(r"\d+(?:\.\d+)?%?")

_SPLITS = {
    "train": "train",
    "training": "train",
    "训练": "train",
    "训练集": "train",
    "validation": "validation",
    "valid": "validation",
    "val": "validation",
    "dev": "validation",
    "验证": "validation",
    "验证集": "validation",
    "开发集": "validation",
    "test": "test",
    "testing": "test",
    "测试": "test",
    "测试集": "test",
}
_ORIGINS = ("written", "drafted", "paraphrased")
_TRUE = ("true", "yes", "y", "1", "是", "有", "能", "可以")
_FALSE = ("false", "no", "n", "0", "否", "无", "不能", "没有")
_FLAGS = {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}
_SEPARATOR = re.compile(r"[|\n]")
_HOP = re.compile(r"^\s*<\d+-hop>\s*")  # Ragas numbers the passages of a question that needs several


def is_own(name: str) -> bool:
    """Whether it is one of our own names of a column, whatever its case."""
    return name.strip().lower() in COLUMNS


def meaning_of(name: str) -> str | None:
    """What a column holds, by its name in English or Chinese; "" for nothing of use, None where the name tells nothing.

    A name of several parts, as "问题 / Question" or "Answer (short)", has the meaning of those that tell one.
    """
    if is_own(name):
        return COLUMNS[name.strip().lower()]
    parts = [squash(name), *(part for part in map(squash, _PARTS.split(name)) if len(part) > 1)]
    told = {_BY_NAME[part] for part in parts if part in _BY_NAME}
    return told.pop() if len(told) == 1 else None


def is_empty(value: Any) -> bool:
    """Whether nothing stands in a cell: no value, no text, not a number (NaN)."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def parse_text(value: Any) -> str | None:
    """The text of a cell, None for an empty one; a number is written as a person would, 3.0 as "3".

    Raises:
        ValueError: neither text nor number nor date.
    """
    if is_empty(value):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int | float | Decimal | date | time):
        raise ValueError(f"must be text, got {_described(value)}")
    return str(value).strip() or None


def _described(value: Any) -> str:
    return {"list": "a list", "dict": "an object"}.get(type(value).__name__, type(value).__name__)


def parse_answers(value: Any, is_table: bool) -> tuple[str, ...]:
    """The accepted answers, each once, in order; a cell of a table holds several between "|" or line breaks.

    Raises:
        ValueError: neither text nor a list of texts.
    """
    several = list_in(value)
    if several is not None:
        parts: Iterable[Any] = several
    elif is_table:
        parts = _SEPARATOR.split(parse_text(value) or "")
    else:
        parts = [value]
    texts = [text for part in parts if (text := parse_text(part))]
    return tuple(dict.fromkeys(texts))


def parse_quote(value: Any) -> str | None:
    """The quote, of several passages as one text with "[…]" between them; None for an empty cell.

    Raises:
        ValueError: neither text nor a list of texts.
    """
    parts = list_in(value)
    texts = [parse_text(part) for part in ([value] if parts is None else parts)]
    return f" {OMITTED} ".join(_HOP.sub("", text) for text in texts if text) or None


def list_in(value: Any) -> list[Any] | None:
    """The list that a cell holds, also as text in JSON or Python, as tables have it; None where there is none.

    One number in brackets is no list: it is the mark of a note.
    """
    if isinstance(value, list | tuple):
        return list(value)
    found = _literal(value, "[", "]")
    if not isinstance(found, list) or any(type(part) not in (str, int, float) for part in found):
        return None
    return None if len(found) == 1 and not isinstance(found[0], str) else found


def object_in(value: Any) -> dict[str, Any] | None:
    """The object that a cell holds, also as text in JSON or Python; None where there is none."""
    found = value if isinstance(value, Mapping) else _literal(value, "{", "}")
    return dict(found) if isinstance(found, Mapping) else None


def _literal(value: Any, first: str, last: str) -> Any:
    text = value.strip() if isinstance(value, str) else ""
    if not (text.startswith(first) and text.endswith(last)):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            return read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return None


def parse_flag(value: Any) -> bool | None:
    """True or False, None for an empty cell.

    Raises:
        ValueError: none of true, false, yes, no, 1, 0 and their like.
    """
    text = parse_text(value)
    if text is None:
        return None
    if text.lower() not in _FLAGS:
        raise ValueError(f'must be true or false, got "{text}"')
    return _FLAGS[text.lower()]


def parse_page(value: Any) -> int | None:
    """The page, counted from 1, None for an empty cell; of several, "p. 12-13", the first.

    Raises:
        ValueError: not a positive whole number.
    """
    text = parse_text(value)
    if text is None:
        return None
    found = _PAGE.fullmatch(text)
    if not found or int(found[1]) < 1:
        raise ValueError(f'must be a positive whole number, got "{text}"')
    return int(found[1])


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


def parse_type(value: Any) -> str:
    """Our name of the answer's type.

    Raises:
        ValueError: none of the known ones.
    """
    text = parse_text(value) or ""
    found = type_named(text)
    if found is None:
        raise ValueError(f'must be one of {", ".join(TYPES)}, got "{text}"')
    return found


def parse_tolerance(value: Any) -> str:
    """How far a number may be off, "0.5" or "2%"; without a space, never negative.

    Raises:
        ValueError: neither a number nor a percentage, or 100% and more, with which 0 were right.
    """
    written = parse_text(value) or ""
    text = "".join(written.split()).removeprefix("±").removeprefix("+/-").replace("％", "%")
    if not _TOLERANCE.fullmatch(text):
        raise ValueError(f'must be a number or a percentage such as 0.5 or 2%, got "{written}"')
    if text.endswith("%") and Decimal(text[:-1]) >= 100:
        raise ValueError(f'must be less than 100%, got "{written}"')
    return text
