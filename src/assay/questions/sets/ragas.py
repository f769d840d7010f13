"""Ragas: test sets and evaluation sets, as JSONL, CSV or a frame."""

from collections.abc import Sequence
from typing import Any

from assay.questions.columns import is_empty, parse_quote
from assay.questions.sets.question_set import Tool, Values, answers_in, fixed

__all__ = ["EARLIER_RAGAS", "EARLIER_RAGAS_TEST_SET", "RAGAS"]


def _read_ragas(values: Values) -> dict[str, Any]:
    asked = values.get("user_input")
    if isinstance(asked, list | tuple):
        raise ValueError("user_input is a conversation: write a question that stands for itself")
    quote = parse_quote(values.get("reference_contexts"))
    return {"question": asked, "answers": answers_in(values.get("reference")), "quote": quote}


def _read_earlier_ragas(values: Values) -> dict[str, Any]:
    """Up to version 0.1. Only a generated test set's contexts are what the question was made from."""
    told = values.get("ground_truth")
    answers = answers_in(values.get("ground_truths") if is_empty(told) else told)
    quote = parse_quote(values.get("contexts")) if "evolution_type" in values else None
    return {"question": values.get("question"), "answers": answers, "quote": quote}


def _is_earlier_ragas(columns: Sequence[str]) -> bool:
    return {"question", "contexts"} <= set(columns) and bool({"ground_truth", "ground_truths"} & set(columns))


RAGAS = Tool(
    "Ragas",
    lambda columns: "user_input" in columns,
    _read_ragas,
    fixed(user_input="question", reference="answers", reference_contexts="quote"),
)
EARLIER_RAGAS_TEST_SET = Tool(
    "Ragas",
    lambda columns: _is_earlier_ragas(columns) and "evolution_type" in columns,
    _read_earlier_ragas,
    fixed(question="question", ground_truth="answers", ground_truths="answers", contexts="quote"),
)
EARLIER_RAGAS = Tool(
    "Ragas",
    _is_earlier_ragas,
    _read_earlier_ragas,
    fixed(question="question", ground_truth="answers", ground_truths="answers"),
)
