"""promptfoo: test cases, as YAML, JSON, JSONL or a table with __expected."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assay.questions.columns import is_empty, meaning_of, object_in
from assay.questions.sets.question_set import Tool, Values, answers_in, named, picked

__all__ = ["PROMPTFOO", "PROMPTFOO_TABLE"]

_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_CHECK = re.compile(r"(not-)?([a-z]+(?:-[a-z0-9]+)*)(?:\([0-9.]+\))?:(.*)", re.DOTALL)
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
    if text.removeprefix("not-") in _OTHER_CHECKS:
        return text, None
    found = _CHECK.fullmatch(text)
    if not found or found[2] not in (*_TELLING, *_OTHER_CHECKS):
        return "equals", text
    kind = (found[1] or "") + found[2]
    return kind, [part.strip() for part in found[3].split(",")] if kind in _ANY else found[3].strip()


def _test_case(given: Values, checks: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    answers = _accepted(given, checks)
    row: dict[str, Any] = {"question": picked(given, "question", "vars"), "answers": answers}
    row |= {ours: value for ours in ("document", "page", "quote", "id") if (value := named(given, ours)) is not None}
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
        told = [answers_in(value) for name, value in checks if name == kind and not is_empty(value)]
        if len(told) > 1:
            raise ValueError(f"{len(told)} checks {kind} must all hold, but one accepted answer is enough: keep one")
        if told:
            return [_VARIABLE.sub(lambda found: str(given.get(found[1], found[0])), text) for text in told[0]]
    return answers_in(named(given, "answers"))


def _taken_table(columns: Sequence[str]) -> list[tuple[str, str]]:
    asked = [name for name in columns if not name.startswith("__")]
    named = [name for name in asked if meaning_of(name) == "question"] or (asked if len(asked) == 1 else [])
    told = [name for name in columns if name.startswith("__expected")]
    return [(name, "question") for name in named] + [(name, "answers") for name in told]


PROMPTFOO = Tool(
    "promptfoo",
    lambda columns: "vars" in columns,
    _read_promptfoo,
    lambda columns: [("vars", "question"), *([("assert", "answers")] if "assert" in columns else [])],
)
PROMPTFOO_TABLE = Tool(
    "promptfoo",
    lambda columns: any(name.startswith("__expected") for name in columns),
    _read_promptfoo_table,
    _taken_table,
)
