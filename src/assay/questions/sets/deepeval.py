"""DeepEval: goldens, as JSON, JSONL or CSV."""

from pathlib import PurePosixPath
from typing import Any

from assay.questions.columns import list_in, parse_quote, parse_text
from assay.questions.normalising import squash
from assay.questions.sets.question_set import Tool, Values, answers_in, fixed

__all__ = ["DEEPEVAL"]


def _read_deepeval(values: Values) -> dict[str, Any]:
    named = {squash(name): value for name, value in values.items()}
    source = parse_text(named.get("sourcefile"))
    context = named.get("context")
    if isinstance(context, str) and list_in(context) is None and "|" in context:
        context = context.split("|")
    return {
        "question": named.get("input"),
        "answers": answers_in(named.get("expectedoutput")),
        "quote": parse_quote(context),
        "document": PurePosixPath(source.replace("\\", "/")).name if source else None,
    }


DEEPEVAL = Tool(
    "DeepEval",
    lambda columns: {"input", "expectedoutput"} <= {squash(name) for name in columns},
    _read_deepeval,
    fixed(
        input="question",
        expected_output="answers",
        expectedOutput="answers",
        context="quote",
        source_file="document",
        sourceFile="document",
    ),
)
