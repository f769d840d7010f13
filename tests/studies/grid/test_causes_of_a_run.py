"""Faults planted in documents, questions and replies, and what a real run says of them; the model is scripted."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import assay
from assay.models import Conversation, ScriptedModel
from assay.report import render_report
from assay.report.lines import run_warnings, verdict_lines
from assay.verdict.result import RunResult

_SAYS = {
    "hours": r"In {town} a full working week has (\d+ hours)",
    "lunch": r"Lunch in {town} costs (EUR [\d.]+)",
    "places": r"The car park of {town} has (\d+ places)",
}
_CELLS = "none/zero-shot,retrieved/zero-shot,oracle/zero-shot"


def read_everything(conversation: Conversation) -> str:
    """A model that answers whatever its passages tell, and nothing else."""
    *passages, question = conversation[-1].content.split("\n\n")
    text = "\n".join(passages)
    for word, says in _SAYS.items():
        for name in re.findall(r"\b[A-Z][a-z]+\b", question):
            if word in question and (found := re.search(says.format(town=name), text)):
                return found.group(1)
    return "I don't know."


def run(
    company: tuple[Path, Path], reply: Callable[[Conversation], str] = read_everything, **settings: Any
) -> RunResult:
    documents, questions = company
    model = ScriptedModel(reply)
    return assay.run(
        documents, questions, out=documents.parent / "ws", cells=_CELLS, model=model, encoder="none", **settings
    ).result


def change_rows(questions: Path, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> None:
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    questions.write_text("".join(json.dumps(row) + "\n" for row in change(rows)))


def test_a_reader_that_gets_everything_right_has_no_cause_and_nothing_to_do(company: tuple[Path, Path]) -> None:
    result = run(company)
    assert result.diagnosis.named == [] and set(result.diagnosis.cause.values()) == {"right"}
    lines = verdict_lines(result, "en")
    assert lines[2] == "Why answers fail: hardly any does."
    assert lines[3] == "What next: nothing: no change promises a gain worth the work."
    assert run_warnings(result, "en") == []


def test_deleted_documents_are_named_first(company: tuple[Path, Path]) -> None:
    for town in ("bruma", "noctua"):
        (company[0] / f"{town}.md").unlink()
    result = run(company)
    assert next(one.name for one in result.diagnosis.named or []) == "not_in_documents"
    assert list(result.diagnosis.cause.values()).count("not_in_documents") == 6  # three questions of each town
    assert (
        "First of all: the evidence of 6 of 18 test questions is in no document (2 named documents missing)"
        in (verdict_lines(result, "en")[2])
    )
    assert "add the documents" in verdict_lines(result, "en")[3]
    assert "首先：18 道测试题中有 6 道的出处不在文档里（缺少 2 份题目所指的文档）" in verdict_lines(result, "zh")[2]


def test_accepted_answers_that_their_quote_does_not_hold_are_named(company: tuple[Path, Path]) -> None:
    def spoil(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        told = [row for row in rows if row["split"] == "test" and row["answers"]]
        for row in told[:4]:
            row["answers"] = ["1234"]
        return rows

    change_rows(company[1], spoil)
    result = run(company)
    assert next(one.name for one in result.diagnosis.named or []) == "gold_doubtful"
    assert list(result.diagnosis.cause.values()).count("gold_doubtful") == 4
    assert "4 questions whose accepted answer is doubtful" in run_warnings(result, "en")[0]


def _again(row: dict[str, Any]) -> str:
    return str(row["question"]).replace("?", ", please?")  # the very same is refused when the file is read


def test_copies_of_test_questions_in_the_training_set_are_named(company: tuple[Path, Path]) -> None:
    def copy(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        told = [row for row in rows if row["split"] == "test" and row["answers"]]
        return [*rows, *(row | {"split": "train", "question": _again(row)} for row in told[:4])]

    change_rows(company[1], copy)
    found = (run(company).diagnosis.named or [])[0]
    assert (found.name, found.n, found.values) == ("leak", 4, {"copies": 4, "reworded": 0})


def test_what_was_asked_again_is_counted_bounded_and_kept(company: tuple[Path, Path]) -> None:
    asked: list[Conversation] = []

    def never_hours(conversation: Conversation) -> str:
        asked.append(conversation)
        return (
            "It is 7."
            if "working week" in conversation[-1].content.split("\n\n")[-1]
            else read_everything(conversation)
        )

    result = run(company, never_hours, interventions=24)
    n_first = len(asked)
    causes = result.diagnosis.cause
    assert list(causes.values()).count("capability") == 3  # those about hours, wrong with the right page too
    assert result.diagnosis.n_asked == 2 * 6  # three wrong and three right ones, two changes
    assert result.diagnosis.tried[next(id for id, one in causes.items() if one == "capability")] == {
        "alone": False,
        "reworded": False,
        "bare": False,
    }
    less = run(company, never_hours, interventions=0)
    assert less.diagnosis.n_asked == 0 and len(asked) == n_first
    assert less.run_id != result.run_id
    again = run(company, never_hours, interventions=24)
    assert again == result and len(asked) == n_first
    assert run(company, never_hours, interventions=1).diagnosis.n_asked == 2 * 2


def test_an_answer_in_the_wrong_form_and_one_that_should_be_declined(company: tuple[Path, Path]) -> None:
    def talks(conversation: Conversation) -> str:
        said = read_everything(conversation)
        if said == "I don't know.":
            return "It is large." if "lift" in conversation[-1].content else said
        return said.replace("EUR", "not EUR")

    causes = list(run(company, talks).diagnosis.cause.values())
    assert causes.count("not_declined") == 3 and causes.count("form") == 3


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_shows_causes_sums_examples_and_remedies(company: tuple[Path, Path], lang: str) -> None:
    (company[0] / "bruma.md").unlink()
    result = run(company)
    page = render_report(result, lang)
    assert {"en": "Not in the documents", "zh": "文档里没有"}[lang] in page
    assert {"en": "Add the document, or correct where the answer stands.", "zh": "补上文档，或更正答案的出处。"}[
        lang
    ] in page
    assert {"en": "For example: ", "zh": "例如："}[lang] in page
