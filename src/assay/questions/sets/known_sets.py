"""The tools whose question sets are read, and how their rows become ours."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assay.questions.columns import COLUMNS, is_empty
from assay.questions.question import Reading
from assay.questions.rows import Row, RowFile
from assay.questions.sets.deepeval import DEEPEVAL
from assay.questions.sets.langsmith import LANGSMITH
from assay.questions.sets.promptfoo import PROMPTFOO, PROMPTFOO_TABLE
from assay.questions.sets.question_set import Tool, Values
from assay.questions.sets.ragas import EARLIER_RAGAS, EARLIER_RAGAS_TEST_SET, RAGAS

__all__ = ["TOOLS", "detect_tool", "translate_set"]

TOOLS = (RAGAS, EARLIER_RAGAS_TEST_SET, EARLIER_RAGAS, DEEPEVAL, PROMPTFOO, PROMPTFOO_TABLE, LANGSMITH)


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
