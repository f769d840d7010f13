"""Question sets of other tools, to rows of a question file: Ragas, DeepEval, promptfoo, LangSmith.

What a person or a generator says is the answer and the passage that holds it is taken over; what some system answered
or retrieved is not: it is what an exam is about to find out.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from assay.questions.columns import (
    COLUMNS,
    is_empty,
    is_own,
    list_in,
    meaning_of,
    object_in,
    parse_answers,
    parse_quote,
    parse_split,
    parse_text,
)
from assay.questions.normalising import squash
from assay.questions.question import Reading
from assay.questions.rows import Row, RowFile

__all__ = ["TOOLS", "Tool", "detect_tool", "translate_set"]

Values = Mapping[str, Any]
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_CHECK = re.compile(r"(not-)?([a-z]+(?:-[a-z0-9]+)*)(?:\([0-9.]+\))?:(.*)", re.DOTALL)
_FLAT = re.compile(r"(input|output)s?[._](.+)")
_ANY = ("contains-any", "icontains-any")
# Checks that name the answer, the one that says most about it first; others are about form, cost or style.
_TELLING = ("equals", *_ANY, "icontains", "contains", "starts-with", "factuality", "similar", "model-graded-factuality")
_OTHER_CHECKS = (
    "answer-relevance", "bleu", "classifier", "contains-all", "contains-html", "contains-json", "contains-sql",
    "contains-xml", "context-faithfulness", "context-recall", "context-relevance", "conversation-relevance", "cost",
    "eval", "file", "finish-reason", "fn", "g-eval", "gleu", "grade", "guardrails", "icontains-all", "is-html",
    "is-json", "is-refusal", "is-sql", "is-valid-function-call", "is-valid-openai-function-call",
    "is-valid-openai-tools-call", "is-xml", "javascript", "latency", "levenshtein", "llm-rubric", "max-score",
    "meteor", "model-graded-closedqa", "moderation", "perplexity", "perplexity-score", "pi", "python", "regex",
    "rouge-n", "ruby", "search-rubric", "select-best", "tool-call-f1", "webhook", "word-count",
)  # fmt: skip
_REFUSALS = ("is-refusal", "not-is-refusal")


@dataclass(frozen=True)
class Tool:
    """One tool's question sets.

    Args:
        name: as it calls itself.
        knows: whether columns are those of its sets.
        read: the values of one row under our names. Raises ValueError.
        taken: which of these columns are taken, and for what of ours.
    """

    name: str
    knows: Callable[[Sequence[str]], bool]
    read: Callable[[Values], dict[str, Any]]
    taken: Callable[[Sequence[str]], list[tuple[str, str]]]


def detect_tool(columns: Sequence[str]) -> Tool | None:
    """The tool whose question sets have these columns."""
    return next((tool for tool in TOOLS if tool.knows(columns)), None)


def translate_set(file: RowFile, tool: Tool, extra: Sequence[str] = ()) -> tuple[RowFile, Reading]:
    """The rows as a question file has them, with these further columns, and what was taken for what."""
    rows, problems = [], list(file.problems)
    for row in file.rows:
        try:
            read = {name: value for name, value in tool.read(row.values).items() if not is_empty(value)}
        except ValueError as error:
            problems.append(f"{file.unit} {row.number}: {error}")
            continue
        rows.append(Row(row.number, _kept(row.values, read, extra) | read))
    columns = tuple(dict.fromkeys(["question", "answers", *(name for row in rows for name in row.values)]))
    taken = tuple(tool.taken(file.columns))
    known = {theirs for theirs, _ in taken} | set(columns)
    unused = tuple(name for name in file.columns if name not in known)
    read_as = replace(file, rows=tuple(rows), columns=columns, problems=tuple(problems))
    return read_as, Reading(tool.name, taken, unused)


def _kept(values: Values, read: Values, extra: Sequence[str]) -> dict[str, Any]:
    """Columns of ours beside theirs, where theirs do not tell the same; and further ones that are asked for."""
    told = {"question", "answers", "", *(COLUMNS[name] for name in read)}
    wanted = {name.lower() for name in extra}
    lower = {name: name.strip().lower() for name in values}
    return {n: v for n, v in values.items() if lower[n] in wanted or COLUMNS.get(lower[n], "") not in told}


def _fixed(**names: str) -> Callable[[Sequence[str]], list[tuple[str, str]]]:
    """Their columns -> ours, as far as they are there."""
    return lambda columns: [(name, names[name]) for name in columns if name in names]


# Ragas: test sets and evaluation sets, as JSONL, CSV or a frame.


def _read_ragas(values: Values) -> dict[str, Any]:
    asked = values.get("user_input")
    if isinstance(asked, list | tuple):
        raise ValueError("user_input is a conversation: write a question that stands for itself")
    quote = parse_quote(values.get("reference_contexts"))
    return {"question": asked, "answers": _answers(values.get("reference")), "quote": quote}


def _read_earlier_ragas(values: Values) -> dict[str, Any]:
    """Up to version 0.1. Only a generated test set's contexts are what the question was made from."""
    told = values.get("ground_truth")
    answers = _answers(values.get("ground_truths") if is_empty(told) else told)
    quote = parse_quote(values.get("contexts")) if "evolution_type" in values else None
    return {"question": values.get("question"), "answers": answers, "quote": quote}


def _is_earlier_ragas(columns: Sequence[str]) -> bool:
    return {"question", "contexts"} <= set(columns) and bool({"ground_truth", "ground_truths"} & set(columns))


# DeepEval: goldens, as JSON, JSONL or CSV.


def _read_deepeval(values: Values) -> dict[str, Any]:
    named = {squash(name): value for name, value in values.items()}
    source = parse_text(named.get("sourcefile"))
    context = named.get("context")
    if isinstance(context, str) and list_in(context) is None and "|" in context:
        context = context.split("|")
    return {
        "question": named.get("input"),
        "answers": _answers(named.get("expectedoutput")),
        "quote": parse_quote(context),
        "document": PurePosixPath(source.replace("\\", "/")).name if source else None,
    }


# promptfoo: test cases, as YAML, JSON, JSONL or a CSV with __expected.


def _read_promptfoo(values: Values) -> dict[str, Any]:
    given = object_in(values.get("vars"))
    if given is None:
        raise ValueError("vars must be an object with the question in it")
    asserts = values.get("assert") or []
    if not isinstance(asserts, list):
        raise ValueError("assert must be a list of checks")
    return _test_case(given, [_check_of(one) for one in asserts])


def _read_promptfoo_table(values: Values) -> dict[str, Any]:
    given = {name: value for name, value in values.items() if not name.startswith("__")}
    told = [value for name, value in values.items() if name.startswith("__expected") and not is_empty(value)]
    return _test_case(given, [_written_check(str(value).strip()) for value in told])


def _check_of(one: Any) -> tuple[str, Any]:
    if not isinstance(one, Mapping):
        raise ValueError("a check of assert must be an object with a type and a value")
    return str(one.get("type", "")), one.get("value")


def _written_check(text: str) -> tuple[str, Any]:
    """ "contains: Paris" as type and value; a text without a type has to be the answer."""
    if text in _REFUSALS:
        return text, None
    found = _CHECK.fullmatch(text)
    if not found or found[2] not in (*_TELLING, *_OTHER_CHECKS):
        return "equals", text
    kind = (found[1] or "") + found[2]
    return kind, [part.strip() for part in found[3].split(",")] if kind in _ANY else found[3].strip()


def _test_case(given: Values, checks: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    answers = _accepted(given, checks)
    row: dict[str, Any] = {"question": _picked(given, "question", "vars"), "answers": answers}
    row |= {ours: value for ours in ("document", "page", "quote", "id") if (value := _named(given, ours)) is not None}
    if answers:
        return row
    if not any(kind == "is-refusal" for kind, _ in checks):
        raise ValueError(f"no check names the answer: give one of {', '.join(_TELLING[:6])}")
    return row | {"answerable": False}


def _accepted(given: Values, checks: Sequence[tuple[str, Any]]) -> list[str]:
    """What the checks name as the answer, else a variable that does; the check that says most about it counts.

    Raises:
        ValueError: several checks of one kind each demand a text: all of them together are no accepted answer.
    """
    for kind in _TELLING:
        told = [_answers(value) for name, value in checks if name == kind and not is_empty(value)]
        if len(told) > 1:
            raise ValueError(f"{len(told)} checks {kind} must all hold, but one accepted answer is enough: keep one")
        if told:
            return [_VARIABLE.sub(lambda found: str(given.get(found[1], found[0])), text) for text in told[0]]
    return _answers(_named(given, "answers"))


def _taken_table(columns: Sequence[str]) -> list[tuple[str, str]]:
    asked = [name for name in columns if not name.startswith("__")]
    named = [name for name in asked if meaning_of(name) == "question"] or (asked if len(asked) == 1 else [])
    told = [name for name in columns if name.startswith("__expected")]
    return [(name, "question") for name in named] + [(name, "answers") for name in told]


# LangSmith: examples, as JSON, JSONL or CSV.


def _read_langsmith(values: Values) -> dict[str, Any]:
    inputs, outputs = _part(values, "input"), _part(values, "output")
    more = {**(object_in(values.get("metadata")) or {}), **outputs}
    row: dict[str, Any] = {"question": _picked(inputs, "question", "inputs")}
    row["answers"] = _answers(_picked(outputs, "answers", "outputs")) if outputs else []
    row |= {ours: value for ours in ("document", "page", "quote") if (value := _named(more, ours)) is not None}
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


def _picked(given: Values, ours: str, where: str) -> Any:
    """The value whose name means what is asked for; where there is one value only, that.

    Raises:
        ValueError: no name tells, or several do.
    """
    named = [name for name in given if meaning_of(name) == ours and not is_empty(given[name])]
    if len(named) > 1:
        named = [name for name in named if is_own(name)] or named
    if len(named) == 1 or len(given) == 1:
        value = given[named[0] if named else next(iter(given))]
        if ours == "question" and isinstance(value, list | dict):
            raise ValueError(f"the question in {where} must be text")
        return value
    shown = ", ".join(given) or "nothing"
    what = "several" if named else "none"
    raise ValueError(f"{where} has {shown}, and {what} of these is known as {ours}: name one of them {ours}")


def _named(given: Values, ours: str) -> Any:
    return next((value for name, value in given.items() if meaning_of(name) == ours and not is_empty(value)), None)


def _answers(value: Any) -> list[str]:
    return [] if is_empty(value) else list(parse_answers(value, is_table=False))


TOOLS = (
    Tool(
        "Ragas",
        lambda columns: "user_input" in columns,
        _read_ragas,
        _fixed(user_input="question", reference="answers", reference_contexts="quote"),
    ),
    Tool(
        "Ragas",
        lambda columns: _is_earlier_ragas(columns) and "evolution_type" in columns,
        _read_earlier_ragas,
        _fixed(question="question", ground_truth="answers", ground_truths="answers", contexts="quote"),
    ),
    Tool(
        "Ragas",
        _is_earlier_ragas,
        _read_earlier_ragas,
        _fixed(question="question", ground_truth="answers", ground_truths="answers"),
    ),
    Tool(
        "DeepEval",
        lambda columns: {"input", "expectedoutput"} <= {squash(name) for name in columns},
        _read_deepeval,
        _fixed(
            input="question",
            expected_output="answers",
            expectedOutput="answers",
            context="quote",
            source_file="document",
            sourceFile="document",
        ),
    ),
    Tool(
        "promptfoo",
        lambda columns: "vars" in columns,
        _read_promptfoo,
        lambda columns: [("vars", "question"), *([("assert", "answers")] if "assert" in columns else [])],
    ),
    Tool(
        "promptfoo",
        lambda columns: any(name.startswith("__expected") for name in columns),
        _read_promptfoo_table,
        _taken_table,
    ),
    Tool("LangSmith", _is_langsmith, _read_langsmith, _taken_langsmith),
)
